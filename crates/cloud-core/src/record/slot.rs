//! Filling: the place of a field, seen without its type.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{AsValue, FromScalar, RecordMut, Scalar};

/// The place of a field, borrowed from its record.
#[non_exhaustive]
pub enum Slot<'a> {
    /// No such field: whatever arrives is skipped.
    Unknown,
    /// Takes a scalar.
    Scalar(&'a mut dyn ScalarSlot),
    /// Takes an object.
    Record(&'a mut dyn RecordSlot),
    /// Takes a list.
    List(&'a mut dyn ListSlot),
    /// Takes an object whose names are data.
    Map(&'a mut dyn MapSlot),
    /// Takes JSON of any shape.
    Json(&'a mut Option<Json>),
}

impl Slot<'_> {
    /// What the place expects, for the message when it is something else.
    pub(crate) fn expects(&self) -> &'static str {
        match self {
            Slot::Unknown => "anything",
            Slot::Scalar(place) => place.expects(),
            Slot::Record(_) | Slot::Map(_) => "an object",
            Slot::List(_) => "a list",
            Slot::Json(_) => "JSON",
        }
    }
}

/// The place of a scalar.
pub trait ScalarSlot {
    /// What the place expects, for the message when it is something else.
    fn expects(&self) -> &'static str;

    /// Stores the scalar; false if it is of the wrong type.
    fn put(&mut self, scalar: Scalar<'_>) -> bool;
}

impl<T: FromScalar> ScalarSlot for Option<T> {
    fn expects(&self) -> &'static str {
        T::EXPECTS
    }

    #[inline]
    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        if T::EMPTY_IS_ABSENT && matches!(scalar, Scalar::Text("")) {
            return true;
        }
        match T::from_scalar(scalar) {
            Some(value) => {
                *self = Some(value);
                true
            }
            None => false,
        }
    }
}

/// The place of a nested record.
pub trait RecordSlot {
    /// Makes the place a record without values and lends it out to be filled.
    fn begin(&mut self) -> &mut dyn RecordMut;
}

impl<T: RecordMut + Default> RecordSlot for Option<T> {
    fn begin(&mut self) -> &mut dyn RecordMut {
        self.insert(T::default())
    }
}

/// The place of a list.
pub trait ListSlot {
    /// Makes the place a list, which may stay empty.
    fn begin(&mut self);

    /// Lends out the place of one more item, and keeps the item if `fill` says that it stored one. The first item of a list that
    /// arrives again replaces what came before; a list without items leaves it, as `null` does.
    ///
    /// Says whether an item was kept.
    fn push(&mut self, is_first: bool, fill: &mut dyn FnMut(Slot<'_>) -> bool) -> bool;

    /// What an item takes, in bytes, without what it owns elsewhere.
    fn item_size(&self) -> usize;
}

impl<T: Element> ListSlot for Option<Vec<T>> {
    fn begin(&mut self) {
        self.get_or_insert_default();
    }

    fn push(&mut self, is_first: bool, fill: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        ListSlot::push(self.get_or_insert_default(), is_first, fill)
    }

    #[inline]
    fn item_size(&self) -> usize {
        size_of::<T>()
    }
}

impl<T: Element> ListSlot for Vec<T> {
    fn begin(&mut self) {}

    fn push(&mut self, is_first: bool, fill: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        let mut item = None;
        if !fill(T::slot(&mut item)) {
            return false;
        }
        if is_first {
            self.clear();
        }
        self.extend(item);
        true
    }

    #[inline]
    fn item_size(&self) -> usize {
        size_of::<T>()
    }
}

/// The place of a map.
pub trait MapSlot {
    /// Makes the place a map, which may stay empty.
    fn begin(&mut self);

    /// Lends out the place of the value with this key, and keeps it if `fill` says that it stored one. The first entry of a map that
    /// arrives again replaces what came before; a map without entries leaves it, as `null` does. Of two values with the same key
    /// the last stays.
    ///
    /// Says whether a value was kept.
    fn insert(&mut self, key: &str, is_first: bool, fill: &mut dyn FnMut(Slot<'_>) -> bool)
    -> bool;

    /// What an entry takes, in bytes, without what it owns elsewhere.
    fn entry_size(&self) -> usize;
}

impl<T: Element> MapSlot for Option<BTreeMap<String, T>> {
    fn begin(&mut self) {
        self.get_or_insert_default();
    }

    fn insert(
        &mut self,
        key: &str,
        is_first: bool,
        fill: &mut dyn FnMut(Slot<'_>) -> bool,
    ) -> bool {
        MapSlot::insert(self.get_or_insert_default(), key, is_first, fill)
    }

    fn entry_size(&self) -> usize {
        size_of::<(String, T)>()
    }
}

impl<T: Element> MapSlot for BTreeMap<String, T> {
    fn begin(&mut self) {}

    fn insert(
        &mut self,
        key: &str,
        is_first: bool,
        fill: &mut dyn FnMut(Slot<'_>) -> bool,
    ) -> bool {
        let mut value = None;
        if !fill(T::slot(&mut value)) {
            return false;
        }
        if is_first {
            self.clear();
        }
        self.extend(value.map(|value| (key.to_owned(), value)));
        true
    }

    fn entry_size(&self) -> usize {
        size_of::<(String, T)>()
    }
}

/// A type that a field, an item of a list or a value of a map can have.
pub trait Element: AsValue + Sized {
    /// The place of a value of this type. What it holds counts once something was stored there.
    fn slot(item: &mut Option<Self>) -> Slot<'_>;
}

impl<T: RecordMut + Default> Element for T {
    fn slot(item: &mut Option<Self>) -> Slot<'_> {
        Slot::Record(item)
    }
}

impl Element for Json {
    fn slot(item: &mut Option<Self>) -> Slot<'_> {
        Slot::Json(item)
    }
}

impl<T: Element> Element for Vec<T> {
    fn slot(item: &mut Option<Self>) -> Slot<'_> {
        Slot::List(item)
    }
}

impl<T: Element> Element for BTreeMap<String, T> {
    fn slot(item: &mut Option<Self>) -> Slot<'_> {
        Slot::Map(item)
    }
}

macro_rules! scalar_elements {
    ($($type:ty),+) => {
        $(impl Element for $type {
            fn slot(item: &mut Option<Self>) -> Slot<'_> {
                Slot::Scalar(item)
            }
        })+
    };
}

scalar_elements!(String, bool, i32, i64, u64, f64, crate::Secret);

/// A type that a field of an answer can have: an optional value, a list, or a map.
pub trait AsSlot {
    /// The place of the field.
    fn slot(&mut self) -> Slot<'_>;
}

impl<T: Element> AsSlot for Option<T> {
    fn slot(&mut self) -> Slot<'_> {
        T::slot(self)
    }
}

impl<T: Element> AsSlot for Vec<T> {
    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Element> AsSlot for BTreeMap<String, T> {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
}

/// The place of a field, by a name that takes one word in generated code.
#[doc(hidden)]
#[inline]
pub fn slot(field: &mut impl AsSlot) -> Slot<'_> {
    field.slot()
}
