//! Hands that go up: a student asks for help, and a teacher was there.
//!
//! Both are words in the journal, of which the newest counts; who waits is made of today's, so a hand stays up over a power
//! cut. That a teacher was there also takes the other signals of that student off the list, in memory only.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Live;
use crate::db::Urgency;
use crate::error::{Error, Kind, Result};
use crate::evidence::Spot;
use crate::ids::{StaffId, StudentId};
use crate::journal::{Draft, EntryKind};

/// No child needs more in a day; a tablet gone wild would fill the card.
const MOST_HANDS: u32 = 200;

/// A student asked for help, or no longer needs it: the body of an entry. Numbers are for ever; new fields are optional and
/// come last.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct HelpEntry {
    /// Who.
    #[n(0)]
    pub(super) student: StudentId,
    /// In which activity, when one was open.
    #[n(1)]
    pub(super) spot: Option<Spot>,
    /// Whether the hand is up from now on.
    #[n(2)]
    pub(super) asks: bool,
    /// Who was there; nothing for the student's own word.
    #[n(3)]
    pub(super) by: Option<StaffId>,
}

impl HelpEntry {
    fn draft(&self) -> Draft {
        Draft::new(EntryKind::HELP, self)
    }
}

/// A hand, as its student moves it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MoveHand {
    /// Up, or down again.
    pub up: bool,
    /// Where the student is; nothing where no activity is open.
    #[serde(default)]
    pub place: Option<HandPlace>,
}

/// The activity on the screen.
#[derive(Debug, Deserialize, ToSchema)]
pub struct HandPlace {
    /// The course's id.
    pub course: String,
    /// The lesson's id.
    pub lesson: String,
    /// The activity's id.
    pub activity: String,
}

/// A hand, as the box knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HandState {
    /// Since when it is up, in milliseconds since 1970; null when it is not.
    #[schema(required)]
    pub since: Option<u64>,
}

impl Live {
    /// Whether a student's hand is up.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn hand(&self, student: StudentId) -> Result<HandState> {
        let mut following = self.caught_up().await?;
        let now = following.picture.tick(self.journal.clock().now());
        let up = following.picture.work(student, now).and_then(super::picture::Work::hand_up);
        Ok(HandState { since: up.map(|up| following.picture.wall(up)) })
    }

    /// A student's hand goes up or down; one that is there already stays as it is, with its place in the queue. An activity
    /// that is unknown here is left out.
    ///
    /// # Errors
    /// `live.too-many-hands`; when the database refuses.
    pub async fn move_hand(&self, student: StudentId, hand: MoveHand) -> Result<HandState> {
        let MoveHand { up, place } = hand;
        let mut spot = None;
        if let Some(HandPlace { course, lesson, activity }) = place {
            spot = self.spot(student, &course, &lesson, &activity).await?;
        }
        if up != self.hand(student).await?.since.is_some() {
            if up && self.hands_today(student).await? >= MOST_HANDS {
                return Err(too_many_hands());
            }
            self.write_help(HelpEntry { student, spot, asks: up, by: None }).await?;
        }
        self.hand(student).await
    }

    /// A teacher was there: the hand goes down, and whatever else called for a visit is not told again until it happens
    /// anew. `student` must be one of a class that `by` may see.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn was_there(&self, student: StudentId, by: StaffId) -> Result<()> {
        if self.hand(student).await?.since.is_some() {
            self.write_help(HelpEntry { student, spot: None, asks: false, by: Some(by) }).await?;
        }
        let mut following = self.caught_up().await?;
        following.picture.visit(student, self.journal.clock().now());
        drop(following);
        self.signs.send_modify(|count| *count += 1);
        Ok(())
    }

    async fn write_help(&self, help: HelpEntry) -> Result<()> {
        self.journal.write(Urgency::Now, move |stage| stage.append(help.draft()).map(drop)).await
    }

    async fn hands_today(&self, student: StudentId) -> Result<u32> {
        let mut following = self.caught_up().await?;
        let now = following.picture.tick(self.journal.clock().now());
        Ok(following.picture.work(student, now).map_or(0, |work| work.hands))
    }
}

fn too_many_hands() -> Error {
    Error::new(
        Kind::TooMany,
        "live.too-many-hands",
        "Your hand was up very often today. Go to your teacher, or raise your own hand.",
    )
}
