//! What a page from a pack may do.

use std::sync::{PoisonError, RwLock};

use axum::http::HeaderValue;

/// Names that a box is called by at one time: its name on the network, its addresses.
const KNOWN: usize = 16;

/// What an answer may turn out to be in a browser.
#[derive(Clone, Copy)]
pub(super) enum Page {
    /// Anything, with scripts of its own.
    Any,
    /// A book. Books are for reading: nothing in them runs, however their address is opened.
    Book,
    /// Our own reader of documents, which runs no code but its own.
    Reader,
}

const PAGES: [Page; 3] = [Page::Any, Page::Book, Page::Reader];

/// The policies of all pages, in the order of [`PAGES`].
type Written = [HeaderValue; PAGES.len()];

/// The policies of answers, written once for each name that the box is called by.
pub(super) struct Policies {
    app_port: u16,
    known: RwLock<Vec<(HeaderValue, Written)>>,
}

impl Policies {
    /// For packs that the app on `app_port` shows.
    pub(super) fn new(app_port: u16) -> Self {
        Self { app_port, known: RwLock::default() }
    }

    /// The policy of a page that was asked for on `host`.
    pub(super) fn of(&self, host: Option<&HeaderValue>, page: Page) -> HeaderValue {
        let nobody = HeaderValue::from_static("");
        let host = host.unwrap_or(&nobody);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, written)) = known.iter().find(|(name, _)| name == host) {
            return written[page as usize].clone();
        }
        drop(known);
        let written = PAGES.map(|page| {
            HeaderValue::try_from(policy(host, self.app_port, page))
                .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
        });
        let policy = written[page as usize].clone();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        // A stranger may call the box by any number of names.
        if known.len() >= KNOWN {
            known.clear();
        }
        known.push((host.clone(), written));
        policy
    }
}

/// `frame-ancestors` names the app on the same host, so that no other page of the network frames it; a host that can't
/// stand in a policy leaves only the origin itself.
fn policy(host: &HeaderValue, app_port: u16, page: Page) -> String {
    let name = host.to_str().map(without_port).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let app = match app_port {
        _ if name.is_empty() || !name.chars().all(is_plain) => String::new(),
        80 => format!(" {name}"),
        port => format!(" {name}:{port}"),
    };
    let may = match page {
        Page::Any => "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
        Page::Book => "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; script-src 'none'",
        Page::Reader => {
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
             font-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'"
        }
    };
    format!("{may}; form-action 'none'; frame-ancestors 'self'{app}; base-uri 'self'")
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_app_on_the_same_host_may_frame_a_pack() {
        for (host, port, wanted) in [
            ("school.local:8081", 8080, "frame-ancestors 'self' school.local:8080;"),
            ("192.168.4.1:81", 80, "frame-ancestors 'self' 192.168.4.1;"),
            ("[fe80::1]:81", 80, "frame-ancestors 'self' [fe80::1];"),
            ("a; script-src *:81", 80, "frame-ancestors 'self';"),
            ("", 80, "frame-ancestors 'self';"),
        ] {
            let host = HeaderValue::from_str(host).unwrap();
            let policies = Policies::new(port);
            for _ in 0..2 {
                let said = policies.of(Some(&host), Page::Any);
                assert!(said.to_str().unwrap().contains(wanted), "{said:?}");
                let said = policies.of(Some(&host), Page::Book);
                assert!(said.to_str().unwrap().contains("script-src 'none'"), "{said:?}");
            }
        }
    }

    #[test]
    fn however_many_names_a_stranger_makes_up_few_are_kept() {
        let policies = Policies::new(8080);
        for number in 0..1_000 {
            let host = HeaderValue::from_str(&format!("h{number}.lan")).unwrap();
            let said = policies.of(Some(&host), Page::Any);
            assert!(said.to_str().unwrap().contains(&format!(" h{number}.lan:8080;")), "{said:?}");
        }
        assert!(policies.known.read().unwrap().len() <= KNOWN);
    }
}
