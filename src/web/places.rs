//! Room for so many at once, and for fewer of one and the same.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Places that are taken and given back; a cheap clone.
#[derive(Clone)]
pub struct Places<K> {
    taken: Arc<Mutex<HashMap<K, usize>>>,
    most: usize,
    most_of_one: usize,
}

/// A place that is taken; free again when it is dropped.
pub struct Place<K: Eq + Hash> {
    taken: Arc<Mutex<HashMap<K, usize>>>,
    by: K,
}

impl<K: Eq + Hash + Clone> Places<K> {
    /// `most` places in all, and `most_of_one` for each who takes.
    pub fn new(most: usize, most_of_one: usize) -> Self {
        Self { taken: Arc::default(), most, most_of_one }
    }

    /// A place for `by`; none when all are taken, or all that one may take.
    pub fn take(&self, by: K) -> Option<Place<K>> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.get(&by).copied().unwrap_or(0);
        if own >= self.most_of_one || taken.values().sum::<usize>() >= self.most {
            return None;
        }
        taken.insert(by.clone(), own + 1);
        Some(Place { taken: self.taken.clone(), by })
    }
}

impl<K: Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.by) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.by);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_does_not_take_all_places_and_gives_back_what_it_took() {
        let places = Places::new(10, 6);
        let take = |by: &'static str| (0..20).filter_map(|_| places.take(by)).collect::<Vec<_>>();
        let greedy = take("greedy");
        assert_eq!(greedy.len(), 6);
        let others = take("other");
        assert_eq!(others.len(), 4);
        assert!(places.take("third").is_none());
        drop(greedy);
        assert_eq!(take("third").len(), 6);
        drop(others);
        assert!(places.taken.lock().unwrap().is_empty());
    }
}
