//! One value into the place of a field.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{
    self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::members::RecordVisitor;
use super::{BIG_NUMBER, Context, json, map};
use crate::record::{ListSlot, Scalar, Slot, Step};

/// Decodes a value into the place of a field; says whether something was stored.
pub(crate) struct SlotSeed<'a, 'c> {
    pub(crate) slot: Slot<'a>,
    pub(crate) context: &'c mut Context,
}

impl<'de> DeserializeSeed<'de> for SlotSeed<'_, '_> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        match self.slot {
            Slot::Unknown => deserializer
                .deserialize_ignored_any(IgnoredAny)
                .map(|_| false),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl SlotSeed<'_, '_> {
    #[inline]
    pub(super) fn scalar<E: de::Error>(self, scalar: Scalar<'_>) -> Result<bool, E> {
        let Self { mut slot, context } = self;
        let stored = match &mut slot {
            Slot::Scalar(place) => place.put(scalar).then_some(true),
            // Some services write an absent list or object as empty text.
            Slot::Record(_) | Slot::List(_) | Slot::Map(_) => {
                matches!(scalar, Scalar::Text("")).then_some(false)
            }
            Slot::Json(place) => Some(json::store(place, json::of_scalar(scalar))),
            Slot::Unknown => Some(false),
        };
        stored.ok_or_else(|| context.wrong_type(slot.expects(), &scalar.describe()))
    }
}

impl<'de> Visitor<'de> for SlotSeed<'_, '_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.slot.expects())
    }

    #[inline]
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<bool, E> {
        self.scalar(Scalar::Bool(value))
    }

    #[inline]
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<bool, E> {
        self.scalar(Scalar::I64(value))
    }

    #[inline]
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<bool, E> {
        self.scalar(i64::try_from(value).map_or(Scalar::U64(value), Scalar::I64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<bool, E> {
        self.scalar(Scalar::F64(value))
    }

    #[inline]
    fn visit_str<E: de::Error>(self, value: &str) -> Result<bool, E> {
        self.scalar(Scalar::Text(value))
    }

    fn visit_unit<E: de::Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_none<E: de::Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        let Self { slot, context } = self;
        context.nested(|context| SlotSeed { slot, context }.deserialize(deserializer))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let Self { slot, context } = self;
        match slot {
            Slot::Record(place) => {
                let record = place.begin();
                context.nested(|context| RecordVisitor { record, context }.visit_map(map))?;
                Ok(true)
            }
            Slot::Map(place) => context.nested(|context| map::fill(place, map, context)),
            Slot::Json(place) => {
                let object = context.nested(|context| json::object(map, context))?;
                Ok(json::store(place, Some(object)))
            }
            Slot::Scalar(_) if map.next_key::<Cow<'_, str>>()?.as_deref() == Some(BIG_NUMBER) => {
                let number: Cow<'_, str> = map.next_value()?;
                SlotSeed { slot, context }.scalar(Scalar::Text(&number))
            }
            _ => Err(context.wrong_type(slot.expects(), "an object")),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<bool, A::Error> {
        let Self { slot, context } = self;
        match slot {
            Slot::List(list) => context.nested(|context| fill_list(list, items, context)),
            Slot::Json(place) => {
                let list = context.nested(|context| json::list(items, context))?;
                Ok(json::store(place, Some(list)))
            }
            _ => Err(context.wrong_type(slot.expects(), "a list")),
        }
    }
}

fn fill_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn ListSlot,
    mut items: A,
    context: &mut Context,
) -> Result<bool, A::Error> {
    let mut length = 0;
    list.begin();
    for index in 0.. {
        let mut step = Ok(None);
        let kept = list.push(length == 0, &mut |slot| {
            step = items.next_element_seed(SlotSeed { slot, context });
            matches!(step, Ok(Some(true)))
        });
        if kept {
            let spent = context.spend_item(list.item_size(), length);
            step = step.and_then(|item| spent.map(|()| item));
            length += 1;
        }
        match step {
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(error) => {
                context.path.push_outer(Step::Item(index));
                return Err(error);
            }
        }
    }
    Ok(true)
}
