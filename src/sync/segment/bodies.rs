//! Bodies of entries as columns: each place in the CBOR of a kind is a column of its own, whatever the kind means.

use super::cbor::{Head, head};
use super::column::{self, Leaders, Value};
use super::numbers::{Damaged, Read, Reader, write_number};

/// Deeper or wider CBOR is not taken apart: such bodies stand as they are.
const DEEPEST: usize = 8;
const WIDEST: usize = 64;

/// One place in the CBOR of many bodies.
#[derive(Default)]
struct Place {
    values: Vec<Value>,
    inner: Vec<Place>,
}

/// Whether a body can be taken apart.
pub(super) fn is_divisible(body: &[u8]) -> bool {
    length_of(body, 0) == Some(body.len())
}

fn length_of(bytes: &[u8], depth: usize) -> Option<usize> {
    let (head, mut length) = head(bytes).ok()?;
    if let Head::Items(count) = head {
        if depth == DEEPEST || usize::try_from(count).ok()? > WIDEST {
            return None;
        }
        for _ in 0..count {
            length += length_of(bytes.get(length..)?, depth + 1)?;
        }
    }
    Some(length)
}

/// Writes bodies that are all divisible; their columns may follow `leaders`.
pub(super) fn write(to: &mut Vec<u8>, bodies: &[&[u8]], mut leaders: Leaders) {
    let mut place = Place::default();
    for body in bodies {
        place.take(body);
    }
    place.write(to, bodies.len(), &mut leaders);
}

impl Place {
    fn take(&mut self, bytes: &[u8]) -> usize {
        // Bodies were looked through before.
        let Ok((head, mut length)) = head(bytes) else { return bytes.len() };
        self.values.push(bytes.get(..length).unwrap_or_default().to_vec());
        if let Head::Items(count) = head {
            let count = usize::try_from(count).unwrap_or_default();
            if self.inner.len() < count {
                self.inner.resize_with(count, Self::default);
            }
            for inner in self.inner.iter_mut().take(count) {
                length += inner.take(bytes.get(length..).unwrap_or_default());
            }
        }
        length
    }

    fn write(&self, to: &mut Vec<u8>, rows: usize, leaders: &mut Leaders) {
        let is_whole = self.values.len() == rows;
        column::write(to, &self.values, is_whole.then_some(&*leaders));
        if is_whole {
            leaders.add(&self.values);
        }
        write_number(to, self.inner.len() as u64);
        for inner in &self.inner {
            inner.write(to, rows, leaders);
        }
    }

    fn read(
        from: &mut Reader,
        own: usize,
        rows: usize,
        leaders: &mut Leaders,
        room: &mut usize,
        depth: usize,
    ) -> Read<Self> {
        let is_whole = own == rows;
        let values = column::read(from, own, is_whole.then_some(&*leaders), room)?;
        if is_whole {
            leaders.add(&values);
        }
        let mut counts = Vec::with_capacity(values.len());
        for value in &values {
            let (head, length) = head(value)?;
            if length != value.len() {
                return Err(Damaged);
            }
            counts.push(match head {
                Head::Items(count) => usize::try_from(count).map_err(|_| Damaged)?,
                _ => 0,
            });
        }
        let count = from.count(WIDEST)?;
        if depth == DEEPEST && count > 0 || counts.iter().any(|items| *items > count) {
            return Err(Damaged);
        }
        let mut inner = Vec::with_capacity(count);
        for place in 0..count {
            let own = counts.iter().filter(|items| **items > place).count();
            inner.push(Self::read(from, own, rows, leaders, room, depth + 1)?);
        }
        Ok(Self { values, inner })
    }

    /// Puts the next body together; `next` counts for each place what was used.
    fn put(&self, to: &mut Vec<u8>, next: &mut Next) -> Read<()> {
        let value = self.values.get(next.used).ok_or(Damaged)?;
        next.used += 1;
        to.extend_from_slice(value);
        if let (Head::Items(count), _) = head(value)? {
            let count = usize::try_from(count).map_err(|_| Damaged)?;
            if next.inner.len() < self.inner.len() {
                next.inner.resize_with(self.inner.len(), Next::default);
            }
            for place in 0..count {
                let (inner, next) = self.inner.get(place).zip(next.inner.get_mut(place)).ok_or(Damaged)?;
                inner.put(to, next)?;
            }
        }
        Ok(())
    }
}

#[derive(Default)]
struct Next {
    used: usize,
    inner: Vec<Next>,
}

/// Reads so many bodies, with at most `room` bytes in all.
pub(super) fn read(
    from: &mut Reader,
    rows: usize,
    mut leaders: Leaders,
    room: &mut usize,
) -> Read<Vec<Vec<u8>>> {
    let place = Place::read(from, rows, rows, &mut leaders, room, 0)?;
    let mut next = Next::default();
    (0..rows)
        .map(|_| {
            let mut body = Vec::new();
            place.put(&mut body, &mut next)?;
            Ok(body)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn come_back(bodies: &[Vec<u8>]) {
        let whole: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        let mut bytes = Vec::new();
        write(&mut bytes, &whole, Leaders::default());
        let mut room = 1 << 20;
        let mut reader = Reader::new(&bytes);
        assert_eq!(read(&mut reader, bodies.len(), Leaders::default(), &mut room).unwrap(), bodies);
        assert!(reader.is_empty());
    }

    /// CBOR of any shape that our entries could have.
    fn cbor() -> impl Strategy<Value = Vec<u8>> {
        let leaf = prop_oneof![
            (0_u64..70_000).prop_map(|number| minicbor::to_vec(number).unwrap()),
            any::<i32>().prop_map(|number| minicbor::to_vec(number).unwrap()),
            "[a-d]{0,6}".prop_map(|text| minicbor::to_vec(text).unwrap()),
            any::<bool>().prop_map(|is| minicbor::to_vec(is).unwrap()),
            Just(vec![0xf6]),
            Just(vec![0x44, 1, 2, 3, 4]),
        ];
        leaf.prop_recursive(3, 24, 5, |inner| {
            prop::collection::vec(inner, 0..5).prop_map(|items| {
                let mut bytes = vec![0x80 + u8::try_from(items.len()).unwrap()];
                for item in &items {
                    bytes.extend_from_slice(item);
                }
                bytes
            })
        })
    }

    proptest! {
        #[test]
        fn any_bodies_come_back_byte_for_byte(bodies in prop::collection::vec(cbor(), 1..40)) {
            prop_assert!(bodies.iter().all(|body| is_divisible(body)));
            come_back(&bodies);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), rows in 0_usize..50) {
            let mut room = 1 << 16;
            let _ = read(&mut Reader::new(&bytes), rows, Leaders::default(), &mut room);
        }
    }

    #[test]
    fn what_is_no_single_item_or_too_deep_stays_whole() {
        for body in [&[][..], &[0x82, 1], &[1, 2], &[0x9f, 1, 0xff], &[0x81; 12], &[0xc1, 0]] {
            assert!(!is_divisible(body), "{body:02x?}");
        }
        assert!(is_divisible(&[0x82, 1, 0x81, 0xf6]));
    }
}
