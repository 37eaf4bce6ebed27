//! Lists that a provider puts inside an object.

use serde_json::json;

use crate::common::kinds::{Kinds, Tag, Vault};
use crate::{kinds, kinds_refused, stored_kind};

const VAULTS: &str = r#"{"Vault":[
    {"VaultId":"v-1","Tags":{"Tag":[{"Key":"a","Value":"1"},{"Key":"b"}]}},
    {"VaultId":"v-2","Tags":{"Tag":[]}}]}"#;

fn ids(members: &str) -> Vec<String> {
    let vaults = kinds(members).vaults.into_iter();
    vaults.filter_map(|vault| vault.id).collect()
}

#[test]
fn a_wrapped_list_is_a_list() {
    let answer = kinds(&format!(r#""Vaults":{VAULTS}"#));
    let tag = |key: &str, value: Option<&str>| Tag {
        key: Some(key.into()),
        value: value.map(str::to_owned),
    };
    let vault = |id: &str, tags: Vec<Tag>| Vault {
        id: Some(id.into()),
        tags,
        ..Vault::default()
    };
    assert_eq!(
        answer.vaults,
        [
            vault("v-1", vec![tag("a", Some("1")), tag("b", None)]),
            vault("v-2", vec![])
        ]
    );
}

#[test]
fn it_is_stored_as_the_provider_writes_it() {
    assert_eq!(
        stored_kind(&format!(r#""Vaults":{VAULTS}"#), "Vaults"),
        json!({"Vault": [
            {"VaultId": "v-1", "Tags": {"Tag": [{"Key": "a", "Value": "1"}, {"Key": "b"}]}},
            {"VaultId": "v-2", "Tags": {"Tag": []}},
        ]})
    );
    assert_eq!(stored_kind("", "Vaults"), json!({"Vault": []}));
}

#[test]
fn without_the_object_it_is_read_as_well() {
    let bare =
        r#"[{"VaultId":"v-1","Tags":[{"Key":"a","Value":"1"},{"Key":"b"}]},{"VaultId":"v-2"}]"#;
    assert_eq!(
        kinds(&format!(r#""Vaults":{bare}"#)),
        kinds(&format!(r#""Vaults":{VAULTS}"#))
    );
    // It need not be the same at every level.
    assert_eq!(
        kinds(r#""Vaults":[{"Tags":{"Tag":[{"Key":"a"}]}}]"#),
        kinds(r#""Vaults":{"Vault":[{"Tags":[{"Key":"a"}]}]}"#)
    );
}

#[test]
fn what_holds_no_items_is_an_empty_list() {
    for value in [
        "null",
        r#""""#,
        "{}",
        "[]",
        r#"{"Vault":[]}"#,
        r#"{"Vault":null}"#,
        r#"{"Vault":""}"#,
        r#"{"Vault":[null]}"#,
        r#"{"Other":[{"VaultId":"v-1"}],"vault":[{}]}"#,
    ] {
        assert_eq!(kinds(&format!(r#""Vaults":{value}"#)).vaults, [], "{value}");
    }
}

#[test]
fn other_members_of_the_object_are_skipped() {
    assert_eq!(
        ids(r#""Vaults":{"New":{"Vault":[{}]},"Vault":[{"VaultId":"v-1"}],"Count":1}"#),
        ["v-1"]
    );
}

#[test]
fn a_list_that_arrives_again_replaces_the_first() {
    assert_eq!(
        ids(r#""Vaults":{"Vault":[{"VaultId":"v-1"}],"Vault":[{"VaultId":"v-2"}]}"#),
        ["v-2"]
    );
    assert_eq!(
        ids(r#""Vaults":{"Vault":[{"VaultId":"v-1"}]},"Vaults":{"Vault":[{"VaultId":"v-2"}]}"#),
        ["v-2"]
    );
    assert_eq!(
        ids(r#""Vaults":{"Vault":[{"VaultId":"v-1"}]},"Vaults":{"Vault":[]}"#),
        ["v-1"]
    );
}

#[test]
fn the_alias_of_the_field_is_wrapped_too() {
    assert_eq!(ids(r#""VaultList":{"Vault":[{"VaultId":"v-1"}]}"#), ["v-1"]);
    assert_eq!(
        ids(r#""Vaults":{"Vault":[{"VaultId":"v-1"}]},"VaultList":{"Vault":[{"VaultId":"v-2"}]}"#),
        ["v-1"]
    );
}

#[test]
fn an_error_names_the_place_in_the_answer() {
    for (value, message) in [
        (
            r#"{"Vault":[{},{},{},{"Status":"x"}]}"#,
            r#"Vaults.Vault[3].Status: expected an integer, found text "x""#,
        ),
        (
            r#"[{"Status":"x"}]"#,
            r#"Vaults[0].Status: expected an integer, found text "x""#,
        ),
        (
            r#"{"Vault":[{"Tags":{"Tag":[{"Key":{}}]}}]}"#,
            "Vaults.Vault[0].Tags.Tag[0].Key: expected text, found an object",
        ),
        (
            r#"{"Vault":{}}"#,
            "Vaults.Vault: expected a list, found an object",
        ),
        (
            r#"{"Vault":5}"#,
            "Vaults.Vault: expected a list, found the number 5",
        ),
        ("5", "Vaults: expected a list, found the number 5"),
        ("-1", "Vaults: expected a list, found the number -1"),
        ("1.5", "Vaults: expected a list, found the number 1.5"),
        ("true", "Vaults: expected a list, found true"),
        (r#""x""#, r#"Vaults: expected a list, found text "x""#),
    ] {
        assert_eq!(kinds_refused(&format!(r#""Vaults":{value}"#)), message);
    }
    assert_eq!(
        kinds_refused(r#""VaultList":{"Vault":[5]}"#),
        "VaultList.Vault[0]: expected an object, found the number 5"
    );
}

#[test]
fn options_of_other_formats_are_looked_into() {
    use cloud_core::serde_core::de::value::MapDeserializer;
    use cloud_core::serde_core::de::{Deserialize, IntoDeserializer, Visitor};

    /// `Some` of a value, as formats with options have it.
    struct Present<D>(D);
    impl<'de, D: cloud_core::serde_core::Deserializer<'de>>
        cloud_core::serde_core::Deserializer<'de> for Present<D>
    {
        type Error = D::Error;
        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            visitor.visit_some(self.0)
        }
        cloud_core::serde_core::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }
    impl<'de, D: cloud_core::serde_core::Deserializer<'de>> IntoDeserializer<'de, D::Error>
        for Present<D>
    {
        type Deserializer = Self;
        fn into_deserializer(self) -> Self {
            self
        }
    }

    let vaults = json!({"Vault": [{"VaultId": "v-1"}]});
    let answer = MapDeserializer::new([("Vaults", Present(vaults))].into_iter());
    let answer: Kinds = Kinds::deserialize(answer).unwrap();
    assert_eq!(answer.vaults[0].id.as_deref(), Some("v-1"));
}
