//! How the program starts, tells of itself, and stops.

use super::program::{Person, Program, command, new_data, set_up};

#[test]
fn a_new_box_starts_tells_its_code_and_stops_in_good_order() {
    let (_dir, data) = new_data();
    let program = Program::start(&data);
    assert_eq!(Person::new().get(program.port, "/healthz").unwrap(), "ok");
    let school = Person::new().get(program.port, "/api/v1/school").unwrap();
    assert_eq!(school["setUp"], false);
    assert!(program.code.is_some());
    assert!(program.stop(), "SIGTERM did not end it in good order");
}

#[test]
fn sessions_and_the_school_survive_a_restart_and_the_code_is_gone() {
    let (_dir, data) = new_data();
    let program = Program::start(&data);
    let (head, students) = set_up(&program, 3);
    assert_eq!(students.len(), 3);
    let port = program.port;
    program.kill();
    let program = Program::start_on(&data, port);
    assert_eq!(program.code, None);
    let me = head.get(port, "/api/v1/me").unwrap();
    assert_eq!((&me["role"], &me["name"]), (&"head".into(), &"Ms Banda".into()));
}

#[test]
fn the_configuration_is_shown_with_its_origins_and_mistakes_are_explained() {
    let (_dir, data) = new_data();
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("schoolhouse.toml"), "mdns_name = \"hill\"\n").unwrap();
    let shown = command(&data).args(["--print-config", "--listen", "127.0.0.1:1"]).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("mdns_name = \"hill\"  # schoolhouse.toml"), "{shown}");
    assert!(shown.contains("listen = \"127.0.0.1:1\"  # flag"), "{shown}");

    let refused = command(&data).env("SCHOOLHOUSE_LISTN", "x").output().unwrap();
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("Did you mean “listen”?"), "{said}");
}
