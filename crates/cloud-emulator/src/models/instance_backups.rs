//! Tencent Cloud Redis, `DescribeInstanceBackups`: which backups does an instance have?

use serde_json::{Map, Value};
use time::Duration;

use super::{Model, Scene, invalid};
use crate::call::Refusal;
use crate::data::{Collection, Entry, View};
use crate::parameters::{Parameters, scalar};

/// The code of an instance that is not there.
const NO_INSTANCE: &str = "ResourceNotFound.InstanceNotExists";

/// How far apart the ends of the time to look at may lie.
const LONGEST: Duration = Duration::days(30);

const ACTION: &str = "DescribeInstanceBackups";

const INSTANCES: Collection = Collection {
    service: "tencent-redis",
    name: "instances",
    action: ACTION,
    record: Some("RedisBackupSet"),
    keys: &[],
    id: "InstanceId",
};

const BACKUPS: Collection = Collection {
    name: "backups",
    id: "BackupId",
    ..INSTANCES
};

pub(super) const MODEL: Model = Model {
    service: INSTANCES.service,
    action: ACTION,
    collections: &[INSTANCES, BACKUPS],
    answer,
};

fn answer(scene: &Scene<'_>) -> Result<Map<String, Value>, Refusal> {
    let parameters = scene.parameters;
    let (begin, end) = period(parameters)?;
    let instances: Vec<&Entry> = scene
        .entries(&INSTANCES)
        .filter(|instance| is_asked_for(instance, parameters))
        .collect();
    if instances.is_empty() {
        return Err(scene.error(NO_INSTANCE));
    }
    let states = parameters.list("Status");
    // A backup may lie in another region than its instance.
    let of_instances = scene.data.list(&BACKUPS).iter().filter_map(|backup| {
        let id = backup.get("InstanceId")?;
        let instance = instances
            .iter()
            .find(|instance| instance.get("InstanceId") == Some(id))?;
        let mut view = backup.look(scene.elapsed);
        for name in ["InstanceName", "Region"] {
            view.fill(name, instance.get(name));
        }
        view.fill("Region", parameters.get("Region"));
        Some(view)
    });
    let matches = |backup: &View| {
        // Times of one form are in the order of their text.
        let started = backup.text("StartTime");
        begin.is_none_or(|begin| *started >= *begin)
            && end.is_none_or(|end| *started <= *end)
            && states.as_deref().is_none_or(|states| {
                backup
                    .get("Status")
                    .is_some_and(|state| states.contains(state))
            })
    };
    let mut backups: Vec<View> = of_instances.filter(matches).collect();
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.text("StartTime")));

    let total = backups.len();
    let page = scene.page(backups)?.into_iter();
    let page = page.map(|backup| Value::Object(backup.only(scene.names(BACKUPS.record))));
    Ok(Map::from_iter([
        ("TotalCount".to_owned(), total.into()),
        ("BackupSet".to_owned(), page.collect()),
    ]))
}

/// Whether an instance has the id, and the name or a part of it.
fn is_asked_for(instance: &Entry, parameters: &Parameters) -> bool {
    let id = parameters.get("InstanceId");
    let name = parameters.text("InstanceName");
    let own_name = || {
        instance
            .get("InstanceName")
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    id.is_none_or(|id| instance.get("InstanceId") == Some(id))
        && name.is_none_or(|name| own_name().contains(name))
}

/// The time to look at.
fn period(parameters: &Parameters) -> Result<(Option<&str>, Option<&str>), Refusal> {
    let (begin, end) = (parameters.text("BeginTime"), parameters.text("EndTime"));
    let time = |text: Option<&str>| text.and_then(scalar::date_time);
    if let (Some(begin), Some(end)) = (time(begin), time(end)) {
        if end < begin {
            return Err(invalid("EndTime", "must not be before `BeginTime`"));
        }
        if end - begin > LONGEST {
            return Err(invalid(
                "EndTime",
                "must be at most 30 days after `BeginTime`",
            ));
        }
    }
    Ok((begin, end))
}
