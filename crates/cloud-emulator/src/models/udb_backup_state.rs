//! UCloud UDB, `DescribeUDBInstanceBackupState`: is a backup done?

use serde_json::{Map, Value};

use super::{Model, Scene};
use crate::call::Refusal;
use crate::data::Collection;

/// The code of a backup that is not there.
const NO_BACKUP: &str = "7085";

const BACKUPS: Collection = Collection {
    service: "ucloud-udb",
    name: "backups",
    action: "DescribeUDBInstanceBackupState",
    record: None,
    keys: &["Region", "Zone", "ProjectId", "BackupId", "BackupZone"],
    id: "BackupId",
};

pub(super) const MODEL: Model = Model {
    service: BACKUPS.service,
    action: BACKUPS.action,
    collections: &[BACKUPS],
    answer,
};

fn answer(scene: &Scene<'_>) -> Result<Map<String, Value>, Refusal> {
    let id = scene.parameters.get("BackupId");
    let backup = scene
        .entries(&BACKUPS)
        .find(|backup| backup.get("BackupId") == id);
    let backup = backup.map(|backup| backup.look(scene.elapsed));
    match backup.filter(|backup| backup.is_as_asked("BackupZone", scene.parameters)) {
        Some(backup) => Ok(backup.only(scene.names(None))),
        None => Err(scene.error(NO_BACKUP)),
    }
}
