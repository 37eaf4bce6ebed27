//! `[[udb]]`, `[[usnap]]`, `[[redis]]`, `[[hbr]]`: what to watch, and what is still good.

use std::time::Duration;

use aliyun_hbr::describe_backup_clients::{ClientStatus, ClientType, ProtectionStatus};

use super::accounts::{Accounts, Provider};
use super::mistakes::Mistakes;
use super::reader::{Located, Section, id, list, one_of, text, time};
use crate::checks::hbr::Limits;

/// Where something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) account: String,
    pub(crate) region: String,
    /// Of UCloud alone, which needs one.
    pub(crate) zone: Option<String>,
    /// Of UCloud alone.
    pub(crate) project: Option<String>,
}

/// Backups of databases.
#[derive(Debug)]
pub(crate) struct UdbWatch {
    pub(crate) place: Place,
    pub(crate) backups: Vec<i64>,
    pub(crate) backup_zone: Option<String>,
    pub(crate) max_age: Option<Duration>,
}

/// Chains of the backups of disks.
#[derive(Debug)]
pub(crate) struct UsnapWatch {
    pub(crate) place: Place,
    pub(crate) disks: Vec<String>,
    pub(crate) min_reach: Option<Duration>,
}

/// Backups of Redis instances.
#[derive(Debug)]
pub(crate) struct RedisWatch {
    pub(crate) place: Place,
    pub(crate) instances: Vec<String>,
    pub(crate) max_age: Duration,
}

/// Backup clients.
#[derive(Debug)]
pub(crate) struct HbrWatch {
    pub(crate) place: Place,
    pub(crate) client_type: ClientType,
    /// All of the type if there are none.
    pub(crate) clients: Vec<String>,
    pub(crate) limits: Limits,
}

/// Reads all tables of one service.
pub(super) fn read<'a, T>(
    file: &Section<'a>,
    service: &str,
    accounts: &Accounts,
    read: impl Fn(&'a Located<'a>, &Accounts, &mut Mistakes) -> Option<T>,
    mistakes: &mut Mistakes,
) -> Vec<T> {
    let Some(value) = file.get(service) else {
        return Vec::new();
    };
    let Some(tables) = value.get_ref().as_array() else {
        let message = format!("`{service}` is a list of tables");
        let help = format!("write `[[{service}]]`, once for each place");
        mistakes.push(value.span(), message, help);
        return Vec::new();
    };
    let watches = tables.iter();
    watches
        .filter_map(|value| read(value, accounts, mistakes))
        .collect()
}

impl Place {
    fn read(
        section: &Section<'_>,
        accounts: &Accounts,
        provider: Provider,
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        let account = section.required(
            "account",
            |value, mistakes| accounts.name(value, provider, mistakes),
            mistakes,
        );
        let region = section.required("region", text, mistakes);
        let (zone, project) = match provider {
            Provider::Ucloud => (
                section.required("zone", text, mistakes).map(Some),
                section.optional("project", text, mistakes),
            ),
            Provider::Tencent | Provider::Aliyun => (Some(None), Some(None)),
        };
        Some(Self {
            account: account?,
            region: region?,
            zone: zone?,
            project: project?,
        })
    }
}

impl UdbWatch {
    pub(super) fn read<'a>(
        value: &'a Located<'a>,
        accounts: &Accounts,
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        const KEYS: [&str; 7] = [
            "account",
            "region",
            "zone",
            "project",
            "backups",
            "backup_zone",
            "max_age",
        ];
        let section = Section::open(value, "[[udb]]", &KEYS, mistakes)?;
        let place = Place::read(&section, accounts, Provider::Ucloud, mistakes);
        let backups = section.required("backups", |v, m| list(v, m, id), mistakes);
        let backup_zone = section.optional("backup_zone", text, mistakes);
        let max_age = section.optional("max_age", time, mistakes);
        Some(Self {
            place: place?,
            backups: backups?,
            backup_zone: backup_zone?,
            max_age: max_age?,
        })
    }
}

impl UsnapWatch {
    pub(super) fn read<'a>(
        value: &'a Located<'a>,
        accounts: &Accounts,
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        const KEYS: [&str; 6] = ["account", "region", "zone", "project", "disks", "min_reach"];
        let section = Section::open(value, "[[usnap]]", &KEYS, mistakes)?;
        let place = Place::read(&section, accounts, Provider::Ucloud, mistakes);
        let disks = section.required("disks", |v, m| list(v, m, text), mistakes);
        let min_reach = section.optional("min_reach", time, mistakes);
        Some(Self {
            place: place?,
            disks: disks?,
            min_reach: min_reach?,
        })
    }
}

impl RedisWatch {
    pub(super) fn read<'a>(
        value: &'a Located<'a>,
        accounts: &Accounts,
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        const KEYS: [&str; 4] = ["account", "region", "instances", "max_age"];
        let section = Section::open(value, "[[redis]]", &KEYS, mistakes)?;
        let place = Place::read(&section, accounts, Provider::Tencent, mistakes);
        let instances = section.required("instances", |v, m| list(v, m, text), mistakes);
        let max_age = section.required("max_age", time, mistakes);
        Some(Self {
            place: place?,
            instances: instances?,
            max_age: max_age?,
        })
    }
}

impl HbrWatch {
    pub(super) fn read<'a>(
        value: &'a Located<'a>,
        accounts: &Accounts,
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        const KEYS: [&str; 6] = [
            "account",
            "region",
            "client_type",
            "clients",
            "max_heartbeat_age",
            "bad_states",
        ];
        let section = Section::open(value, "[[hbr]]", &KEYS, mistakes)?;
        let place = Place::read(&section, accounts, Provider::Aliyun, mistakes);
        let types = words(ClientType::VALUES, ClientType::as_str);
        let client_type = section.required("client_type", |v, m| one_of(v, &types, m), mistakes);
        let clients = section.optional("clients", |v, m| list(v, m, text), mistakes);
        let max_heartbeat_age = section.required("max_heartbeat_age", time, mistakes);
        let states = [
            words(ClientStatus::VALUES, ClientStatus::as_str),
            words(ProtectionStatus::VALUES, ProtectionStatus::as_str),
        ]
        .concat();
        let state = |v: &Located<'_>, m: &mut Mistakes| one_of(v, &states, m);
        let bad_states = section.optional("bad_states", |v, m| list(v, m, state), mistakes);
        Some(Self {
            place: place?,
            client_type: ClientType::from(client_type?),
            clients: clients?.unwrap_or_default(),
            limits: Limits {
                max_heartbeat_age: max_heartbeat_age?,
                bad_states: bad_states?.unwrap_or_else(Limits::usual_bad_states),
            },
        })
    }
}

/// The words that are known for something; a client sends others too, but here they are rather misspelt.
fn words<T>(values: &'static [T], as_str: fn(&T) -> &str) -> Vec<&'static str> {
    values.iter().map(as_str).collect()
}
