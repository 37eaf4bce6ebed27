//! Values nested without end that never were JSON text, so that no reader of text has stopped them.

use cloud_core::serde_core::de::value::Error;
use cloud_core::serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use cloud_core::serde_core::forward_to_deserialize_any;
use cloud_core::{Element as _, Json, Slot};

use crate::common::kinds::Kinds;
use crate::common::records::Place;

/// What an endless value is made of.
#[derive(Debug, Clone, Copy)]
enum Endless {
    Lists,
    Objects(&'static str),
    Options,
    /// Lists and objects in turn: `{"Rooms": [{"Rooms": [ … ]}]}`.
    Rooms {
        is_list: bool,
    },
}

impl Endless {
    fn inside(self) -> Self {
        match self {
            Self::Rooms { is_list } => Self::Rooms { is_list: !is_list },
            same => same,
        }
    }
}

impl<'de> Deserializer<'de> for Endless {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Lists | Self::Rooms { is_list: true } => visitor.visit_seq(self),
            Self::Objects(_) | Self::Rooms { is_list: false } => visitor.visit_map(self),
            Self::Options => visitor.visit_some(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> SeqAccess<'de> for Endless {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        seed.deserialize(self.inside()).map(Some)
    }
}

impl<'de> MapAccess<'de> for Endless {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let name = match self {
            Self::Objects(name) => name,
            _ => "Rooms",
        };
        seed.deserialize(IntoDeserializer::<Error>::into_deserializer(name))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.inside())
    }
}

/// A record whose one field gets the endless value.
struct Field(&'static str, Endless);

impl<'de> Deserializer<'de> for Field {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Field {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        seed.deserialize(IntoDeserializer::<Error>::into_deserializer(self.0))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.1)
    }
}

#[test]
fn nothing_goes_on_without_end() {
    for (name, endless) in [
        ("Config", Endless::Lists),
        ("Config", Endless::Objects("a")),
        ("Config", Endless::Options),
        ("Events", Endless::Lists),
        ("Attributes", Endless::Objects("a")),
        ("Vaults", Endless::Options),
        ("Labels", Endless::Options),
        ("Url", Endless::Options),
    ] {
        let error = Kinds::deserialize(Field(name, endless)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "nested more than 128 levels deep",
            "{name} {endless:?}"
        );
    }
    let error = Place::deserialize(Endless::Rooms { is_list: false }).unwrap_err();
    assert_eq!(error.to_string(), "nested more than 128 levels deep");
}

#[test]
fn a_tree_of_values_may_be_as_deep_as_json_and_no_deeper() {
    for (levels, is_read) in [(127, true), (128, true), (129, false), (1_000, false)] {
        let mut deep = Json::from(1);
        for _ in 0..levels {
            deep = Json::Array(vec![deep]);
        }
        let answer = serde_json::json!({"Config": deep});
        assert_eq!(
            serde_json::from_value::<Kinds>(answer).is_ok(),
            is_read,
            "{levels}"
        );
    }
}

#[test]
fn a_list_that_may_be_left_out_is_there_once_it_begins() {
    let mut item: Option<Vec<i64>> = None;
    assert!(matches!(Vec::slot(&mut item), Slot::List(_)));
    assert_eq!(item, None);
    if let Slot::List(place) = Vec::slot(&mut item) {
        place.begin();
    }
    assert_eq!(item, Some(vec![]));
}
