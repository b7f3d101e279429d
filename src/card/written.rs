//! What the card's programs start with, written from the settings.

use std::fmt::Write;

use super::rules::{Cable, Settings};
use crate::ids::to_hex;

/// hostapd's configuration. Old tablets know no WPA3.
pub(super) fn hostapd(settings: &Settings) -> String {
    let mut text = String::from(
        "interface=wlan0\nbridge=tablets\ndriver=nl80211\nctrl_interface=/run/hostapd\nhw_mode=g\nieee80211n=1\nwmm_enabled=1\n\
         auth_algs=1\nutf8_ssid=1\n",
    );
    // In hexadecimal no letter of the name can be taken for something else.
    line(&mut text, "ssid2", &to_hex(settings.wifi.as_bytes()));
    line(&mut text, "channel", &settings.channel.to_string());
    if let Some(country) = &settings.country {
        line(&mut text, "country_code", country);
        line(&mut text, "ieee80211d", "1");
    }
    if let Some(password) = &settings.password {
        text.push_str("wpa=2\nwpa_key_mgmt=WPA-PSK\nrsn_pairwise=CCMP\n");
        line(&mut text, "wpa_passphrase", password);
    }
    // Tablets that are gone give their place back: a small radio has few.
    text.push_str("ap_max_inactivity=120\ndisassoc_low_ack=1\n");
    text
}

/// Variables for the program, as systemd reads them from a file.
pub(super) fn environment(settings: &Settings) -> String {
    let mut text = String::new();
    let pairs = [("SCHOOLHOUSE_SCHOOL", &settings.school), ("SCHOOLHOUSE_LANGUAGE", &settings.language)];
    for (name, value) in pairs {
        if let Some(value) = value {
            line(&mut text, name, &quoted(value));
        }
    }
    text
}

/// networkd's file that puts the cable into the tablets' network; without it the box is a guest there.
pub(super) fn cable(settings: &Settings) -> Option<String> {
    (settings.cable == Cable::Tablets)
        .then(|| "[Match]\nName=e* usb*\n\n[Network]\nBridge=tablets\n".to_owned())
}

fn line(text: &mut String, name: &str, value: &str) {
    // Writing into a string can't fail.
    let _ = writeln!(text, "{name}={value}");
}

/// systemd reads what is in double quotes as a shell would, but with single quotes it goes astray after the first inside.
fn quoted(value: &str) -> String {
    let mut text = String::from('"');
    for letter in value.chars() {
        if matches!(letter, '"' | '\\' | '$' | '`') {
            text.push('\\');
        }
        text.push(letter);
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(wifi: &str, password: Option<&str>) -> Settings {
        Settings {
            school: Some("St. Mary's $HOME".into()),
            language: None,
            wifi: wifi.into(),
            password: password.map(str::to_owned),
            country: Some("KE".into()),
            channel: 1,
            cable: Cable::Guest,
        }
    }

    #[test]
    fn the_wifi_runs_with_the_settings_and_nothing_that_a_name_smuggles_in() {
        let text = hostapd(&settings("a\nwpa=0", Some("learn together")));
        let has = |wanted: &str| text.lines().any(|line| line == wanted);
        assert!(has("ssid2=610a7770613d30"));
        assert!(
            has("wpa=2")
                && has("wpa_passphrase=learn together")
                && has("country_code=KE")
                && has("channel=1")
        );
        assert!(!has("wpa=0"));
        assert!(!hostapd(&settings("open", None)).contains("wpa"));
    }

    #[test]
    fn names_reach_the_program_as_they_are() {
        assert_eq!(environment(&settings("x", None)), "SCHOOLHOUSE_SCHOOL=\"St. Mary's \\$HOME\"\n");
    }
}
