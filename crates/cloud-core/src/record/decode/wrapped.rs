//! Lists that a provider puts inside an object: `"Vaults": {"Vault": […]}`.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{
    self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::SlotSeed;
use crate::record::{Scalar, Slot, Step};

/// Decodes a list from the member of an object, or as it is where the object is left out.
pub(super) struct WrappedSeed<'a, 'c> {
    pub(super) member: &'static str,
    pub(super) seed: SlotSeed<'a, 'c>,
}

impl<'de> DeserializeSeed<'de> for WrappedSeed<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for WrappedSeed<'_, '_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object with a list `{}`", self.member)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<bool, E> {
        self.seed.scalar(Scalar::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<bool, E> {
        self.seed.scalar(Scalar::I64(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<bool, E> {
        self.seed.visit_u64(value)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<bool, E> {
        self.seed.scalar(Scalar::F64(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<bool, E> {
        self.seed.scalar(Scalar::Text(value))
    }

    fn visit_unit<E: de::Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_none<E: de::Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        let Self { member, seed } = self;
        let SlotSeed { slot, context } = seed;
        context.nested(|context| {
            let seed = SlotSeed { slot, context };
            WrappedSeed { member, seed }.deserialize(deserializer)
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<bool, A::Error> {
        self.seed.visit_seq(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let SlotSeed { slot, context } = self.seed;
        let Slot::List(list) = slot else {
            return Err(context.wrong_type(slot.expects(), "an object"));
        };
        context.nested(|context| {
            while let Some(name) = map.next_key::<Cow<'_, str>>()? {
                if name != self.member {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
                let slot = Slot::List(&mut *list);
                map.next_value_seed(SlotSeed { slot, context })
                    .inspect_err(|_| context.path.push_outer(Step::Field(self.member)))?;
            }
            Ok(true)
        })
    }
}
