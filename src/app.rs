//! Puts the services together. The only wiring: everything else receives what it needs.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;

use crate::authoring::Authoring;
use crate::backup::{self, Backup};
use crate::classes::{AttendanceView, Classes, LessonsView};
use crate::clock::Clock;
use crate::db::{Db, Options, Urgency};
use crate::device::Device;
use crate::error::Result;
use crate::evidence::{Evidence, EvidenceView, RoomView, SeenView};
use crate::files::DataDir;
use crate::goals::{Goals, GoalsView};
use crate::journal::{Anchor, Identity, Journal, View};
use crate::lessons::{GivenView, Lessons};
use crate::library::{Ground, Library};
use crate::live::Live;
use crate::mastery::{DifficultyView, Mastery, PlacementView};
use crate::packs::{Installer, Packs, PacksView};
use crate::people::{self, Facts, Offer, People};
use crate::reports::Reports;
use crate::sample::Door;
use crate::search::Search;
use crate::sheets::Sheets;
use crate::sync::{BoxesView, Sync};
use crate::web::{Gate, PacksPort, Stopping};

/// All services of one school server; a cheap clone.
#[derive(Clone)]
pub struct App {
    /// What happened.
    pub journal: Arc<Journal>,
    /// Students, classes, staff, and who is signed in.
    pub people: Arc<People>,
    /// Courses, their pages and questions.
    pub packs: Arc<Packs>,
    /// What students did.
    pub evidence: Arc<Evidence>,
    /// What students learn from.
    pub lessons: Arc<Lessons>,
    /// What the school has and could have.
    pub library: Arc<Library>,
    /// What students can do.
    pub mastery: Arc<Mastery>,
    /// What classes are to reach.
    pub goals: Arc<Goals>,
    /// What is told after the lesson.
    pub reports: Arc<Reports>,
    /// Questions on paper.
    pub sheets: Arc<Sheets>,
    /// What teachers write here.
    pub authoring: Arc<Authoring>,
    /// Plans, lessons in the room, and who was there.
    pub classes: Arc<Classes>,
    /// The lesson as it happens.
    pub live: Arc<Live>,
    /// What can be found in the packs.
    pub search: Arc<Search>,
    /// The way to other boxes and to the hub.
    pub sync: Arc<Sync>,
    /// Copies of the school's data.
    pub backup: Arc<Backup>,
    /// The box as a machine.
    pub device: Arc<Device>,
    /// The way into a sample school, while the box is not set up.
    pub door: Arc<Door>,
    /// Puts packs on the box.
    pub installer: Arc<Installer>,
    /// The port of the app.
    pub port: u16,
    /// Sessions and other losable things.
    pub local: Arc<Db>,
    /// The way to the sessions.
    pub gate: Gate,
    /// The port of the packs origin.
    pub packs_port: PacksPort,
    /// The word that the server is about to stop, for answers that would go on for ever.
    pub stopping: Stopping,
}

/// What a server needs to know before it starts.
pub struct Start {
    /// Where everything lies.
    pub data: DataDir,
    /// Where moments come from; its boot number is set by the journal.
    pub clock: Clock,
    /// The address that the app listens on; a sample school opens there too.
    pub ip: IpAddr,
    /// The port of the app; the session cookie is named after it.
    pub port: u16,
    /// The port of the packs origin.
    pub packs_port: u16,
    /// Folders that are looked into as if they were USB sticks.
    pub stick_folders: Vec<PathBuf>,
    /// The word that the server is about to stop.
    pub stopping: Stopping,
    /// Whether this is a throw-away sample school.
    pub sample: bool,
    /// What the first page offers.
    pub offer: Offer,
    /// How long an answer may wait for others to share its way to the disk.
    pub window: Duration,
}

impl Start {
    /// For a command that serves nothing.
    pub fn offline(data: DataDir, stopping: Stopping) -> Self {
        let ip = Ipv4Addr::LOCALHOST.into();
        Self {
            data,
            clock: Clock::system(),
            ip,
            port: 0,
            packs_port: 0,
            stick_folders: Vec::new(),
            stopping,
            sample: false,
            offer: Offer::default(),
            window: Options::WINDOW,
        }
    }
}

impl App {
    /// Opens everything.
    ///
    /// # Errors
    /// When the data directory can't be read or written, or comes from a newer version.
    pub fn open(start: Start) -> Result<Self> {
        let identity = Identity::load(&start.data)?;
        let options = Options { window: start.window, ..Options::journal(start.data.journal()) };
        let open = || Journal::open(&options, identity.stream, views(), &start.clock);
        let journal = Arc::new(backup::open_journal(&start.data, start.clock.now().wall, open)?);
        let now = journal.clock().now();
        if let Err(error) =
            journal.write_blocking(Urgency::Now, move |stage| stage.append(Anchor::of_system(now)))
        {
            // On a full disk lessons go on with what is there.
            tracing::error!(%error, "the date of this start is not in the journal");
        }
        let installer = Arc::new(Installer::open(start.data.clone(), journal.clone())?);
        installer.install_starters();
        let packs = installer.packs();
        let local = Arc::new(Db::open_or_renew(&Options::local(start.data.local()))?);
        let facts = Facts { packs_port: start.packs_port, sample: start.sample, offer: start.offer };
        let people = Arc::new(People::open(journal.clone(), local.clone(), &start.data, facts)?);
        let evidence = Arc::new(Evidence::new(journal.clone(), people.clone(), packs.clone()));
        let lessons = Arc::new(Lessons::new(
            journal.clone(),
            people.clone(),
            packs.clone(),
            evidence.clone(),
            local.clone(),
        ));
        let classes = Arc::new(Classes::new(journal.clone(), people.clone(), packs.clone(), lessons.clone()));
        let mastery = Arc::new(Mastery::new(
            journal.clone(),
            people.clone(),
            packs.clone(),
            evidence.clone(),
            classes.clone(),
        ));
        let goals = Arc::new(Goals::new(journal.clone(), people.clone(), mastery.clone()));
        let reports = Arc::new(Reports::new(
            journal.clone(),
            people.clone(),
            packs.clone(),
            evidence.clone(),
            mastery.clone(),
            goals.clone(),
            classes.clone(),
        ));
        let sheets = Arc::new(Sheets::new(packs.clone(), evidence.clone(), mastery.clone()));
        let live = Arc::new(Live::new(
            journal.clone(),
            people.clone(),
            packs.clone(),
            evidence.clone(),
            mastery.clone(),
        ));
        let search = Arc::new(Search::open(packs.clone(), Options::search(start.data.search()))?);
        let ground = Ground {
            journal: journal.clone(),
            people: people.clone(),
            evidence: evidence.clone(),
            packs: packs.clone(),
            installer: installer.clone(),
            data: start.data.clone(),
            stopping: start.stopping.clone(),
        };
        let library = Arc::new(Library::open(ground, start.stick_folders)?);
        let authoring =
            Authoring::open(journal.clone(), people.clone(), packs.clone(), library.clone(), &start.data)?;
        let sync = Arc::new(Sync::open(journal.clone(), &start.data)?);
        let backup = Arc::new(Backup::new(journal.clone(), sync.clone(), start.data.clone()));
        let device = Arc::new(Device::new(start.data.path().to_owned(), start.port, now.wall));
        let door = Arc::new(Door::new(start.ip, start.data.temporary(), start.stopping.clone()));
        let gate = Gate { sessions: people.clone(), cookie: format!("schoolhouse_{}", start.port).into() };
        Ok(Self {
            journal,
            people,
            packs,
            installer,
            evidence,
            lessons,
            mastery,
            goals,
            reports,
            sheets,
            library,
            authoring: Arc::new(authoring),
            classes,
            live,
            search,
            sync,
            backup,
            device,
            door,
            port: start.port,
            local,
            gate,
            packs_port: PacksPort(start.packs_port),
            stopping: start.stopping,
        })
    }
}

/// What is worked out from the journal and kept beside it.
fn views() -> Vec<Box<dyn View>> {
    vec![
        people::view(),
        Box::new(PacksView),
        Box::new(EvidenceView),
        Box::new(SeenView),
        Box::new(RoomView),
        Box::new(GivenView),
        Box::new(DifficultyView),
        Box::new(LessonsView),
        Box::new(AttendanceView),
        Box::new(PlacementView),
        Box::new(GoalsView),
        Box::new(BoxesView),
    ]
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        app.gate.clone()
    }
}

impl FromRef<App> for Stopping {
    fn from_ref(app: &App) -> Self {
        app.stopping.clone()
    }
}

impl FromRef<App> for PacksPort {
    fn from_ref(app: &App) -> Self {
        app.packs_port
    }
}

impl FromRef<App> for Arc<Journal> {
    fn from_ref(app: &App) -> Self {
        app.journal.clone()
    }
}

impl FromRef<App> for Arc<Backup> {
    fn from_ref(app: &App) -> Self {
        app.backup.clone()
    }
}

impl FromRef<App> for Arc<People> {
    fn from_ref(app: &App) -> Self {
        app.people.clone()
    }
}

impl FromRef<App> for Arc<Evidence> {
    fn from_ref(app: &App) -> Self {
        app.evidence.clone()
    }
}

impl FromRef<App> for Arc<Lessons> {
    fn from_ref(app: &App) -> Self {
        app.lessons.clone()
    }
}

impl FromRef<App> for Arc<Mastery> {
    fn from_ref(app: &App) -> Self {
        app.mastery.clone()
    }
}

impl FromRef<App> for Arc<Goals> {
    fn from_ref(app: &App) -> Self {
        app.goals.clone()
    }
}

impl FromRef<App> for Arc<Reports> {
    fn from_ref(app: &App) -> Self {
        app.reports.clone()
    }
}

impl FromRef<App> for Arc<Sheets> {
    fn from_ref(app: &App) -> Self {
        app.sheets.clone()
    }
}

impl FromRef<App> for Arc<Library> {
    fn from_ref(app: &App) -> Self {
        app.library.clone()
    }
}

impl FromRef<App> for Arc<Authoring> {
    fn from_ref(app: &App) -> Self {
        app.authoring.clone()
    }
}

impl FromRef<App> for Arc<Classes> {
    fn from_ref(app: &App) -> Self {
        app.classes.clone()
    }
}

impl FromRef<App> for Arc<Live> {
    fn from_ref(app: &App) -> Self {
        app.live.clone()
    }
}

impl FromRef<App> for Arc<Search> {
    fn from_ref(app: &App) -> Self {
        app.search.clone()
    }
}

impl FromRef<App> for Arc<Sync> {
    fn from_ref(app: &App) -> Self {
        app.sync.clone()
    }
}

impl FromRef<App> for Arc<Device> {
    fn from_ref(app: &App) -> Self {
        app.device.clone()
    }
}

impl FromRef<App> for Arc<Packs> {
    fn from_ref(app: &App) -> Self {
        app.packs.clone()
    }
}

impl FromRef<App> for Arc<Door> {
    fn from_ref(app: &App) -> Self {
        app.door.clone()
    }
}
