//! Text that carries something else: a number, a time, JSON.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    AsValue, Element, Flag, FromScalar, FromText, Scalar, Slot, TextFormat, Value,
    deserialize_scalar,
};

/// Text as the provider writes it, which carries a `T`.
///
/// The text is kept as it came, so that one that carries nothing, or in a spelling of its own, costs no answer and is sent back
/// unchanged. [`get`](Self::get) reads it.
///
/// ```
/// # use cloud_core::{LocalDate, Text};
/// let day: Text<LocalDate> = "2024-03-01".into();
/// assert_eq!(day.get().map(LocalDate::month), Some(3));
/// let never = Text::<LocalDate>::from("0000-00-00");
/// assert_eq!((never.get(), never.as_str()), (None, "0000-00-00"));
/// ```
///
/// A record, a list or a map is carried as JSON, and may be given item by item:
///
/// ```
/// # use cloud_core::Text;
/// let ids: Text<Vec<String>> = ["a", "b"].into();
/// assert_eq!(ids.as_str(), r#"["a","b"]"#);
/// assert_eq!(ids.get().map(|ids| ids.len()), Some(2));
/// ```
pub struct Text<T> {
    wire: String,
    carries: PhantomData<fn() -> T>,
}

impl<T> Text<T> {
    /// The text as it stands on the wire.
    pub fn from_wire(text: impl Into<String>) -> Self {
        Self {
            wire: text.into(),
            carries: PhantomData,
        }
    }

    /// The text as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.wire
    }

    /// The text as it stands on the wire.
    pub fn into_string(self) -> String {
        self.wire
    }
}

impl<T: FromText> Text<T> {
    /// What the text carries; `None` if it does not carry a `T`. Every call reads the text again.
    pub fn get(&self) -> Option<T> {
        T::parse(&self.wire)
    }
}

impl<T: TextFormat> From<T> for Text<T> {
    fn from(value: T) -> Self {
        Self::from_wire(value.format())
    }
}

impl<T: AsValue, U: Into<T>, const N: usize> From<[U; N]> for Text<Vec<T>> {
    fn from(items: [U; N]) -> Self {
        Vec::from(items.map(Into::into)).into()
    }
}

impl<T: AsValue, U: Clone + Into<T>> From<&[U]> for Text<Vec<T>> {
    fn from(items: &[U]) -> Self {
        let items: Vec<T> = items.iter().cloned().map(Into::into).collect();
        items.into()
    }
}

impl<T: AsValue, U: Clone + Into<T>> From<&Vec<U>> for Text<Vec<T>> {
    fn from(items: &Vec<U>) -> Self {
        items.as_slice().into()
    }
}

impl<T: AsValue, K: Into<String>, U: Into<T>, const N: usize> From<[(K, U); N]>
    for Text<BTreeMap<String, T>>
{
    fn from(entries: [(K, U); N]) -> Self {
        let entries = entries.map(|(key, value)| (key.into(), value.into()));
        BTreeMap::from(entries).into()
    }
}

impl From<bool> for Text<Flag> {
    fn from(value: bool) -> Self {
        Flag(value).into()
    }
}

impl<T> From<&str> for Text<T> {
    fn from(text: &str) -> Self {
        Self::from_wire(text)
    }
}

impl<T> From<String> for Text<T> {
    fn from(text: String) -> Self {
        Self::from_wire(text)
    }
}

impl<T> fmt::Display for Text<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.wire)
    }
}

impl<T> fmt::Debug for Text<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.wire, formatter)
    }
}

// Derived, these would ask the same of `T`, which is not there.
impl<T> Clone for Text<T> {
    fn clone(&self) -> Self {
        Self::from_wire(self.wire.clone())
    }
}

impl<T> PartialEq for Text<T> {
    fn eq(&self, other: &Self) -> bool {
        self.wire == other.wire
    }
}

impl<T> Eq for Text<T> {}

impl<T> Hash for Text<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.wire.hash(state);
    }
}

impl<T> AsValue for Text<T> {
    fn value(&self) -> Value<'_> {
        Value::Text(&self.wire)
    }
}

impl<T: TextFormat> FromScalar for Text<T> {
    const EXPECTS: &'static str = T::EXPECTS;

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        String::from_scalar(scalar).map(Self::from_wire)
    }
}

impl<T: TextFormat> Element for Text<T> {
    fn slot(item: &mut Option<Self>) -> Slot<'_> {
        Slot::Scalar(item)
    }
}

impl<T> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.wire)
    }
}

impl<'de, T: TextFormat> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer)
    }
}
