//! `schoolhouse hub`: the district's side, for many schools.

use std::sync::Arc;

use super::serve::{StopSignals, listen};
use super::{print, runtime};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Result;
use crate::files::DataDir;
use crate::hub::{Hub, PackRow, router};
use crate::web::{Stop, serve};

/// The hub's port, where none is chosen.
const PORT: u16 = 8480;

/// What to do with the hub.
#[derive(clap::Subcommand)]
pub(super) enum HubCommand {
    /// Take in what boxes send (what happens without a command)
    Serve,
    /// Print a code that lets one box in, for the school of that name
    Invite {
        /// The school's name; a new one is added
        school: String,
    },
    /// Show all schools: boxes, last contact, entries and answers
    Schools,
    /// Take a pack in, in the place of its former version; nobody gets it before `give`
    Pack {
        /// The pack's file
        file: std::path::PathBuf,
    },
    /// Show all packs, and who gets them
    Packs,
    /// Give a pack to every school, or to one
    Give {
        /// The pack's id
        pack: String,
        /// The school's name
        #[arg(long)]
        to: Option<String>,
    },
    /// Give a pack to every school, or to one, no more; what schools have they keep
    Withhold {
        /// The pack's id
        pack: String,
        /// The school's name
        #[arg(long)]
        from: Option<String>,
    },
    /// Take in what a stick brings, and write the answers on it
    Stick {
        /// Where the stick is
        path: std::path::PathBuf,
    },
    /// Take in nothing more from a box that was lost or stolen
    Revoke {
        /// The box's name: the 32 hexadecimal digits that its page shows
        r#box: String,
    },
}

/// Runs the hub, or one command on its data. Commands work beside a running hub.
///
/// # Errors
/// When the data can't be opened, or no port can be had.
pub(super) fn run(command: &HubCommand, config: &Config) -> Result<()> {
    runtime()?.block_on(async {
        match command {
            HubCommand::Serve => serve_hub(config).await,
            HubCommand::Invite { school } => {
                let code = open(config)?.invite(school).await?;
                let (first, rest) = code.split_at(3);
                let (second, third) = rest.split_at(3);
                print(&format!("{first} {second} {third}"));
                print("Type it on the box, under Box. It lets one box in, and is void after a month.");
                Ok(())
            }
            HubCommand::Stick { path } => visit(config, path).await,
            HubCommand::Schools => show_schools(config).await,
            HubCommand::Pack { file } => {
                let offer = open(config)?.add_pack(file).await?;
                print(&format!(
                    "{} {} is here. `schoolhouse hub give {}` gives it to all schools.",
                    offer.id, offer.version, offer.id
                ));
                Ok(())
            }
            HubCommand::Packs => show_packs(config).await,
            HubCommand::Give { pack, to } => {
                open(config)?.subscribe(pack, to.as_deref(), true).await?;
                print("Boxes get it after their next sync.");
                Ok(())
            }
            HubCommand::Withhold { pack, from } => {
                open(config)?.subscribe(pack, from.as_deref(), false).await?;
                print("Boxes are not told of it any more. What they have they keep.");
                Ok(())
            }
            HubCommand::Revoke { r#box } => {
                open(config)?.revoke(r#box.parse()?).await?;
                print("The hub takes nothing more from this box. What it has stays.");
                Ok(())
            }
        }
    })
}

fn open(config: &Config) -> Result<Hub> {
    std::fs::create_dir_all(&config.data)?;
    Hub::open(&config.data, Clock::system())
}

async fn serve_hub(config: &Config) -> Result<()> {
    let signals = StopSignals::listen()?;
    // Two hubs on one directory would each answer half.
    let _data = DataDir::open(&config.data)?;
    let hub = Arc::new(open(config)?);
    let listener = listen(config.listen, &[PORT]).await?;
    print(&format!("The hub is open at http://{}", listener.local_addr()?));
    print("Boxes reach it by HTTPS: put a server with a certificate before it (docs/hub.md).");
    let (stop, stopping) = Stop::new();
    let serving = tokio::spawn(serve(listener, router(hub), stopping));
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
    signals.wait().await;
    stop.call();
    let _ = serving.await;
    Ok(())
}

async fn show_schools(config: &Config) -> Result<()> {
    let schools = open(config)?.schools().await?;
    if schools.is_empty() {
        print("There are no schools yet. `schoolhouse hub invite NAME` adds one.");
    }
    for school in schools {
        let seen = school
            .seen
            .map_or_else(|| "never seen".to_owned(), |at| format!("seen {}", crate::clock::date(at)));
        print(&format!(
            "{}  {} boxes, {seen}, {} entries, {} answers",
            school.name, school.boxes, school.entries, school.answers
        ));
        if school.quarantined > 0 {
            print(&format!(
                "    {} segments can't be read by this version; they are kept",
                school.quarantined
            ));
        }
    }
    Ok(())
}

async fn show_packs(config: &Config) -> Result<()> {
    let packs = open(config)?.packs().await?;
    if packs.is_empty() {
        print("There are no packs yet. `schoolhouse hub pack FILE` adds one.");
    }
    for PackRow { offer, schools, is_for_all } in packs {
        let who = match (is_for_all, schools.as_slice()) {
            (true, _) => "every school".to_owned(),
            (false, []) => "nobody".to_owned(),
            (false, schools) => schools.join(", "),
        };
        print(&format!("{} {}  {}  {} bytes, for {who}", offer.id, offer.version, offer.title, offer.bytes));
    }
    Ok(())
}

async fn visit(config: &Config, stick: &std::path::Path) -> Result<()> {
    let visits = open(config)?.visit(stick).await?;
    if visits.is_empty() {
        print("There is nothing for this hub on the stick.");
    }
    for visit in &visits {
        match &visit.problem {
            None => print(&format!("{}: taken in, the answer is on the stick", visit.name)),
            Some(problem) => print(&format!("{}: left on the stick. {problem}", visit.name)),
        }
    }
    Ok(())
}
