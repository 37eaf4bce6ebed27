//! Records of answers and requests.

/// Makes a struct a record that can be read and filled: fields by their names on the wire, `PartialEq`, `Serialize` and
/// `Deserialize`.
///
/// A field has its name on the wire first. Further names are known from answers, and `/` leads into an object that answers put around
/// a list. After the name in Rust comes what requests do with the field: `in form` puts it into the form, `as json_text` sends it as
/// one text that holds JSON.
///
/// ```
/// #[derive(Clone, Debug, Default)]
/// pub struct Backup {
///     pub id: Option<String>,
///     pub vaults: Vec<String>,
/// }
///
/// cloud_core::record! {
///     Backup {
///         "BackupId" | "Id" => id,
///         "Vaults" / "Vault" => vaults as json_text,
///     }
/// }
///
/// let backup: Backup = serde_json::from_str(r#"{"Id": "b-1", "Vaults": {"Vault": ["v-1"]}}"#).unwrap();
/// assert_eq!((backup.id.as_deref(), &*backup.vaults), (Some("b-1"), &["v-1".to_owned()][..]));
/// ```
///
/// `Serialize` writes secrets in clear: it is for storage of the user's own.
#[macro_export]
macro_rules! record {
    ($type:ident {
        $($wire:literal $(/ $wrapper:literal)? $(| $alias:literal)* => $field:ident $(in $place:ident)? $(as $form:ident)?),* $(,)?
    }) => {
        $crate::input! {
            $type {
                $($wire $(/ $wrapper)? $(| $alias)* => $field $(in $place)? $(as $form)?,)*
            }
        }

        #[allow(deprecated)]
        impl $crate::RecordMut for $type {
            #[inline]
            fn slot(&mut self, index: usize) -> $crate::Slot<'_> {
                #[allow(non_camel_case_types)]
                enum Place { $($field),* }
                let places: &[Place] = &[$(Place::$field),*];
                match places.get(index) {
                    $(::core::option::Option::Some(Place::$field) => $crate::AsSlot::slot(&mut self.$field),)*
                    _ => $crate::Slot::Unknown,
                }
            }
        }

        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::record::equal(self, other)
            }
        }

        impl $crate::serde_core::Serialize for $type {
            fn serialize<S: $crate::serde_core::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::record::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde_core::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde_core::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::record::deserialize(deserializer)
            }
        }
    };
}

/// Makes a struct a record that can be read, for requests; see [`record!`](crate::record!).
#[macro_export]
macro_rules! input {
    ($type:ident {
        $($wire:literal $(/ $wrapper:literal)? $(| $alias:literal)* => $field:ident $(in $place:ident)? $(as $form:ident)?),* $(,)?
    }) => {
        #[allow(deprecated)]
        impl $crate::Record for $type {
            #[inline]
            fn fields(&self) -> &'static [$crate::Field] {
                &[$($crate::Field {
                    name: $wire,
                    aliases: &[$($alias),*],
                    wrapped_in: ::core::concat!($($wrapper)?),
                    in_form: false $(| $crate::record::$place)?,
                    as_json_text: false $(| $crate::record::$form)?,
                }),*]
            }

            #[inline]
            fn value(&self, index: usize) -> $crate::Value<'_> {
                #[allow(non_camel_case_types)]
                enum Place { $($field),* }
                let places: &[Place] = &[$(Place::$field),*];
                match places.get(index) {
                    $(::core::option::Option::Some(Place::$field) => $crate::AsValue::value(&self.$field),)*
                    _ => $crate::Value::Absent,
                }
            }
        }
    };
}
