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
const TEXTS: u8 = 6;

/// The bits of a head that tell the kind of item; the others tell the length of a text of fewer than 24 bytes.
const KIND: u8 = 0xe0;
const SHORT: usize = 24;

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

/// Writes a column in the form that will take least. `leaders` are columns of the same rows, or none.
pub(super) fn write(to: &mut Vec<u8>, values: &[Value], leaders: Option<&Leaders>) {
    let alone = written_alone(values);
    let followed = leaders.and_then(|leaders| written_following(values, leaders));
    let shortest = followed.into_iter().chain([alone]).min_by(|one, other| one.cost.total_cmp(&other.cost));
    to.extend_from_slice(&shortest.unwrap_or_default().bytes);
}

/// A column in one form, and the bytes that it will take when it is packed.
#[derive(Default)]
struct Form {
    bytes: Vec<u8>,
    cost: f64,
}

impl Form {
    /// Of bytes that each say something of their own.
    fn mixed(bytes: Vec<u8>) -> Self {
        let cost = cost_of(&bytes);
        Self { bytes, cost }
    }
}

/// What bytes take when each is written in as many bits as it is rare (Shannon's entropy); one byte more for the form.
fn cost_of(bytes: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let all: f64 = counts.iter().copied().map(f64::from).sum();
    let bits = |count: &u32| f64::from(*count) * -libm::log2(f64::from(*count) / all);
    1.0 + counts.iter().filter(|count| **count > 0).map(bits).sum::<f64>() / 8.0
}

fn written_alone(values: &[Value]) -> Form {
    let (numbers, table) = numbered(values);
    let direct = written_directly(values);
    let tabled = (table.len() < values.len()).then(|| written_as_table(&numbers, &table));
    tabled
        .into_iter()
        .chain([direct])
        .min_by(|one, other| one.cost.total_cmp(&other.cost))
        .unwrap_or_default()
}

fn written_directly(values: &[Value]) -> Form {
    if let [first, rest @ ..] = values
        && rest.iter().all(|value| value == first)
    {
        let mut same = vec![SAME];
        write_counted(&mut same, first);
        return Form::mixed(same);
    }
    let mut forms = vec![plain(values)];
    forms.extend(texts(values));
    let numbers: Option<Vec<u64>> = values.iter().map(|value| number_in(value)).collect();
    if let Some(numbers) = numbers {
        forms.push(planes(NUMBERS, &numbers));
        forms.push(planes(STEPS, &steps(&numbers)));
    }
    forms.into_iter().min_by(|one, other| one.cost.total_cmp(&other.cost)).unwrap_or_default()
}

fn number_in(value: &[u8]) -> Option<u64> {
    match cbor::head(value) {
        Ok((Head::Number(number), length)) if length == value.len() => Some(number),
        _ => None,
    }
}

fn plain(values: &[Value]) -> Form {
    let mut to = vec![PLAIN];
    for value in values {
        write_counted(&mut to, value);
    }
    Form::mixed(to)
}

/// Numbers as bytes of like weight together, the lowest first: high bytes are much alike, and low ones have nothing to do with them.
fn planes(form: u8, numbers: &[u64]) -> Form {
    let largest = numbers.iter().copied().max().unwrap_or_default();
    let width = (u64::BITS - largest.leading_zeros()).div_ceil(8).max(1);
    let mut to = Form { bytes: vec![form, u8::try_from(width).unwrap_or_default()], cost: 2.0 };
    for plane in 0..width {
        let byte = |number: &u64| u8::try_from(number >> (8 * plane) & 0xff).unwrap_or_default();
        let plane: Vec<u8> = numbers.iter().map(byte).collect();
        to.cost += cost_of(&plane);
        to.bytes.extend_from_slice(&plane);
    }
    to
}

/// How far each number is from the one before, the first from 0.
fn steps(numbers: &[u64]) -> Vec<u64> {
    let mut last = 0_u64;
    let step = |number: &u64| {
        let step = number.wrapping_sub(last);
        last = *number;
        folded(step.cast_signed())
    };
    numbers.iter().map(step).collect()
}

fn written_as_table(numbers: &[u32], table: &[&Value]) -> Form {
    let mut to = vec![TABLE];
    write_number(&mut to, table.len() as u64);
    let values: Vec<Value> = table.iter().map(|value| (*value).clone()).collect();
    let values = written_directly(&values);
    let indexes: Vec<u64> = numbers.iter().copied().map(u64::from).collect();
    let indexes = planes(NUMBERS, &indexes);
    let cost = cost_of(&to) + values.cost + indexes.cost;
    to.extend_from_slice(&values.bytes);
    to.extend_from_slice(&indexes.bytes);
    Form { bytes: to, cost }
}

/// Short texts, or short bytes: their lengths, then all that is in them. Nothing where a value is something else.
fn texts(values: &[Value]) -> Option<Form> {
    let kind = values.first()?.first()? & KIND;
    let length = |value: &Value| {
        let (head, content) = value.split_first()?;
        (head & KIND == kind && usize::from(head & !KIND) == content.len() && content.len() < SHORT)
            .then_some(content.len() as u64)
    };
    let lengths: Vec<u64> = values.iter().map(length).collect::<Option<_>>()?;
    let is_text = kind == 2 << 5 || kind == 3 << 5;
    let lengths = is_text.then(|| planes(NUMBERS, &lengths))?;
    let contents: Vec<u8> = values.iter().flat_map(|value| value.iter().skip(1)).copied().collect();
    let mut to = vec![TEXTS, kind];
    let cost = 2.0 + lengths.cost + cost_of(&contents);
    to.extend_from_slice(&lengths.bytes);
    to.extend_from_slice(&contents);
    Some(Form { bytes: to, cost })
}

/// The column told by another one: where the other has a value that it had before, this one has what
/// it had then. What is not so stands there: rows counted from the last such row, then the values as a column.
fn written_following(values: &[Value], leaders: &Leaders) -> Option<Form> {
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
    let told = written_alone(&told);
    let cost = cost_of(&to) + told.cost;
    to.extend_from_slice(&told.bytes);
    Some(Form { bytes: to, cost })
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
        NUMBERS => read_planes(from, rows)?.into_iter().map(|number| take(&of_number(number))).collect(),
        STEPS => {
            let mut last = 0_u64;
            let step = |step: u64| {
                last = last.wrapping_add(unfolded(step).cast_unsigned());
                take(&of_number(last))
            };
            read_planes(from, rows)?.into_iter().map(step).collect()
        }
        TABLE => {
            let count = from.count(rows)?;
            if from.clone().byte()? == TABLE {
                return Err(Damaged);
            }
            let table = read_form(from, count, room)?;
            let mut take = |value: &Value| -> Read<Value> {
                *room = room.checked_sub(value.len()).ok_or(Damaged)?;
                Ok(value.clone())
            };
            let indexes = read_numbers(from, rows)?;
            let one =
                |index: u64| take(usize::try_from(index).ok().and_then(|at| table.get(at)).ok_or(Damaged)?);
            indexes.into_iter().map(one).collect()
        }
        TEXTS => {
            let kind = from.byte()? & KIND;
            let lengths = read_numbers(from, rows)?;
            let one = |length: u64| {
                let length =
                    u8::try_from(length).ok().filter(|length| usize::from(*length) < SHORT).ok_or(Damaged)?;
                let mut value = vec![kind | length];
                value.extend_from_slice(from.bytes(usize::from(length))?);
                take(&value)
            };
            lengths.into_iter().map(one).collect()
        }
        _ => Err(Damaged),
    }
}

fn read_numbers(from: &mut Reader, rows: usize) -> Read<Vec<u64>> {
    if from.byte()? == NUMBERS { read_planes(from, rows) } else { Err(Damaged) }
}

fn read_planes(from: &mut Reader, rows: usize) -> Read<Vec<u64>> {
    let width = from.byte()?;
    if width > 8 {
        return Err(Damaged);
    }
    let mut numbers = vec![0_u64; rows];
    for plane in 0..width {
        for (number, byte) in numbers.iter_mut().zip(from.bytes(rows)?) {
            *number |= u64::from(*byte) << (8 * plane);
        }
    }
    Ok(numbers)
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
            (NUMBERS, numbers((0..60).map(|row| row * row * 7_919 % 60_013))),
            (STEPS, numbers((0..60).map(|row| 1_700_000_000_000 + row * 7))),
            (TABLE, (0..60).map(|row| text(["yes, truly", "no, never"][row * row % 7 % 2])).collect()),
            (TEXTS, (0..60).map(|row| text(&format!("{}", row * row * 977))).collect()),
            (
                PLAIN,
                (0..3).map(|row| if row == 1 { vec![0xf6] } else { text(["ja", "", "nein"][row]) }).collect(),
            ),
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
