//! Alibaba Cloud Backup, `DescribeBackupClients`: which machines run a backup client, and are they protected?

use serde_json::{Map, Value, json};

use super::{Model, Scene, invalid};
use crate::call::Refusal;
use crate::data::{Collection, View};
use crate::parameters::Parameters;

/// The value of `CrossAccountType` that asks for another account's clients. Without it, they are those of the own one.
const CROSS_ACCOUNT: &str = "CROSS_ACCOUNT";

const CLIENTS: Collection = Collection {
    service: "aliyun-hbr",
    name: "clients",
    action: "DescribeBackupClients",
    record: Some("BackupClient"),
    keys: &[
        "Region",
        "ClusterId",
        "CrossAccountUserId",
        "CrossAccountRoleName",
    ],
    id: "ClientId",
};

pub(super) const MODEL: Model = Model {
    service: CLIENTS.service,
    action: CLIENTS.action,
    collections: &[CLIENTS],
    answer,
};

fn answer(scene: &Scene<'_>) -> Result<Map<String, Value>, Refusal> {
    let parameters = scene.parameters;
    let filters = filters(scene)?;
    let clients = scene
        .entries(&CLIENTS)
        .map(|client| client.look(scene.elapsed));
    let clients = clients.filter(|client| {
        ["ClientType", "ClusterId"]
            .into_iter()
            .all(|name| client.is_as_asked(name, parameters))
            && is_one_of(client, "ClientId", parameters.list("ClientIds").as_deref())
            && is_one_of(
                client,
                "InstanceId",
                parameters.list("InstanceIds").as_deref(),
            )
            && is_of_the_account(client, parameters)
            && has_tags(client, &parameters.list("Tag").unwrap_or_default())
            && filters
                .iter()
                .all(|(name, values)| values.contains(&client.text(name)))
    });
    let clients: Vec<View> = clients.collect();

    let total = clients.len();
    let page = scene.page(clients)?.into_iter();
    let page = page.map(|client| Value::Object(client.only(scene.names(CLIENTS.record))));
    let page: Vec<Value> = page.collect();
    let number = |name: &str, default: i64| parameters.integer(name).unwrap_or(default);
    let answer = json!({
        "PageNumber": number("PageNumber", 1),
        "PageSize": number("PageSize", 10),
        "TotalCount": total,
        "Clients": page,
    });
    match answer {
        Value::Object(members) => Ok(members),
        _ => Ok(Map::new()),
    }
}

fn is_one_of(client: &View, name: &str, asked: Option<&[Value]>) -> bool {
    asked.is_none_or(|asked| client.get(name).is_some_and(|own| asked.contains(own)))
}

fn is_of_the_account(client: &View, parameters: &Parameters) -> bool {
    if parameters.text("CrossAccountType") != Some(CROSS_ACCOUNT) {
        return client.get("CrossAccountUserId").is_none();
    }
    let names = ["CrossAccountUserId", "CrossAccountRoleName"];
    client.get("CrossAccountUserId").is_some()
        && names
            .into_iter()
            .all(|name| client.is_as_asked(name, parameters))
}

/// Whether a client has every tag that is asked for; one that has a key alone matches every value.
fn has_tags(client: &View, asked: &[Value]) -> bool {
    let own = client
        .get("Tags")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    asked.iter().all(|asked| {
        own.iter().any(|own| {
            let is = |part: &str| {
                asked
                    .get(part)
                    .is_none_or(|asked| own.get(part) == Some(asked))
            };
            is("Key") && is("Value")
        })
    })
}

/// The conditions in `Filters`: members of a client, and the values of which each has one.
fn filters(scene: &Scene<'_>) -> Result<Vec<(String, Vec<String>)>, Refusal> {
    let filters = scene.parameters.list("Filters").unwrap_or_default();
    let read = filters.iter().enumerate().map(|(index, filter)| {
        let key = filter
            .get("Key")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !scene.names(CLIENTS.record).any(|name| name == key) {
            return Err(invalid(
                format!("Filters.{}.Key", index + 1),
                "is no property of a client",
            ));
        }
        let values = filter
            .get("Values")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let values = values.filter_map(Value::as_str).map(str::to_owned);
        Ok((key.to_owned(), values.collect()))
    });
    read.collect()
}
