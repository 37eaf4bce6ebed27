//! A value handed on from one record to another, in the type that it has there.

use super::{AsValue, Element, Scalar, Slot, Value};

/// The value of a field as a `T`: integers of another width, text as an enum, a list item by item. `None` if there is none, or if it
/// does not fit. What generated code makes requests to wait on with.
pub fn convert<T: Element>(field: &impl AsValue) -> Option<T> {
    let mut place = None;
    put(field.value(), T::slot(&mut place))
        .then_some(place)
        .flatten()
}

fn put(value: Value<'_>, slot: Slot<'_>) -> bool {
    match (value, slot) {
        (Value::List(list), Slot::List(place)) if !list.is_empty() => (0..list.len())
            .all(|index| place.push(index == 0, &mut |slot| put(list.get(index), slot))),
        (Value::Json(json), Slot::Json(place)) => {
            *place = Some(json.clone());
            true
        }
        (value, Slot::Scalar(place)) => scalar(value).is_some_and(|scalar| place.put(scalar)),
        _ => false,
    }
}

/// A value as a scalar, if it is one.
pub(crate) fn scalar(value: Value<'_>) -> Option<Scalar<'_>> {
    Some(match value {
        Value::Bool(value) => Scalar::Bool(value),
        Value::I64(value) => Scalar::I64(value),
        Value::U64(value) => Scalar::U64(value),
        Value::F64(value) => Scalar::F64(value),
        Value::Text(text) | Value::Secret(text) => Scalar::Text(text),
        _ => return None,
    })
}
