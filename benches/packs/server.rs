//! The servers under measurement: ours and nginx, each a process of its own that stays on one processor.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::said::hear_start;

/// A running server; dropping it stops it.
pub(crate) struct Server {
    child: Child,
    /// Where packs, or loose files, are served.
    pub(crate) port: u16,
    /// What stands before a path.
    pub(crate) root: String,
}

/// A command that stays on the first processor, so that the load on the second takes nothing away from it.
fn on_first_processor(program: &Path) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", "0"]).arg(program);
    command
}

/// Keeps this program, which makes the load, on the second processor.
pub(crate) fn stay_on_second_processor() {
    let own = std::process::id().to_string();
    let done = Command::new("taskset").args(["-a", "-p", "-c", "1", &own]).stdout(Stdio::null()).status();
    assert!(done.is_ok_and(|done| done.success()), "needs two processors and taskset (Debian: util-linux)");
}

impl Server {
    /// Puts the pack on a box with its data in `data`.
    pub(crate) fn install(data: &Path, pack: &Path) {
        let installed = Command::new(env!("CARGO_BIN_EXE_schoolhouse"))
            .args(["pack", "install", "--accept", "errors"])
            .arg(pack)
            .arg("--data")
            .arg(data)
            .output()
            .expect("the program");
        assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    }

    /// Starts ours on `data`, and waits until it says where it is.
    pub(crate) fn start(data: &Path) -> Self {
        let mut child = on_first_processor(env!("CARGO_BIN_EXE_schoolhouse").as_ref())
            .args([
                "serve",
                "--no-mdns",
                "--listen",
                "127.0.0.1:0",
                "--packs-listen",
                "127.0.0.1:0",
                "--data",
            ])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server");
        let (app, _) = hear_start(child.stdout.take().expect("its words"));
        let school: serde_json::Value =
            serde_json::from_slice(&crate::load::get(app, "/api/v1/school", "").body)
                .expect("what the school is");
        let port = school["packsPort"].as_u64().and_then(|port| u16::try_from(port).ok()).expect("its port");
        Self { child, port, root: format!("/{}", archive(data).file_stem().expect("a hash").display()) }
    }

    /// Starts nginx on loose files, with texts packed beforehand and with its cache of open files; `None` when it is
    /// not installed.
    pub(crate) fn start_nginx(scratch: &Path, root: &Path) -> Option<Self> {
        let program = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"]
            .iter()
            .find(|path| Path::new(path).exists())?;
        // Free a moment ago; nobody else takes ports here.
        let port = TcpListener::bind(("127.0.0.1", 0)).ok()?.local_addr().ok()?.port();
        let (home, root) = (scratch.display(), root.display());
        let user = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
        let settings = format!(
            "daemon off; master_process off; pid {home}/nginx.pid; error_log {home}/nginx.log; {user}
             events {{ worker_connections 1024; }}
             http {{
               access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; keepalive_timeout 600s;
               gzip_static on; open_file_cache max=2000 inactive=600s; open_file_cache_valid 600s;
               types {{ text/plain txt; video/mp4 mp4; }}
               client_body_temp_path {home}/n1; proxy_temp_path {home}/n2; fastcgi_temp_path {home}/n3;
               uwsgi_temp_path {home}/n4; scgi_temp_path {home}/n5;
               server {{ listen 127.0.0.1:{port}; root {root}; }}
             }}"
        );
        let file = scratch.join("nginx.conf");
        fs::write(&file, settings).expect("room for a file");
        let child = on_first_processor(program.as_ref())
            .arg("-c")
            .arg(file)
            .arg("-e")
            .arg(scratch.join("nginx.log"))
            .spawn()
            .expect("nginx");
        let server = Self { child, port, root: String::new() };
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            thread::park_timeout(Duration::from_millis(20));
        }
        Some(server)
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Time on a processor until now, of the program and of the kernel for it.
    pub(crate) fn processor(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("its process");
        // proc(5): after the name in brackets, the twelfth and thirteenth are user and system time in ticks of 10 ms.
        let fields: Vec<&str> = stat.rsplit_once(')').expect("its name").1.split_whitespace().collect();
        let ticks: u64 = fields[11..13].iter().map(|field| field.parse::<u64>().expect("a number")).sum();
        Duration::from_millis(ticks * 10)
    }

    /// The most memory that it held at one time, in MB, and how many files it has open.
    pub(crate) fn memory(&self) -> (u64, usize) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("its process");
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let most: Option<u64> = most.and_then(|line| line.split_whitespace().next()?.parse().ok());
        let open = fs::read_dir(format!("/proc/{}/fd", self.child.id())).expect("its files").count();
        (most.expect("its memory") >> 10, open)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The archive of the pack under measurement: the largest of those on the box.
pub(crate) fn archive(data: &Path) -> PathBuf {
    let files =
        fs::read_dir(data.join("packs")).expect("its packs").map(|entry| entry.expect("a file").path());
    let archives = files.filter(|path| path.extension().is_some_and(|kind| kind == "schoolpack"));
    archives.max_by_key(|path| fs::metadata(path).map_or(0, |file| file.len())).expect("a pack")
}
