//! What a server says when it starts, for tests and benchmarks that run the real program.

use std::io::{BufRead, BufReader, Read};

/// Waits until the server says where it is: the app's port, and the code for the set-up while it is needed.
pub(crate) fn hear_start(said: impl Read) -> (u16, Option<String>) {
    let mut code = None;
    let port = BufReader::new(said).lines().map_while(Result::ok).find_map(|line| {
        if let Some(found) = line.strip_prefix("Set-up code: ") {
            code = Some(found.to_owned());
        }
        let (_, address) = line.split_once("open at http://")?;
        address.rsplit(':').next()?.trim().parse().ok()
    });
    (port.expect("the server did not start"), code)
}
