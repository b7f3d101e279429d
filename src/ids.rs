//! Names that never change: 16 random bytes, shown as 32 hexadecimal digits.
//!
//! Randomness enters the program here and nowhere else.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Result};

/// `N` random bytes from the operating system.
///
/// # Errors
/// When the operating system has none to give.
pub fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| Error::internal("No randomness.").caused_by(e.to_string()))?;
    Ok(bytes)
}

/// Bytes as lower-case hexadecimal digits.
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

/// The bytes that exactly `2 * N` hexadecimal digits stand for.
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(bytes)
}

/// Declares one kind of id, so that a class can't be passed for a student.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// A new one, from the operating system's randomness.
            ///
            /// # Errors
            /// When the operating system has no randomness to give.
            pub fn random() -> Result<Self> {
                random_bytes().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&to_hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self> {
                from_hex(text)
                    .map(Self)
                    .ok_or_else(|| Error::invalid("request.id-wrong", "An id is 32 hexadecimal digits."))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(|_| serde::de::Error::custom("an id is 32 hexadecimal digits"))
            }
        }

        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.0.as_slice().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                <[u8; 16]>::column_result(value).map(Self)
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                to: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> std::result::Result<(), minicbor::encode::Error<W::Error>> {
                to.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                from: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> std::result::Result<Self, minicbor::decode::Error> {
                let bytes = from.bytes()?;
                bytes.try_into().map(Self).map_err(|_| minicbor::decode::Error::message("an id is 16 bytes"))
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some("^[0-9a-f]{32}$"))
                    .build()
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}

id!(/** A student, for life, also when the student moves to another school. */ StudentId);
id!(/** A class. */ ClassId);
id!(/** A teacher, assistant, head or technician. */ StaffId);
id!(/** A school. */ SchoolId);
id!(/** One box's stream of entries: the first half of the SHA-256 of its public key. */ StreamId);
id!(/** What a teacher wrote down of one student and one skill. */ ScoreId);
id!(/** Scores that were written down together, as of one test. */ CheckId);
id!(/** A plan of a lesson. */ PlanId);
id!(/** What a class is to reach. */ GoalId);
id!(/** A request to be let in that waits for a teacher; known only to the tablet and the box. */ AskId);

/// The name that a browser keeps for itself: 8 random bytes, 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ClientId(pub [u8; 8]);

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl FromStr for ClientId {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        from_hex(text)
            .map(Self)
            .ok_or_else(|| Error::invalid("request.client-wrong", "A client is 16 hexadecimal digits."))
    }
}

impl<'de> serde::Deserialize<'de> for ClientId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(|_| serde::de::Error::custom("a client is 16 hexadecimal digits"))
    }
}

impl serde::Serialize for ClientId {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_what_they_print() {
        let id = StudentId::random().unwrap();
        assert_eq!(id.to_string().parse::<StudentId>().unwrap(), id);
        for wrong in ["", "00", "zz", &"g".repeat(32), &"a".repeat(33)] {
            assert!(wrong.parse::<StudentId>().is_err(), "{wrong:?} was taken for an id");
        }
    }
}
