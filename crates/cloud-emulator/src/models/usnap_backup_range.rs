//! UCloud USnap, `DescribeUSnapBackupRange`: how far back can a disk go?

use serde_json::{Map, Value};

use super::{Model, Scene, invalid};
use crate::call::Refusal;
use crate::data::Collection;

const DISKS: Collection = Collection {
    service: "ucloud-usnap",
    name: "disks",
    action: "DescribeUSnapBackupRange",
    record: None,
    keys: &["Region", "Zone", "ProjectId", "VDiskId"],
    id: "VDiskId",
};

pub(super) const MODEL: Model = Model {
    service: DISKS.service,
    action: DISKS.action,
    collections: &[DISKS],
    answer,
};

fn answer(scene: &Scene<'_>) -> Result<Map<String, Value>, Refusal> {
    let id = scene.parameters.get("VDiskId");
    let disk = scene.entries(&DISKS).find(|disk| disk.get("VDiskId") == id);
    match disk {
        Some(disk) => Ok(disk.look(scene.elapsed).only(scene.names(None))),
        // The service publishes no codes of its own, so it is the parameter that is wrong.
        None => Err(invalid("VDiskId", "is the id of no disk")),
    }
}
