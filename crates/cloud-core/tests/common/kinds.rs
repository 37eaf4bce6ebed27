//! A record with every kind of field that is not as simple as those of [`records`](super::records), and with those nested in it.

use std::collections::BTreeMap;

use cloud_core::{
    DownloadUrl, Json, LocalDate, LocalDateTime, LocalTime, LocalTimeRange, Text, UnixMillis,
    UnixSeconds,
};

use super::records::{Answer, Backup, Place, Status};

/// An answer with maps, JSON, wrapped lists, lists of lists, and everything that text can carry.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kinds {
    pub(crate) request_id: Option<String>,
    pub(crate) simple: Option<Answer>,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) infos: BTreeMap<String, Backup>,
    pub(crate) counts: BTreeMap<String, Vec<i64>>,
    pub(crate) ratios: BTreeMap<String, BTreeMap<String, f64>>,
    pub(crate) shards: Vec<BTreeMap<String, Vec<Status>>>,
    pub(crate) grid: Vec<Vec<i64>>,
    pub(crate) config: Option<Json>,
    pub(crate) events: Vec<Json>,
    pub(crate) attributes: BTreeMap<String, Json>,
    pub(crate) vaults: Vec<Vault>,
    pub(crate) port: Option<Text<i64>>,
    pub(crate) size: Option<Text<u64>>,
    pub(crate) rate: Option<Text<f64>>,
    pub(crate) enabled: Option<Text<bool>>,
    pub(crate) policy: Option<Text<Json>>,
    pub(crate) outer: Option<Text<Outer>>,
    pub(crate) key: Option<Text<Vec<u8>>>,
    pub(crate) started: Option<Text<UnixSeconds>>,
    pub(crate) ended: Option<Text<UnixMillis>>,
    pub(crate) times: Vec<Text<LocalDateTime>>,
    pub(crate) days: BTreeMap<String, Text<LocalDate>>,
    pub(crate) hour: Option<Text<LocalTime>>,
    pub(crate) window: Option<Text<LocalTimeRange>>,
    pub(crate) created: Option<UnixSeconds>,
    pub(crate) updated: Option<UnixMillis>,
    pub(crate) url: Option<DownloadUrl>,
    pub(crate) urls: Vec<DownloadUrl>,
}

cloud_core::record! {
    Kinds {
        "RequestId" => request_id,
        "Simple" => simple,
        "Labels" | "Marks" => labels,
        "InstanceInfos" => infos,
        "Counts" => counts,
        "Ratios" => ratios,
        "Shards" => shards,
        "Grid" => grid,
        "Config" => config,
        "Events" => events,
        "Attributes" => attributes,
        "Vaults" / "Vault" | "VaultList" => vaults,
        "Port" => port,
        "Size" => size,
        "Rate" => rate,
        "Enabled" => enabled,
        "Policy" => policy,
        "Outer" => outer,
        "Key" => key,
        "Started" => started,
        "Ended" => ended,
        "Times" => times,
        "Days" => days,
        "Hour" => hour,
        "Window" => window,
        "Created" => created,
        "Updated" => updated,
        "Url" => url,
        "Urls" => urls,
    }
}

impl Kinds {
    /// Reads everything that text carries, and shows everything: nothing of it may panic.
    pub(crate) fn read_all(&self) {
        let numbers = (
            self.port.as_ref().and_then(Text::get),
            self.size.as_ref().and_then(Text::get),
            self.rate.as_ref().and_then(Text::get),
            self.enabled.as_ref().and_then(Text::get),
        );
        let json = (
            self.policy.as_ref().and_then(Text::get),
            self.key.as_ref().and_then(Text::get),
            self.outer.as_ref().and_then(Text::get),
        );
        let inner = json
            .2
            .as_ref()
            .and_then(|outer| outer.inner.as_ref()?.get());
        let times = (
            self.started.as_ref().and_then(Text::get),
            self.ended.as_ref().and_then(Text::get),
            self.hour.as_ref().and_then(Text::get),
            self.window.as_ref().and_then(Text::get),
        );
        let moments = self
            .times
            .iter()
            .filter_map(Text::get)
            .map(|time| time.at_offset(i32::MIN));
        let days = self.days.values().filter_map(Text::get);
        drop(format!("{self:?} {numbers:?} {json:?} {inner:?} {times:?}"));
        for moment in moments.chain(self.created) {
            drop((
                moment.to_string(),
                moment.to_local(i32::MAX),
                moment.to_system_time(),
            ));
        }
        for shown in days.map(|day| day.to_string()) {
            drop(shown);
        }
        if let Some(moment) = self.updated {
            drop((moment.to_string(), moment.to_system_time()));
        }
    }
}

/// One of a wrapped list, which holds another.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vault {
    pub(crate) id: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) place: Option<Place>,
}

cloud_core::record! {
    Vault {
        "VaultId" => id,
        "Status" => status,
        "Tags" / "Tag" => tags,
        "Place" => place,
    }
}

/// One of a wrapped list in a wrapped list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tag {
    pub(crate) key: Option<String>,
    pub(crate) value: Option<String>,
}

cloud_core::record! {
    Tag {
        "Key" => key,
        "Value" => value,
    }
}

/// What stands as JSON in text, and holds more of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outer {
    pub(crate) name: Option<String>,
    pub(crate) inner: Option<Text<Json>>,
    pub(crate) backup: Option<Text<Backup>>,
}

cloud_core::record! {
    Outer {
        "Name" => name,
        "Inner" => inner,
        "Backup" => backup,
    }
}
