//! A closer look at what is offered, in the background: one at a time, the smallest first, and never beside a job.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use super::Library;
use super::facts::{Facts, Picture, Trouble, is_archive, is_pack, open_archive, open_folder};
use super::jobs::{Follow, Progress};
use super::patient::{Flag, Patience, PatientTree};
use super::state::{Checked, Spot};
use crate::error::{Error, Kind, Result};
use crate::imports::{About, Loss, Recognised, wrap};
use crate::lint::lint;
use crate::packs::{Signer, Tree, open_afar, read_manifest};

/// Lessons come first.
const NICE: i32 = 10;

/// Whether an error tells of the way to the bytes and not of the bytes: then nothing is known of them.
pub(super) fn is_about_the_way(error: &Error) -> bool {
    matches!(error.kind, Kind::Unavailable) || matches!(error.code, "file.missing" | "pack.nothing-there")
}

impl Library {
    /// Lets a thread look closely at whatever was not looked at yet.
    pub(super) fn begin_checks(self: &Arc<Self>) {
        let off = Flag::default();
        {
            let mut state = self.state();
            if state.checker.is_some() || state.is_working || state.next_to_check().is_none() {
                return;
            }
            state.checker = Some(off.clone());
        }
        let library = self.clone();
        let checking = thread::Builder::new().name("check".into()).spawn(move || library.check_all(&off));
        if let Err(error) = checking {
            tracing::warn!(%error, "nobody looks closely at what is offered");
            self.state().checker = None;
        }
    }

    fn check_all(&self, off: &Flag) {
        // Only this thread becomes nice; where that is not allowed, it does its work all the same.
        let _ = rustix::process::setpriority_process(None, NICE);
        while let Some((facts, spot, patience)) = self.next_to_check(off) {
            let checked = catch_unwind(AssertUnwindSafe(|| self.check(&facts, &spot, &patience)));
            let checked = checked.unwrap_or_else(|_| Err(Error::internal("A look at a pack broke off.")));
            let mut state = self.state();
            match checked {
                Ok(checked) => state.put_checked(facts.identity, checked),
                Err(_) if off.is_up() => {}
                Err(error) if is_about_the_way(&error) => state.pass_over(facts.identity),
                Err(error) => {
                    let trouble = Some(Trouble::from(error));
                    state.put_checked(facts.identity, Checked { trouble, ..Checked::default() });
                }
            }
        }
    }

    fn next_to_check(&self, off: &Flag) -> Option<(Arc<Facts>, Spot, Patience)> {
        let mut state = self.state();
        let next = state.next_to_check().filter(|_| !off.is_up() && !self.stopping.is_called());
        let found = next.and_then(|identity| state.find(identity));
        if found.is_none() {
            state.checker = None;
        }
        let (facts, spot, patience) = found?;
        Some((facts, spot, Patience { off: off.clone(), ..patience }))
    }

    fn check(&self, facts: &Facts, spot: &Spot, patience: &Patience) -> Result<Checked> {
        let (off, stopping) = (patience.off.clone(), self.stopping.clone());
        let watch = Follow { progress: Arc::new(Progress::default()), off, stopping };
        let what = facts.what_at(&spot.path);
        let opened = self.open_tree(&what, patience)?;
        let verdict = lint(&*opened.tree, &watch)?;
        let manifest = if is_pack(&what) { None } else { Some(read_manifest(&*opened.tree)?) };
        let cover = manifest.as_ref().and_then(|manifest| manifest.cover.clone());
        Ok(Checked {
            verdict: Some(Arc::new(verdict)),
            picture: cover.and_then(|cover| Picture::of(&*opened.tree, &cover)),
            // What was wrapped here is signed by nobody.
            signer: manifest.as_ref().map(|_| Signer::Nobody),
            manifest: manifest.map(Arc::new),
            losses: opened.losses,
            trouble: None,
        })
    }

    /// The files of a pack, made from whatever it is.
    pub(super) fn open_tree(&self, what: &Recognised, patience: &Patience) -> Result<Opened> {
        if is_archive(what) {
            let source = open_archive(&what.path, patience)?;
            return Ok(Opened { tree: open_afar(Arc::new(source))?, losses: Vec::new() });
        }
        if is_pack(what) {
            return Ok(Opened { tree: Box::new(open_folder(&what.path, patience)), losses: Vec::new() });
        }
        let (what, about) = (what.clone(), self.about());
        let wrapped = patience.run(move || wrap(&what, &about))??;
        let tree = PatientTree::new(wrapped.tree.into(), patience.clone());
        Ok(Opened { tree: Box::new(tree), losses: wrapped.losses })
    }

    /// What the box says of its own about what it wraps.
    fn about(&self) -> About {
        let directory = self.people.directory();
        let (publisher, language) = directory.school().map_or_else(
            || (String::new(), "en".to_owned()),
            |school| (school.name.clone(), school.language.clone()),
        );
        About { publisher, language, today: self.today() }
    }
}

/// The files of a pack, and what of the original is not in them.
pub(super) struct Opened {
    pub(super) tree: Box<dyn Tree>,
    pub(super) losses: Vec<Loss>,
}
