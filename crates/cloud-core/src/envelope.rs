//! What a provider says about a call beside the answer itself.
//!
//! The three providers wrap their answers differently, but each wrapping is a few named members at known levels. A [`Level`] is
//! that knowledge as data; [`read`] walks an answer once and fills the typed record and the [`Envelope`] at the same time.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::record::{
    Context, Found, FromScalar, RecordMut, Scalar, ScalarSlot, Slot, SlotSeed, Step,
};

/// What a member of the wrapping means.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    /// The provider's code of success or failure.
    Code,
    /// What went wrong, in the provider's words.
    Message,
    /// The id that the provider's support asks for.
    RequestId,
    /// Whether the call succeeded.
    Success,
    /// An object that belongs to the wrapping, or holds the answer.
    Inner(&'static Level),
}

/// The members of one object of the wrapping.
#[derive(Debug)]
pub(crate) struct Level {
    pub(crate) keys: &'static [(&'static str, Role)],
    pub(crate) part: Part,
}

/// What one object of the wrapping is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// It only holds other objects.
    Outside,
    /// It holds the answer: its other members are the answer's fields.
    Answer,
    /// It describes a failure.
    Error,
}

/// What was found in the wrapping.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) success: Option<bool>,
    /// The object that holds the answer was there.
    pub(crate) answer: bool,
    /// The object that describes a failure was there.
    pub(crate) error: bool,
}

impl Envelope {
    fn set(&mut self, role: Role, scalar: Scalar<'_>) {
        match role {
            Role::Code => self.code = Some(scalar.text().into_owned()),
            Role::Message => self.message = Some(scalar.text().into_owned()),
            Role::RequestId => self.request_id = Some(scalar.text().into_owned()),
            Role::Success => self.success = bool::from_scalar(scalar),
            Role::Inner(_) => {}
        }
    }
}

/// Where the fields of an answer go.
pub(crate) enum Target<'a> {
    /// Nowhere: only the wrapping is of interest.
    Nothing,
    /// Into a typed record.
    Record(&'a mut dyn RecordMut),
    /// Into a JSON object, for actions without a spec.
    Json(&'a mut Map<String, Json>),
}

/// Why an answer could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Nothing but white space.
    Empty,
    /// Not JSON, or JSON that is no object.
    NotJson(String),
    /// JSON that ends too early, and the place where it does.
    CutOff(String),
    /// A field of the wrong type, and its place.
    WrongType(String),
}

/// Reads an answer. What is found before a fault stays in `envelope` and `target`.
pub(crate) fn read(
    body: &[u8],
    level: &'static Level,
    target: Target<'_>,
    envelope: &mut Envelope,
) -> Result<(), Unreadable> {
    // Checking the encoding once is faster than once per string. `from_utf8_lossy` is slow even where nothing is lost; it is for
    // the rare bytes that are not UTF-8, which should not cost the whole answer.
    let text = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(body),
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut context = Context::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = LevelSeed {
        level,
        target,
        envelope,
        context: &mut context,
    };
    let outcome = seed.deserialize(&mut deserializer);
    let outcome = outcome.and_then(|()| deserializer.end());
    outcome.map_err(|error| {
        if let Some(problem) = context.problem() {
            return Unreadable::WrongType(problem);
        }
        let path = context.path.to_string();
        let place = if path.is_empty() {
            String::new()
        } else {
            format!("{path}: ")
        };
        match error.classify() {
            serde_json::error::Category::Eof => Unreadable::CutOff(format!("{place}{error}")),
            _ => Unreadable::NotJson(format!("{place}{error}")),
        }
    })
}

/// Reads one object of the wrapping.
struct LevelSeed<'a, 't> {
    level: &'static Level,
    target: Target<'t>,
    envelope: &'a mut Envelope,
    context: &'a mut Context,
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
        if let Target::Record(record) = &mut self.target {
            if let Some(found) = Found::look_up(record.fields(), *expected, name) {
                *expected = found.index + 1;
                tap.place = record.slot(found.index);
            }
            let seed = SlotSeed {
                slot: Slot::Scalar(&mut tap),
                context: self.context,
            };
            return map.next_value_seed(seed).map(|_| ());
        }
        // Without a field to fill, anything will do: what is no scalar says nothing.
        let value: Json = map.next_value()?;
        if let Some(scalar) = scalar_of(&value) {
            tap.put(scalar);
        }
        if let Target::Json(object) = &mut self.target
            && self.level.part == Part::Answer
        {
            object.insert(name.to_owned(), value);
        }
        Ok(())
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
                object.insert(name.to_owned(), map.next_value()?);
                return Ok(());
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
