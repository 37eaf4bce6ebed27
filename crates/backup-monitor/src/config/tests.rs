use std::time::Duration;

use super::*;
use crate::checks::hbr::Limits;

const HOUR: Duration = Duration::from_secs(3_600);

fn mistakes_of(text: &str) -> String {
    Config::read("watch.toml", text, false).unwrap_err()
}

#[test]
fn the_example_says_what_it_says() {
    let text = include_str!("../../backup-monitor.example.toml");
    let config =
        Config::read("example", text, false).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let abroad = &config.accounts["shop-abroad"];
    let keys = abroad.keys.as_ref().unwrap();
    assert_eq!(
        (&*keys.id, &*keys.secret),
        ("ABROAD_PUBLIC_KEY", "ABROAD_PRIVATE_KEY")
    );
    assert_eq!(keys.token.as_deref(), Some("ABROAD_TOKEN"));
    assert_eq!(abroad.endpoint.as_deref(), Some("https://api.scloudsg.com"));
    assert_eq!(config.accounts["shop"].keys, None);
    let [here, abroad] = &config.udb[..] else {
        panic!("{:?}", config.udb);
    };
    assert_eq!(here.backups, [8880, 8881]);
    assert_eq!(here.max_age, Some(26 * HOUR));
    assert_eq!(here.place.project.as_deref(), Some("org-3kopqz"));
    assert_eq!(abroad.backup_zone.as_deref(), Some("hk-03"));
    assert_eq!(abroad.max_age, None);
    assert_eq!(config.usnap[0].min_reach, Some(7 * 24 * HOUR));
    assert_eq!(config.redis[0].instances.len(), 2);
    assert_eq!(config.hbr[0].clients, ["c-000500hbr00demo"]);
    assert_eq!(config.hbr[0].limits.max_heartbeat_age, HOUR / 6);
    assert_eq!(config.hbr[0].limits.bad_states, Limits::usual_bad_states());
}

#[test]
fn the_configuration_of_the_readme_can_be_used() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```toml\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let config =
        Config::read("README.md", text, false).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!(config.redis[0].max_age, 26 * HOUR);
}

#[test]
fn a_configuration_that_watches_nothing_is_a_mistake() {
    for text in ["", "[accounts.shop]\nprovider = \"ucloud\"\n"] {
        assert!(mistakes_of(text).contains("nothing is watched"), "{text}");
    }
}

#[test]
fn what_is_no_toml_is_told_with_its_line_alone() {
    let told = mistakes_of("[accounts.shop]\nprovider = = 3\n\n[[udb]\nnonsense = 1\n");
    assert!(told.contains("watch.toml:2:12"), "{told}");
    assert!(told.contains("watch.toml:4:"), "{told}");
    assert!(!told.contains("nonsense"), "{told}");
}

#[test]
fn what_may_hold_a_key_is_not_shown() {
    for line in [
        "secret = 'hidden",
        "access_key_secret = \"hidden\"",
        "endpoint = \"user:hidden@host\"",
        "keys = { id = \"A\", secret = \"hidden hidden\" }",
    ] {
        let text = format!("[accounts.shop]\nprovider = \"ucloud\"\n{line}\n");
        let told = mistakes_of(&text);
        assert!(told.contains("watch.toml:3"), "{told}");
        assert!(!told.contains("hidden"), "{told}");
    }
}

#[test]
fn an_account_with_a_mistake_is_not_said_to_be_missing() {
    let watch =
        "[[redis]]\naccount = \"cache\"\nregion = \"r\"\ninstances = [\"i\"]\nmax_age = \"1h\"\n";
    let told = mistakes_of(&format!("[accounts.cache]\nprovider = \"tncent\"\n{watch}"));
    assert!(told.contains("did you mean `tencent`?"), "{told}");
    assert!(told.contains("1 mistake in"), "{told}");
    let told = mistakes_of(watch);
    assert!(told.contains("add `[accounts.cache]`"), "{told}");
}

#[test]
fn tables_are_tables() {
    for (text, said) in [
        ("accounts = 3", "`accounts` is a table of accounts"),
        (
            "[accounts]\nshop = \"ucloud\"",
            "`[accounts.shop]` is a table",
        ),
        ("[udb]\nregion = \"cn-bj2\"", "`udb` is a list of tables"),
        ("udb = [3]", "`[[udb]]` is a table"),
        ("udb = [3, { }]", "[[udb]] lacks `zone`"),
    ] {
        let told = mistakes_of(text);
        assert!(told.contains(said), "{told}");
    }
}
