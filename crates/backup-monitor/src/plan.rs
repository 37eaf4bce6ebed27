//! From the configuration to what is asked: one check for each thing that is watched, one client for each account and region.

use aliyun_hbr::{DescribeBackupClients, Hbr};
use cloud_core::{Environment, Error};
use tencent_redis::{DescribeInstanceBackups, Redis};
use ucloud_udb::{DescribeUdbInstanceBackupState, Udb};
use ucloud_usnap::{DescribeUsnapBackupRange, Usnap};

use crate::checks::{Check, Question, hbr, redis, udb, usnap};
use crate::clients::{Clients, Factory};
use crate::config::{Config, HbrWatch, Place, RedisWatch, UdbWatch, UsnapWatch};
use crate::row::{Service, Subject};

/// What to ask, in the order of the table.
///
/// An account that can't be used, such as one without keys, keeps no other from being asked: its checks say what is wrong.
///
/// # Errors
///
/// Requests can't be sent at all.
pub(crate) fn plan(config: &Config, environment: &Environment) -> Result<Vec<Check>, Error> {
    let factory = Factory::new(config, environment)?;
    let mut checks = Vec::new();
    let mut clients = Clients::<Udb>::new(&factory);
    for watch in &config.udb {
        of_udb(watch, &mut clients, &mut checks);
    }
    let mut clients = Clients::<Usnap>::new(&factory);
    for watch in &config.usnap {
        of_usnap(watch, &mut clients, &mut checks);
    }
    let mut clients = Clients::<Redis>::new(&factory);
    for watch in &config.redis {
        of_redis(watch, &mut clients, &mut checks);
    }
    let mut clients = Clients::<Hbr>::new(&factory);
    for watch in &config.hbr {
        of_hbr(watch, &mut clients, &mut checks);
    }
    Ok(checks)
}

fn of_udb(watch: &UdbWatch, clients: &mut Clients<'_, Udb>, checks: &mut Vec<Check>) {
    let place = &watch.place;
    for backup in &watch.backups {
        let question = |client| {
            let mut request = DescribeUdbInstanceBackupState::new(*backup);
            request.zone.clone_from(&place.zone);
            request.project_id.clone_from(&place.project);
            request.backup_zone.clone_from(&watch.backup_zone);
            let max_age = watch.max_age;
            Question::Udb(udb::Question {
                client,
                request,
                max_age,
            })
        };
        let subject = subject(Service::Udb, place, &backup.to_string());
        checks.push(clients.check(subject, question));
    }
}

fn of_usnap(watch: &UsnapWatch, clients: &mut Clients<'_, Usnap>, checks: &mut Vec<Check>) {
    let place = &watch.place;
    for disk in &watch.disks {
        let question = |client| {
            let mut request = DescribeUsnapBackupRange::new(disk);
            request.zone.clone_from(&place.zone);
            request.project_id.clone_from(&place.project);
            let min_reach = watch.min_reach;
            Question::Usnap(usnap::Question {
                client,
                request,
                min_reach,
            })
        };
        let subject = subject(Service::Usnap, place, disk);
        checks.push(clients.check(subject, question));
    }
}

fn of_redis(watch: &RedisWatch, clients: &mut Clients<'_, Redis>, checks: &mut Vec<Check>) {
    for instance in &watch.instances {
        let question = |client| {
            let request = DescribeInstanceBackups::new(instance);
            let max_age = watch.max_age;
            Question::Redis(redis::Question {
                client,
                request,
                max_age,
            })
        };
        let subject = subject(Service::Redis, &watch.place, instance);
        checks.push(clients.check(subject, question));
    }
}

fn of_hbr(watch: &HbrWatch, clients: &mut Clients<'_, Hbr>, checks: &mut Vec<Check>) {
    let question = |client| {
        Question::Hbr(hbr::Question {
            client,
            request: DescribeBackupClients::new(watch.client_type.clone()),
            ids: watch.clients.clone(),
            limits: watch.limits.clone(),
        })
    };
    let subject = subject(Service::Hbr, &watch.place, watch.client_type.as_str());
    checks.push(clients.check(subject, question));
}

fn subject(service: Service, place: &Place, id: &str) -> Subject {
    Subject {
        service,
        account: place.account.clone(),
        region: place.region.clone(),
        zone: place.zone.clone(),
        id: id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{block_on, context};
    use crate::row::{Row, Verdict};

    const CONFIG: &str = r#"
        [accounts.usual]
        provider = "ucloud"
        endpoint = "http://127.0.0.1:1"

        [accounts.named]
        provider = "ucloud"
        keys = { id = "SHOP_ID", secret = "SHOP_SECRET" }
        endpoint = "http://127.0.0.1:1"

        [[udb]]
        account = "usual"
        region = "cn-bj2"
        zone = "cn-bj2-02"
        project = "org-1"
        backups = [8880, 8881]

        [[udb]]
        account = "named"
        region = "hk"
        zone = "hk-02"
        backups = [8885]
    "#;

    fn planned(variables: &[(&str, &str)]) -> Vec<Check> {
        let config = Config::read("test.toml", CONFIG, false).unwrap();
        let environment: Environment = variables.iter().copied().collect();
        plan(&config, &environment).unwrap()
    }

    fn asked(check: &Check) -> Row {
        block_on(check.ask(&context(false))).remove(0)
    }

    /// The form that a check would send.
    fn form(check: &Check) -> String {
        let Question::Udb(question) = &check.question else {
            panic!("no question about UDB");
        };
        let request = block_on(question.client.prepare(&question.request)).unwrap();
        String::from_utf8(request.body().to_vec()).unwrap()
    }

    #[test]
    fn requests_have_the_place_and_the_key_of_their_account() {
        let checks = planned(&[
            ("UCLOUD_PUBLIC_KEY", "usual-id"),
            ("UCLOUD_PRIVATE_KEY", "usual-secret"),
            ("UCLOUD_PROJECT_ID", "org-of-the-usual"),
            ("SHOP_ID", "shop-id"),
            ("SHOP_SECRET", "shop-secret"),
        ]);
        let ids: Vec<&str> = checks.iter().map(|check| &*check.subject.id).collect();
        assert_eq!(ids, ["8880", "8881", "8885"]);
        let usual = form(&checks[1]);
        for part in [
            "PublicKey=usual-id",
            "BackupId=8881",
            "Region=cn-bj2",
            "Zone=cn-bj2-02",
            "ProjectId=org-1",
        ] {
            assert!(usual.contains(part), "{usual}");
        }
        let named = form(&checks[2]);
        assert!(
            named.contains("PublicKey=shop-id") && named.contains("Zone=hk-02"),
            "{named}"
        );
        assert!(!named.contains("ProjectId"), "{named}");
    }

    #[test]
    fn an_account_without_keys_is_a_row_and_ends_no_other() {
        let checks = planned(&[
            ("UCLOUD_PUBLIC_KEY", "id"),
            ("UCLOUD_PRIVATE_KEY", "secret"),
        ]);
        let row = asked(&checks[2]);
        assert_eq!(row.verdict, Verdict::Unknown);
        assert_eq!(row.detail, "the environment variable SHOP_ID is not set");
        assert!(form(&checks[0]).contains("PublicKey=id"));
        let row = asked(&planned(&[])[0]);
        assert_eq!(row.verdict, Verdict::Unknown);
        assert!(
            row.detail
                .contains("UCLOUD_PUBLIC_KEY and UCLOUD_PRIVATE_KEY"),
            "{}",
            row.detail
        );
    }
}
