//! Packs from afar: what the district gives to its schools, and what the other boxes of the school have. A box brings it to itself, from
//! the nearest place, and only what it lacks.

mod distant;
mod rules;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use super::exchange::messages::{Catalogue, Offer};
use super::{Link, Sync};
use crate::error::{Error, Result};
use crate::files::write_atomically;
use crate::ids::{StreamId, to_hex};
use crate::library::{FromAfar, Library};
use crate::packs::{HeldPack, Version};
use distant::{Distant, Piece};
use rules::{Held, is_wanted};

/// The last catalogue that the hub told. It may be lost: then the hub tells it again.
const FILE: &str = "catalogue.json";

/// A catalogue, and whose it is.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    hub: String,
    catalogue: Catalogue,
}

/// A pack, and where it lies.
struct Distance {
    offer: Offer,
    urls: Vec<String>,
}

impl Sync {
    /// What that hub gives to this school, as far as it told; nothing from one that never did.
    pub(super) fn catalogue_of(&self, link: &Link) -> Catalogue {
        let read = std::fs::read(self.data.path().join(FILE)).ok();
        let kept: Option<Kept> = read.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        kept.filter(|kept| kept.hub == link.hub).map(|kept| kept.catalogue).unwrap_or_default()
    }

    /// Takes a catalogue that came with a signed answer.
    ///
    /// # Errors
    /// `sync.catalogue-old`: it is an older one than the hub told before.
    pub(super) fn keep_catalogue(&self, link: &Link, catalogue: Catalogue) -> Result<()> {
        if catalogue.version < self.catalogue_of(link).version {
            let sentence = "The hub told an older list of packs than before. It is not used.";
            return Err(Error::invalid("sync.catalogue-old", sentence));
        }
        let kept = Kept { hub: link.hub.clone(), catalogue };
        let bytes = serde_json::to_vec(&kept).unwrap_or_default();
        write_atomically(&self.data.path().join(FILE), &bytes, 0o600)
    }

    /// Begins to bring every pack that this box should have and lacks; answers with how many.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub async fn bring_packs(&self, library: &Arc<Library>) -> Result<usize> {
        let all = library.shelves_of_boxes().await?;
        let own = all.get(&self.identity.stream).cloned().unwrap_or_default();
        let mut count = 0;
        for Distance { offer, urls } in self.distances(&all).await? {
            if !is_wanted(held(&own, &offer)) {
                continue;
            }
            let source = Arc::new(Distant {
                line: self.line.clone(),
                urls,
                bytes: offer.bytes,
                sha256: offer.sha256,
                piece: Mutex::new(Piece::default()),
            });
            let Offer { id: course, title, sha256, bytes, .. } = offer;
            match library.fetch(FromAfar { course, title, sha256, bytes, source }) {
                Ok(begun) => count += usize::from(begun),
                Err(error) => tracing::warn!(%error, "a pack from afar can't be brought"),
            }
        }
        Ok(count)
    }

    /// Packs that lie somewhere else: with other boxes of the school, whose way is short, and at the hub.
    async fn distances(&self, held: &BTreeMap<StreamId, Vec<HeldPack>>) -> Result<Vec<Distance>> {
        let addresses = self.addresses();
        let mut found: BTreeMap<[u8; 32], Distance> = BTreeMap::new();
        for known in self.boxes().await? {
            let (Some(url), Some(packs)) = (addresses.get(&known.stream), held.get(&known.stream)) else {
                continue;
            };
            for pack in packs.iter().filter(|pack| pack.installed && !pack.built_in) {
                let way = format!("{url}/sync/1/packs/{}", to_hex(&pack.sha256));
                found.entry(pack.sha256).or_insert_with(|| Distance::of(pack)).urls.push(way);
            }
        }
        if let Some(link) = self.link()? {
            for offer in self.catalogue_of(&link).packs {
                let way = format!("{}/sync/1/packs/{}", link.url, to_hex(&offer.sha256));
                let entry = found.entry(offer.sha256).or_insert(Distance { offer, urls: Vec::new() });
                entry.urls.push(way);
            }
        }
        Ok(found.into_values().collect())
    }
}

impl Distance {
    /// A pack of another box. What it is called stands in it.
    fn of(pack: &HeldPack) -> Self {
        let HeldPack { id, version, sha256, bytes, .. } = pack.clone();
        Self { offer: Offer { title: id.clone(), id, version, sha256, bytes }, urls: Vec::new() }
    }
}

fn held(own: &[HeldPack], offer: &Offer) -> Held {
    let Some(pack) = own.iter().find(|pack| pack.id == offer.id) else { return Held::Never };
    match () {
        () if !pack.installed => Held::Removed,
        () if pack.sha256 == offer.sha256 => Held::Same,
        () => Held::Other(Version::parse(&offer.version).cmp(&Version::parse(&pack.version))),
    }
}
