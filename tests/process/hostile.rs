//! Requests that no browser sends: the box answers or hangs up, gives nothing away, and goes on.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::program::{Person, Program, new_data, set_up};

/// Sends bytes, and answers all that comes back.
fn talk(port: u16, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // The box may hang up before it has read all.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(port: u16, path: &str, headers: &str) -> String {
    talk(port, format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").as_bytes())
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[test]
fn crooked_paths_lead_nowhere_on_either_port() {
    let (_dir, data) = new_data();
    let program = Program::start(&data);
    let packs_port =
        Person::new().get(program.port, "/api/v1/school").unwrap()["packsPort"].as_u64().unwrap();
    let packs_port = u16::try_from(packs_port).unwrap();
    let long = format!("/{}", "a".repeat(30_000));
    let longer = format!("/{}", "a".repeat(70_000));
    let paths = [
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/etc/passwd%00.html",
        "/assets/../../../Cargo.toml",
        "/assets/..%5c..%5cCargo.toml",
        "/%",
        "/%zz",
        "/%ff%fe",
        "/index.html/../../../journal.db",
        "/./journal.db",
        "/api/../journal.db",
        "/api/v1/classes/%2e%2e",
        &long,
        &longer,
        "http://evil.example/journal.db",
        "*",
        "/?a=%00&b=..",
        "/healthz/..%2f..%2fbox.key",
    ];
    for port in [program.port, packs_port] {
        for path in paths {
            let answer = get(port, path, "Host: school.local\r\n");
            for secret in ["root:", "[package]", "SQLite format"] {
                assert!(!answer.contains(secret), "{path} gave {answer}");
            }
            assert!(!status(&answer).starts_with('5'), "{path} gave {answer}");
            if port == packs_port {
                assert!(!answer.starts_with("HTTP/1.1 200"), "{path} gave {answer}");
            }
        }
    }
    assert!(program.stop());
}

#[test]
fn a_host_of_any_kind_brings_nothing_into_the_rules_of_a_page() {
    let (_dir, data) = new_data();
    let program = Program::start(&data);
    let packs_port =
        Person::new().get(program.port, "/api/v1/school").unwrap()["packsPort"].as_u64().unwrap();
    let packs_port = u16::try_from(packs_port).unwrap();
    let app = program.port;
    for (host, ancestors) in [
        ("school.local:8081".to_owned(), format!("'self' school.local:{app};")),
        ("[fd00::1]:8081".to_owned(), format!("'self' [fd00::1]:{app};")),
        ("[fd00::1]".to_owned(), format!("'self' [fd00::1]:{app};")),
        ("*".to_owned(), "'self';".to_owned()),
        ("a; script-src *".to_owned(), "'self';".to_owned()),
        ("a b".to_owned(), "'self';".to_owned()),
        ("'unsafe-inline'".to_owned(), "'self';".to_owned()),
        (String::new(), "'self';".to_owned()),
    ] {
        let answer = get(packs_port, "/none", &format!("Host: {host}\r\n"));
        if status(&answer) == "400" {
            continue; // refused before it could say anything
        }
        let policy = answer.lines().find(|line| line.starts_with("content-security-policy")).unwrap();
        assert!(policy.contains(&format!("frame-ancestors {ancestors}")), "{host:?} gave {policy}");
    }
    assert!(program.stop());
}

#[test]
fn only_our_own_pages_may_change_something() {
    let (_dir, data) = new_data();
    let program = Program::start(&data);
    let port = program.port;
    let send = |host: &str, origin: &str, more: &str| {
        let origin = if origin.is_empty() { String::new() } else { format!("Origin: {origin}\r\n") };
        let request = format!(
            "POST /api/v1/sign-out HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\n{origin}{more}Content-Length: 0\r\n\r\n"
        );
        status(&talk(port, request.as_bytes())).to_owned()
    };
    let ours = "Schoolhouse-Request: 1\r\n";
    for (host, origin, more, expected) in [
        ("school.local", "http://school.local", ours, "204"),
        ("school.local:8080", "http://school.local:8080", ours, "204"),
        ("[fd00::1]:8080", "http://[fd00::1]:8080", ours, "204"),
        ("school.local", "", ours, "204"),
        ("school.local", "http://school.local", "", "403"),
        ("school.local", "null", ours, "403"),
        ("school.local:8080", "http://school.local:8081", ours, "403"),
        ("school.local:8080", "http://school.local", ours, "403"),
        ("school.local", "http://school.local.evil.example", ours, "403"),
        ("school.local", "http://evil.example", ours, "403"),
        ("school.local", "file://school.local", ours, "403"),
        ("school.local", "http://school.local\r\nOrigin: http://evil.example", ours, "403"),
    ] {
        assert_eq!(send(host, origin, more), expected, "{host} {origin} {more}");
    }
    assert!(program.stop());
}

#[test]
fn bodies_that_are_deep_wide_or_never_end_do_no_harm() {
    let (_dir, data) = new_data();
    let program = Program::start(&data);
    let (head, _) = set_up(&program, 1);
    let port = program.port;
    let send = |path: &str, body: &str| {
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nSchoolhouse-Request: 1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        status(&talk(port, (head + body).as_bytes())).to_owned()
    };
    let deep = "[".repeat(900_000);
    let nested = format!(r#"{{"client":"00000000000000aa","entries":{deep}"#);
    let wide = format!(r#"{{"client":"00000000000000aa","entries":[{}0]}}"#, "0,".repeat(400_000));
    for path in ["/api/v1/evidence", "/api/v1/setup", "/api/v1/sign-in/badge?client=00000000000000aa"] {
        for body in [deep.as_str(), &nested, &wide, "\u{0}", "null", "{}", "\"\"", "1e999999"] {
            let status = send(path, body);
            assert!(status.starts_with('4'), "{path} gave {status} to {}", &body[..body.len().min(40)]);
        }
    }
    let _waiting: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            stream.write_all(b"POST /api/v1/evidence HTTP/1.1\r\nHost: a\r\nContent-Le").unwrap();
            stream
        })
        .collect();
    assert_eq!(head.get(port, "/api/v1/me").unwrap()["name"], "Ms Banda");
    assert!(program.stop(), "connections that never end do not hold up the stop");
}
