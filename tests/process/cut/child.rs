//! Rounds that need a process of their own: it is killed, or its disk is full. The test program starts itself once more
//! with the name of a test that does nothing without a task.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::thread;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, Signal, getpid, getrlimit, kill_process, setrlimit};

use super::*;

/// What the child is to do, and with what.
const TASK: &str = "SCHOOLHOUSE_TEST_CUT";
/// Kills that come while the pack is put in its place, each a little later.
const WHILE_PLACING: u64 = 15;
const LATER: Duration = Duration::from_micros(700);

fn child(task: &str, data: &Path, new: &Path, number: u64) -> Command {
    let mut command = Command::new("sh");
    // A write beyond the limit is to fail, not to kill.
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(std::env::current_exe().unwrap());
    command.args(["cut::child::does_its_task", "--exact", "--nocapture"]);
    let task = [task.into(), data.display().to_string(), new.display().to_string(), number.to_string()];
    command.env(TASK, task.join("\n"));
    command
}

#[test]
fn does_its_task() {
    let Ok(task) = std::env::var(TASK) else { return };
    let parts: Vec<&str> = task.split('\n').collect();
    let [task, data, new, number] = parts[..] else { panic!("no task: {parts:?}") };
    let (data, new, number) = (Path::new(data), Path::new(new), number.parse().unwrap());
    match task {
        "killed-receiving" => {
            let kill = || Ok(kill_process(getpid(), Signal::KILL)?);
            drop(open(data).receive(&After::bytes(number, new, &kill), &Unwatched));
        }
        "killed-placing" => {
            let installer = open(data);
            let draft = installer.receive(&stick(new), &Unwatched).unwrap();
            thread::spawn(move || {
                thread::park_timeout(LATER * u32::try_from(number).unwrap());
                kill_process(getpid(), Signal::KILL).unwrap();
            });
            drop(installer.place(draft, &Terms::default()));
        }
        "limited" | "full" => fill_up(task, data, new, number),
        other => panic!("no such task: {other}"),
    }
}

#[test]
fn a_kill_at_every_hundredth_of_the_way() {
    let ground = Ground::make_in(tempfile::tempdir().unwrap());
    let mut done = 0;
    for round in 0..ROUNDS {
        let data = ground.copy("killed");
        let placing = (round + WHILE_PLACING).checked_sub(ROUNDS);
        let mut child = if let Some(number) = placing {
            child("killed-placing", &data, &ground.new, number)
        } else {
            let until = ground.way * round / (ROUNDS - WHILE_PLACING);
            child("killed-receiving", &data, &ground.new, until)
        };
        let ended = child.output().unwrap();
        assert!(ended.status.signal() == Some(9) || placing.is_some(), "round {round}: {ended:?}");
        let installer = open(&data);
        if placing.is_some() && serving(&installer.packs()) == "2.0.0" {
            done += 1;
            assert_eq!((files_in(&data, "packs"), files_in(&data, "tmp")), (2, 0), "round {round}");
            fs::remove_dir_all(&data).unwrap();
            continue;
        }
        assert_eq!(serving(&installer.packs()), "1.0.0");
        let drafts = files_in(&data, "tmp");
        assert!(drafts <= 1 && files_in(&data, "packs") == 2, "round {round}");
        let draft = installer.receive(&stick(&ground.new), &Unwatched).unwrap();
        // In the moment between its place and its entry a pack is no draft any more.
        if placing.is_none() || drafts == 1 {
            went_on(&ground, round, &draft);
        }
        finish(&installer, &data, draft);
    }
    assert!(done < WHILE_PLACING, "every kill came too late");
}

#[test]
fn a_disk_that_is_full_at_every_hundredth_of_the_way() {
    let ground = Ground::make_in(tempfile::tempdir().unwrap());
    fill_rounds("limited", &ground);
    // The real thing, where this machine lets us have a disk of our own.
    let dir = tempfile::tempdir().unwrap();
    match SmallDisk::mount(dir.path()) {
        Some(disk) => {
            let ground = Ground::make_in(tempfile::tempdir_in(&disk.0).unwrap());
            fill_rounds("full", &ground);
        }
        None => println!("no disk of our own without root: only the limit on files was tried"),
    }
}

fn fill_rounds(task: &str, ground: &Ground) {
    let ended = child(task, &ground.scratch, &ground.new, ground.way).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout).into_owned() + &String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success() && said.contains("all rounds"), "{task}: {said}");
}

/// A disk in memory, gone with its value.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Large enough that a pack finds room beside what stays free.
    const SIZE: &str = "size=1g";

    fn mount(at: &Path) -> Option<Self> {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", Self::SIZE, "none"]).arg(at).output();
        mounted.is_ok_and(|ended| ended.status.success()).then(|| Self(at.to_owned()))
    }

    /// Makes it as small as what is on it, or as large as before.
    fn resize(on: &Path, is_full: bool) {
        let disk = rustix::fs::statvfs(on).unwrap();
        let used = format!("size={}", (disk.f_blocks - disk.f_bfree) * disk.f_frsize);
        let at = on.ancestors().find(|path| path.parent().is_some_and(|parent| !is_same_disk(path, parent)));
        let size = if is_full { used.as_str() } else { Self::SIZE };
        let options = format!("remount,{size}");
        let ended = Command::new("mount").args(["-o", &options]).arg(at.unwrap()).output().unwrap();
        assert!(ended.status.success(), "{ended:?}");
    }
}

fn is_same_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.metadata().unwrap().dev() == other.metadata().unwrap().dev()
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

/// Without a disk of its own a full disk is played by the limit on the length of files: nothing but the draft is written
/// meanwhile.
fn limit(draft: Option<u64>) {
    let free = Rlimit { current: None, ..getrlimit(Resource::Fsize) };
    setrlimit(Resource::Fsize, Rlimit { current: draft.or(free.maximum), ..free }).unwrap();
}

fn fill_up(task: &str, scratch: &Path, new: &Path, way: u64) {
    let (data, dir) = (scratch.join("data"), tempfile::tempdir().unwrap());
    let ground = Ground { _dir: dir, scratch: scratch.to_owned(), data, new: new.to_owned(), way };
    for round in 0..ROUNDS {
        let data = ground.copy("full");
        let installer = open(&data);
        let draft = || {
            let file = fs::read_dir(data.join("tmp")).unwrap().next();
            file.map_or(0, |entry| entry.unwrap().metadata().unwrap().len())
        };
        let fill = || {
            if task == "full" {
                SmallDisk::resize(&data, true);
            } else {
                limit(Some(draft()));
            }
            Ok(())
        };
        let watch = SeesOld(installer.packs());
        let filling = After::bytes(ground.until(round), &ground.new, &fill);
        let refused = installer.receive(&filling, &watch).err();
        // On a disk that is full to its last byte a draft would keep answers out.
        assert!(task == "limited" || draft() == 0, "round {round}: {refused:?}, {} bytes stay", draft());
        if task == "full" {
            SmallDisk::resize(&data, false);
        } else {
            limit(None);
        }
        assert_eq!(refused.map(|error| error.code), Some("box.disk-full"), "round {round}");
        let again = installer.receive(&stick(&ground.new), &watch).unwrap();
        finish(&installer, &data, again);
    }
    std::io::stdout().write_all(b"all rounds\n").unwrap();
}
