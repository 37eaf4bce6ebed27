//! The one decoder: fills a record from any self-describing format, and from JSON without being generic at all.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{
    self, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::{Field, FromScalar, Path, RecordMut, Scalar, Slot, Step};

/// Fills a record from an object. What `Deserialize` of every generated type calls.
///
/// Unknown members are skipped, `null` and missing members leave their field as it is, and a value of the wrong type is an error
/// that names the place, such as `BackupSet[3].Status`.
pub fn deserialize<'de, D: Deserializer<'de>>(
    record: &mut dyn RecordMut,
    deserializer: D,
) -> Result<(), D::Error> {
    let mut context = Context::default();
    let visitor = RecordVisitor {
        record,
        context: &mut context,
    };
    deserializer
        .deserialize_any(visitor)
        .map_err(|error| match context.problem() {
            Some(problem) => D::Error::custom(problem),
            None => error,
        })
}

/// Reads one scalar. What `Deserialize` of every generated enum calls.
pub fn deserialize_scalar<'de, T: FromScalar, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value: Option<T> = None;
    let mut context = Context::default();
    SlotSeed {
        slot: Slot::Scalar(&mut value),
        context: &mut context,
    }
    .deserialize(deserializer)?;
    value.ok_or_else(|| D::Error::custom(format_args!("expected {}, found nothing", T::EXPECTS)))
}

/// What is known about an error on its way up.
#[derive(Debug, Default)]
pub(crate) struct Context {
    pub(crate) path: Path,
    wrong_type: Option<String>,
}

impl Context {
    /// The error in words, if it is about a value of the wrong type.
    pub(crate) fn problem(&self) -> Option<String> {
        let problem = self.wrong_type.as_ref()?;
        let path = self.path.to_string();
        Some(if path.is_empty() {
            problem.clone()
        } else {
            format!("{path}: {problem}")
        })
    }

    fn wrong_type<E: de::Error>(&mut self, expected: &str, found: &str) -> E {
        let problem = format!("expected {expected}, found {found}");
        let error = E::custom(&problem);
        self.wrong_type = Some(problem);
        error
    }
}

/// How serde_json hands out numbers as text when any crate of a build turns on its feature `arbitrary_precision`.
const BIG_NUMBER: &str = "$serde_json::private::Number";

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
    fn scalar<E: de::Error>(self, scalar: Scalar<'_>) -> Result<bool, E> {
        let Self { mut slot, context } = self;
        let stored = match &mut slot {
            Slot::Scalar(place) => place.put(scalar).then_some(true),
            // Some services write an absent list or object as empty text.
            Slot::Record(_) | Slot::List(_) => matches!(scalar, Scalar::Text("")).then_some(false),
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
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        match self.slot {
            Slot::Record(place) => {
                RecordVisitor {
                    record: place.begin(),
                    context: self.context,
                }
                .visit_map(map)?;
                Ok(true)
            }
            Slot::Scalar(_) if map.next_key::<Cow<'_, str>>()?.as_deref() == Some(BIG_NUMBER) => {
                let number: Cow<'_, str> = map.next_value()?;
                self.scalar(Scalar::Text(&number))
            }
            _ => Err(self.context.wrong_type(self.slot.expects(), "an object")),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        let Self { slot, context } = self;
        let Slot::List(list) = slot else {
            return Err(context.wrong_type(slot.expects(), "a list"));
        };
        let mut is_first = true;
        for index in 0.. {
            let mut step = Ok(None);
            let kept = list.push(is_first, &mut |slot| {
                step = items.next_element_seed(SlotSeed { slot, context });
                matches!(step, Ok(Some(true)))
            });
            is_first &= !kept;
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
}

/// Decodes the members of an object into a record.
struct RecordVisitor<'r, 'c> {
    record: &'r mut dyn RecordMut,
    context: &'c mut Context,
}

impl<'de> Visitor<'de> for RecordVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let fields = self.record.fields();
        let mut expected = 0;
        while let Some(found) = map.next_key_seed(KeySeed { fields, expected })? {
            match found {
                Some(found) => {
                    expected = found.index + 1;
                    found.fill(self.record, &mut map, self.context)?;
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A member of an object that is a field of the record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) index: usize,
    alias: Option<&'static &'static str>,
}

impl Found {
    /// Looks a name up, first where it stands when members come in the order of the table.
    #[inline]
    pub(crate) fn look_up(fields: &'static [Field], expected: usize, name: &str) -> Option<Self> {
        match fields.get(expected) {
            Some(field) if field.name == name => Some(Self {
                index: expected,
                alias: None,
            }),
            _ => Self::search(fields, name),
        }
    }

    fn search(fields: &'static [Field], name: &str) -> Option<Self> {
        if let Some(index) = fields.iter().position(|field| field.name == name) {
            return Some(Self { index, alias: None });
        }
        fields.iter().enumerate().find_map(|(index, field)| {
            let alias = field.aliases.iter().find(|alias| **alias == name);
            alias.map(|_| Self { index, alias })
        })
    }

    /// Decodes the value that follows. The value of an alias is skipped if the field has one already.
    #[inline]
    pub(crate) fn fill<'de, A: MapAccess<'de>>(
        self,
        record: &mut dyn RecordMut,
        map: &mut A,
        context: &mut Context,
    ) -> Result<(), A::Error> {
        if self.alias.is_some() && !record.value(self.index).is_empty() {
            return map.next_value::<IgnoredAny>().map(|_| ());
        }
        let seed = SlotSeed {
            slot: record.slot(self.index),
            context,
        };
        match map.next_value_seed(seed) {
            Ok(_) => Ok(()),
            Err(error) => {
                let canonical = record.fields().get(self.index).map(|field| field.name);
                let name = self.alias.copied().or(canonical).unwrap_or_default();
                context.path.push_outer(Step::Field(name));
                Err(error)
            }
        }
    }
}

/// Reads the name of a member without keeping it.
struct KeySeed {
    fields: &'static [Field],
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Option<Found>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Option<Found>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Found::look_up(self.fields, self.expected, name))
    }
}
