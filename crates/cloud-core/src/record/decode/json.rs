//! JSON of any shape, for fields that a provider does not describe. It is read with the same steps as everything else, so that its
//! depth counts and an error in it has a place.

use serde_core::de::{MapAccess, SeqAccess};
use serde_json::{Map, Number, Value as Json};

use super::{BIG_NUMBER, Context, SlotSeed};
use crate::record::{Scalar, Slot, Step};

/// What a member of an object takes.
pub(crate) const ENTRY: usize = size_of::<String>() + size_of::<Json>();

/// Stores a value; says whether there was one.
pub(super) fn store(place: &mut Option<Json>, value: Option<Json>) -> bool {
    let is_there = value.is_some();
    if is_there {
        *place = value;
    }
    is_there
}

/// A scalar as JSON. Only other formats have numbers that JSON lacks, which are nothing there.
pub(super) fn of_scalar(scalar: Scalar<'_>) -> Option<Json> {
    Some(match scalar {
        Scalar::Bool(value) => Json::Bool(value),
        Scalar::I64(value) => Json::from(value),
        Scalar::U64(value) => Json::from(value),
        Scalar::F64(value) => Json::Number(Number::from_f64(value)?),
        Scalar::Text(text) => Json::from(text),
    })
}

pub(super) fn list<'de, A: SeqAccess<'de>>(
    mut items: A,
    context: &mut Context,
) -> Result<Json, A::Error> {
    let mut list = Vec::new();
    loop {
        let mut item = None;
        let seed = SlotSeed {
            slot: Slot::Json(&mut item),
            context,
        };
        match items.next_element_seed(seed) {
            Ok(Some(_)) => {
                context.spend_item(size_of::<Json>(), list.len())?;
                list.push(item.unwrap_or_default());
            }
            Ok(None) => return Ok(Json::Array(list)),
            Err(error) => {
                context.path.push_outer(Step::Item(list.len()));
                return Err(error);
            }
        }
    }
}

pub(super) fn object<'de, A: MapAccess<'de>>(
    mut members: A,
    context: &mut Context,
) -> Result<Json, A::Error> {
    let mut object = Map::new();
    while let Some(key) = members.next_key::<String>()? {
        context.spend_entry(ENTRY, object.len())?;
        let mut value = None;
        let seed = SlotSeed {
            slot: Slot::Json(&mut value),
            context,
        };
        match members.next_value_seed(seed) {
            Ok(_) => object.insert(key, value.unwrap_or_default()),
            Err(error) => {
                context.path.push_outer(Step::Key(key));
                return Err(error);
            }
        };
    }
    Ok(big_number(&object).unwrap_or(Json::Object(object)))
}

/// The number that looks like an object.
fn big_number(object: &Map<String, Json>) -> Option<Json> {
    match object.get(BIG_NUMBER) {
        Some(Json::String(number)) if object.len() == 1 => number.parse().ok().map(Json::Number),
        _ => None,
    }
}
