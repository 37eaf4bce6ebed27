//! One walk over the objects of the wrapping, which fills the envelope and the answer.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{
    self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value as Json};

use super::{Envelope, Level, Part, Role, Target};
use crate::record::{
    BIG_NUMBER, Context, Found, JSON_ENTRY, Scalar, ScalarSlot, Slot, SlotSeed, Step,
};

/// Reads one object of the wrapping.
pub(super) struct LevelSeed<'a, 't> {
    pub(super) level: &'static Level,
    pub(super) target: Target<'t>,
    pub(super) envelope: &'a mut Envelope,
    pub(super) context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for LevelSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for LevelSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.no_object(&Scalar::Bool(value).describe())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.no_object(&Scalar::I64(value).describe())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.no_object(&Scalar::U64(value).describe())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.no_object(&Scalar::F64(value).describe())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        if value.is_empty() {
            return Ok(());
        }
        self.no_object(&Scalar::Text(value).describe())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.no_object("a list")?;
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.envelope.answer |= self.level.part == Part::Answer;
        self.envelope.error |= self.level.part == Part::Error;
        let mut expected = 0;
        while let Some(name) = map.next_key_seed(Name)? {
            match self.level.keys.iter().find(|(key, _)| *key == name) {
                Some((key, role)) => {
                    let outcome = match role {
                        Role::Inner(level) => self.inner(level, &mut map),
                        role => self.scalar(*role, &name, &mut expected, &mut map),
                    };
                    outcome.inspect_err(|_| self.context.path.push_outer(Step::Field(key)))?;
                }
                None => self.member(&name, &mut expected, &mut map)?,
            }
        }
        Ok(())
    }
}

impl LevelSeed<'_, '_> {
    /// Something else stands in the place of the object. Where an error is expected it is one.
    fn no_object<E: de::Error>(self, found: &str) -> Result<(), E> {
        self.envelope.error |= self.level.part == Part::Error;
        match self.target {
            Target::Nothing => Ok(()),
            _ => Err(self.context.wrong_type("an object", found)),
        }
    }

    fn inner<'de, A: MapAccess<'de>>(
        &mut self,
        level: &'static Level,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let target = match level.part {
            Part::Answer => std::mem::replace(&mut self.target, Target::Nothing),
            Part::Outside | Part::Error => Target::Nothing,
        };
        map.next_value_seed(LevelSeed {
            level,
            target,
            envelope: &mut *self.envelope,
            context: &mut *self.context,
        })
    }

    /// A member of the wrapping. The page may list it as a field of the answer too, so it goes to both.
    fn scalar<'de, A: MapAccess<'de>>(
        &mut self,
        role: Role,
        name: &str,
        expected: &mut usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let mut tap = Tap {
            role,
            envelope: self.envelope,
            place: Slot::Unknown,
        };
        match &mut self.target {
            Target::Record(record) => {
                if let Some(found) = Found::look_up(record.fields(), *expected, name) {
                    *expected = found.index + 1;
                    tap.place = record.slot(found.index);
                }
                let seed = SlotSeed {
                    slot: Slot::Scalar(&mut tap),
                    context: self.context,
                };
                map.next_value_seed(seed).map(|_| ())
            }
            Target::Json(object) if self.level.part == Part::Answer => {
                let value = json_member(name, object, map, self.context)?;
                if let Some(scalar) = scalar_of(value) {
                    tap.put(scalar);
                }
                Ok(())
            }
            _ => map.next_value_seed(Glance { tap }),
        }
    }

    /// A member that belongs to the answer.
    fn member<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        expected: &mut usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match &mut self.target {
            Target::Json(object) if self.level.part == Part::Answer => {
                return json_member(name, object, map, self.context).map(|_| ());
            }
            Target::Record(record) if self.level.part == Part::Answer => {
                if let Some(found) = Found::look_up(record.fields(), *expected, name) {
                    *expected = found.index + 1;
                    return found.fill(*record, map, self.context);
                }
            }
            _ => {}
        }
        map.next_value::<IgnoredAny>().map(|_| ())
    }
}

/// Notes a scalar of the wrapping on its way to its field.
struct Tap<'a> {
    role: Role,
    envelope: &'a mut Envelope,
    place: Slot<'a>,
}

impl ScalarSlot for Tap<'_> {
    fn expects(&self) -> &'static str {
        "text or a number"
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        self.envelope.set(self.role, scalar);
        match &mut self.place {
            Slot::Scalar(place) => place.put(scalar),
            _ => true,
        }
    }
}

/// Takes a scalar. Without a field to fill anything will do: what is no scalar says nothing.
struct Glance<'a> {
    tap: Tap<'a>,
}

impl Glance<'_> {
    fn put<E>(mut self, scalar: Scalar<'_>) -> Result<(), E> {
        self.tap.put(scalar);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Glance<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Glance<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.put(Scalar::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.put(Scalar::I64(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.put(Scalar::U64(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.put(Scalar::F64(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.put(Scalar::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut number = None;
        while let Some(name) = map.next_key_seed(Name)? {
            if name == BIG_NUMBER {
                number = Some(map.next_value::<Cow<'_, str>>()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match number {
            Some(number) => self.put(Scalar::Text(&number)),
            None => Ok(()),
        }
    }
}

/// Puts a member into a JSON object, and lends it out.
fn json_member<'de, 'o, A: MapAccess<'de>>(
    name: &str,
    object: &'o mut Map<String, Json>,
    map: &mut A,
    context: &mut Context,
) -> Result<&'o Json, A::Error> {
    context.spend_entry(JSON_ENTRY, object.len())?;
    let mut value = None;
    let seed = SlotSeed {
        slot: Slot::Json(&mut value),
        context,
    };
    let outcome = map.next_value_seed(seed);
    outcome.inspect_err(|_| context.path.push_outer(Step::Key(name.to_owned())))?;
    let place = object.entry(name).or_insert(Json::Null);
    *place = value.unwrap_or_default();
    Ok(place)
}

fn scalar_of(value: &Json) -> Option<Scalar<'_>> {
    match value {
        Json::Bool(value) => Some(Scalar::Bool(*value)),
        Json::Number(number) => number
            .as_i64()
            .map(Scalar::I64)
            .or_else(|| number.as_u64().map(Scalar::U64))
            .or_else(|| number.as_f64().map(Scalar::F64)),
        Json::String(text) => Some(Scalar::Text(text)),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Reads the name of a member, without a copy if it has no escapes.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}
