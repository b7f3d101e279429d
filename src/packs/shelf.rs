//! A small cache that never holds more than it is given room for.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// The texts that were used last, up to a number of bytes in all.
pub(super) struct Shelf<K> {
    held: Mutex<VecDeque<(K, Arc<str>)>>,
    room: usize,
}

impl<K: PartialEq> Shelf<K> {
    pub(super) fn new(room: usize) -> Self {
        Self { held: Mutex::default(), room }
    }

    /// The text of `key`, made by `make` when it is not at hand.
    pub(super) fn get<E>(&self, key: K, make: impl FnOnce(&K) -> Result<Arc<str>, E>) -> Result<Arc<str>, E> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = held.iter().position(|(known, _)| *known == key)
            && let Some(found) = held.remove(place)
        {
            let text = found.1.clone();
            held.push_front(found);
            return Ok(text);
        }
        drop(held);
        // Made without the lock, because a slow card must not hold up those whose text is at hand.
        let text = make(&key)?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if text.len() <= self.room {
            held.push_front((key, text.clone()));
        }
        let mut used: usize = held.iter().map(|(_, text)| text.len()).sum();
        while used > self.room
            && let Some((_, oldest)) = held.pop_back()
        {
            used -= oldest.len();
        }
        Ok(text)
    }
}
