//! The project's emulator: what to watch in it, and the keys that it knows. Neither is a secret.

use cloud_core::Environment;

use crate::report::Outcome;

/// What is watched: something of every kind, so that the table shows what each looks like.
pub(crate) const CONFIG: &str = include_str!("demo.toml");

/// The environment variable that has the emulator's URL.
pub(crate) const URL_VARIABLE: &str = "CLOUD_EMULATOR_URL";

/// The environment that the providers' own tools would need to talk to the emulator there.
pub(crate) fn environment(url: &str) -> Environment {
    let variables = [
        ("UCLOUD_PUBLIC_KEY", "emulator-public-key"),
        ("UCLOUD_PRIVATE_KEY", "emulator-private-key"),
        ("UCLOUD_API_BASE_URL", url),
        ("TENCENTCLOUD_SECRET_ID", "AKIDemulator"),
        ("TENCENTCLOUD_SECRET_KEY", "emulator-secret-key"),
        ("TENCENTCLOUD_ENDPOINT", url),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIemulator"),
        (
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            "emulator-access-key-secret",
        ),
        ("ALIBABA_CLOUD_ENDPOINT", url),
    ];
    variables.into_iter().collect()
}

/// What to say at the end, so that nobody takes what is wrong on purpose for a fault.
pub(crate) fn farewell(outcome: Outcome) -> String {
    let code = outcome.exit_code();
    match outcome {
        Outcome::Wrong => format!(
            "Some things in the emulator are wrong on purpose. A cron job would see it by the exit code, {code}.\n"
        ),
        Outcome::Well | Outcome::Unknown => format!(
            "Some things in the emulator are wrong on purpose, and none was found: is it running? The exit code is {code}.\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::plan::plan;

    #[test]
    fn the_demo_can_be_asked() {
        let config = Config::read("demo.toml", CONFIG, false).unwrap();
        let checks = plan(&config, &environment("http://127.0.0.1:4080")).unwrap();
        let unaskable = |check: &&crate::checks::Check| {
            matches!(check.question, crate::checks::Question::Unaskable(_))
        };
        assert_eq!(
            checks.iter().find(unaskable).map(|check| &check.subject),
            None
        );
        let services = [
            config.udb.len(),
            config.usnap.len(),
            config.redis.len(),
            config.hbr.len(),
        ];
        assert!(services.iter().all(|watches| *watches > 0));
    }
}
