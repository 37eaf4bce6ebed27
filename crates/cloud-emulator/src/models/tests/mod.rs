//! The operations that answer from data, as their pages describe them.

mod backup_clients;
mod instance_backups;
mod udb_backup_state;
mod usnap_backup_range;

use serde_json::{Value, json};

use crate::call::{Answers, Refusal};
use crate::support::{after, call, check_answer, flat, json as as_json, tables, world, world_of};
use crate::world::World;

fn members(list: &Value, name: &str) -> Vec<Value> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|item| item[name].clone())
        .collect()
}

#[track_caller]
fn assert_fits(action: &str, answer: &Value) {
    let tables = tables();
    let call = call(&tables, action, flat(&[]));
    let (service, operation) = tables.find(&call).unwrap();
    assert_eq!(check_answer(service, operation, answer), Ok(()));
}
