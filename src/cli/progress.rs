//! Bars for long work, for a person at a terminal; quiet anywhere else.

use std::sync::Mutex;
use std::sync::PoisonError;

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::Result;
use crate::packs::{Step, Watch};

/// Shows how far a pack is.
pub(super) struct Bar {
    bar: ProgressBar,
    step: Mutex<Option<Step>>,
}

impl Bar {
    pub(super) fn new() -> Self {
        // Hidden by itself where standard error is not a terminal.
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg:12} {bar:30} {bytes}/{total_bytes} {eta}") {
            bar.set_style(style);
        }
        Self { bar, step: Mutex::default() }
    }
}

impl Watch for Bar {
    fn at(&self, step: Step, done: u64, of: u64) -> Result<()> {
        let mut shown = self.step.lock().unwrap_or_else(PoisonError::into_inner);
        if *shown != Some(step) {
            *shown = Some(step);
            self.bar.set_message(match step {
                Step::Copying => "copying",
                Step::Checking => "checking",
                Step::Writing => "writing",
            });
        }
        self.bar.set_length(of);
        self.bar.set_position(done);
        Ok(())
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
