//! One column: the values of one field in many entries, in the shortest of a few forms.
//!
//! A value is the CBOR of one item, or the head of an array or map. Which form a column has stands in its first byte; the forms
//! are for ever, and `docs/sync-protocol.md` tells them byte by byte.

use std::collections::HashMap;

use super::cbor::{self, Head};
use super::numbers::{Damaged, Read, Reader, folded, length_of, unfolded, write_counted, write_number};

const SAME: u8 = 0;
const NUMBERS: u8 = 1;
const STEPS: u8 = 2;
const TABLE: u8 = 3;
const PLAIN: u8 = 4;
const FOLLOWS: u8 = 5;

pub(super) type Value = Vec<u8>;

/// Columns that have a value in every row, as numbers that tell like values from unlike; later columns may follow them.
#[derive(Default)]
pub(super) struct Leaders {
    columns: Vec<Vec<u32>>,
}

/// More are not tried: the fields that others follow come early.
const MOST_LEADERS: usize = 32;

impl Leaders {
    /// Remembers a column that has a value in every row.
    pub(super) fn add(&mut self, values: &[Value]) {
        if self.columns.len() < MOST_LEADERS {
            self.columns.push(numbered(values).0);
        }
    }
}

/// Each value as the number of its first appearance, and the values in that order.
fn numbered(values: &[Value]) -> (Vec<u32>, Vec<&Value>) {
    let mut known: HashMap<&Value, u32> = HashMap::new();
    let mut table = Vec::new();
    let number = |value| {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        *known.entry(value).or_insert_with(|| {
            table.push(value);
            next
        })
    };
    let numbers = values.iter().map(number).collect();
    (numbers, table)
}

/// Writes a column in its shortest form. `leaders` are columns of the same rows, or none.
pub(super) fn write(to: &mut Vec<u8>, values: &[Value], leaders: Option<&Leaders>) {
    let alone = written_alone(values);
    let followed = leaders.and_then(|leaders| written_following(values, leaders, alone.len()));
    to.extend_from_slice(&followed.unwrap_or(alone));
}

fn written_alone(values: &[Value]) -> Vec<u8> {
    if let [first, rest @ ..] = values
        && rest.iter().all(|value| value == first)
    {
        let mut same = vec![SAME];
        write_counted(&mut same, first);
        return same;
    }
    let mut forms = vec![plain(values), table(values)];
    let numbers: Option<Vec<u64>> = values.iter().map(|value| number_in(value)).collect();
    if let Some(numbers) = numbers {
        forms.push(plain_numbers(&numbers));
        forms.push(steps(&numbers));
    }
    forms.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

fn number_in(value: &[u8]) -> Option<u64> {
    match cbor::head(value) {
        Ok((Head::Number(number), length)) if length == value.len() => Some(number),
        _ => None,
    }
}

fn plain(values: &[Value]) -> Vec<u8> {
    let mut to = vec![PLAIN];
    values.iter().for_each(|value| write_counted(&mut to, value));
    to
}

fn plain_numbers(numbers: &[u64]) -> Vec<u8> {
    let mut to = vec![NUMBERS];
    numbers.iter().for_each(|number| write_number(&mut to, *number));
    to
}

fn steps(numbers: &[u64]) -> Vec<u8> {
    let mut to = vec![STEPS];
    let mut last = 0_u64;
    for number in numbers {
        write_number(&mut to, folded(number.wrapping_sub(last).cast_signed()));
        last = *number;
    }
    to
}

fn table(values: &[Value]) -> Vec<u8> {
    let (numbers, table) = numbered(values);
    let mut to = vec![TABLE];
    write_number(&mut to, table.len() as u64);
    table.iter().for_each(|value| write_counted(&mut to, value));
    numbers.iter().for_each(|number| write_number(&mut to, u64::from(*number)));
    to
}

/// The column told by another one, if that is shorter than `most`: where the other has a value that it had before, this one has what
/// it had then. What is not so stands there: rows counted from the last such row, then the values as a column.
fn written_following(values: &[Value], leaders: &Leaders, most: usize) -> Option<Vec<u8>> {
    let fewest = leaders.columns.iter().enumerate().filter(|(_, leader)| leader.len() == values.len()).map(
        |(number, leader)| {
            let (told, misses) = misses_of(values, leader);
            (told.len() + 2 * misses.len(), number, told, misses)
        },
    );
    let (_, number, told, misses) = fewest.min_by_key(|(cost, number, ..)| (*cost, *number))?;
    let mut to = vec![FOLLOWS];
    write_number(&mut to, number as u64);
    write_number(&mut to, misses.len() as u64);
    let mut last = 0;
    for row in misses {
        write_number(&mut to, (row - last) as u64);
        last = row;
    }
    write_number(&mut to, told.len() as u64);
    to.extend_from_slice(&written_alone(&told));
    (to.len() < most).then_some(to)
}

/// The values that the leader does not tell, and the rows in which it tells a wrong one.
fn misses_of(values: &[Value], leader: &[u32]) -> (Vec<Value>, Vec<usize>) {
    let mut last: HashMap<u32, &Value> = HashMap::new();
    let (mut told, mut misses) = (Vec::new(), Vec::new());
    for (row, (value, led)) in values.iter().zip(leader).enumerate() {
        match last.insert(*led, value) {
            Some(before) if before == value => {}
            Some(_) => {
                misses.push(row);
                told.push(value.clone());
            }
            None => told.push(value.clone()),
        }
    }
    (told, misses)
}

/// Reads a column of `rows` values, at most `room` bytes of them in all.
pub(super) fn read(
    from: &mut Reader,
    rows: usize,
    leaders: Option<&Leaders>,
    room: &mut usize,
) -> Read<Vec<Value>> {
    if rows == 0 {
        return read_form(from, 0, room);
    }
    if from.clone().byte()? != FOLLOWS {
        return read_form(from, rows, room);
    }
    from.byte()?;
    let number = from.count(MOST_LEADERS)?;
    let leader = leaders.and_then(|leaders| leaders.columns.get(number)).ok_or(Damaged)?;
    if leader.len() != rows {
        return Err(Damaged);
    }
    let mut misses = Vec::new();
    let mut row = 0_usize;
    for _ in 0..from.count(rows)? {
        row = row.checked_add(from.count(rows)?).filter(|row| *row < rows).ok_or(Damaged)?;
        misses.push(row);
    }
    let count = from.count(rows)?;
    let mut told = read_form(from, count, room)?.into_iter();
    let mut misses = misses.into_iter().peekable();
    let mut last: HashMap<u32, Value> = HashMap::new();
    let mut values = Vec::with_capacity(rows);
    for (row, led) in leader.iter().enumerate() {
        let is_miss = misses.next_if_eq(&row).is_some();
        let known = last.get(led).filter(|_| !is_miss).cloned();
        let value = match known {
            Some(value) => {
                *room = room.checked_sub(value.len()).ok_or(Damaged)?;
                value
            }
            None => told.next().ok_or(Damaged)?,
        };
        last.insert(*led, value.clone());
        values.push(value);
    }
    Ok(values)
}

fn read_form(from: &mut Reader, rows: usize, room: &mut usize) -> Read<Vec<Value>> {
    let mut take = |value: &[u8]| -> Read<Value> {
        *room = room.checked_sub(value.len()).ok_or(Damaged)?;
        Ok(value.to_vec())
    };
    match from.byte()? {
        SAME => {
            let value = from.counted()?;
            (0..rows).map(|_| take(value)).collect()
        }
        PLAIN => (0..rows).map(|_| take(from.counted()?)).collect(),
        NUMBERS => (0..rows).map(|_| take(&of_number(from.number()?))).collect(),
        STEPS => {
            let mut last = 0_u64;
            let step = |_| {
                last = last.wrapping_add(unfolded(from.number()?).cast_unsigned());
                take(&of_number(last))
            };
            (0..rows).map(step).collect()
        }
        TABLE => {
            let count = from.count(rows)?;
            let table: Vec<&[u8]> = (0..count).map(|_| from.counted()).collect::<Read<_>>()?;
            let one = |_| take(table.get(from.count(count)?).ok_or(Damaged)?);
            (0..rows).map(one).collect()
        }
        _ => Err(Damaged),
    }
}

fn of_number(number: u64) -> Value {
    let mut value = Vec::with_capacity(length_of(number));
    cbor::write_number(&mut value, number);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(of: impl IntoIterator<Item = u64>) -> Vec<Value> {
        of.into_iter().map(of_number).collect()
    }

    fn text(of: &str) -> Value {
        let mut value = vec![0x60 + u8::try_from(of.len()).unwrap()];
        value.extend_from_slice(of.as_bytes());
        value
    }

    #[test]
    fn each_column_takes_the_form_that_suits_it_and_comes_back() {
        let mut leaders = Leaders::default();
        leaders.add(&numbers((0..60).map(|row| row % 6)));
        let words = ["a", "b", "c", "d", "e", "f"];
        let follows = |row: usize| text(&words[row % 6].repeat(20));
        let mut with_exception: Vec<Value> = (0..60).map(follows).collect();
        with_exception[40] = text("other");
        for (form, values) in [
            (SAME, vec![text("org.schoolhouse.numbers/x"); 60]),
            (NUMBERS, numbers((0..60).map(|row| row * 37 % 100))),
            (STEPS, numbers((0..60).map(|row| 1_700_000_000_000 + row * 7))),
            (TABLE, (0..60).map(|row| text(["yes, truly", "no, never"][row * row % 7 % 2])).collect()),
            (PLAIN, (0..60).map(|row| text(&format!("{}", row * row * 977))).collect()),
            (FOLLOWS, (0..60).map(follows).collect()),
            (FOLLOWS, with_exception),
        ] {
            let mut bytes = Vec::new();
            write(&mut bytes, &values, Some(&leaders));
            assert_eq!(bytes[0], form, "{values:02x?}");
            let mut room = 1 << 20;
            let mut reader = Reader::new(&bytes);
            assert_eq!(read(&mut reader, values.len(), Some(&leaders), &mut room), Ok(values));
            assert!(reader.is_empty());
        }
    }

    #[test]
    fn a_small_column_that_claims_to_be_huge_is_damaged() {
        let mut same = vec![SAME];
        write_counted(&mut same, &[0; 1_000]);
        let mut room = 10_000;
        assert_eq!(read(&mut Reader::new(&same), 60_000, None, &mut room), Err(Damaged));
    }
}
