//! Records of answers and requests.

/// Makes a struct a record that can be read and filled: fields by their names on the wire, `PartialEq`, `Serialize` and
/// `Deserialize`.
///
/// A field has its name on the wire first. Further names are known from answers, and `/` leads into an object that answers put around
/// a list. After the name in Rust comes what requests do with the field: `in form` puts it into the form, `as number` writes a boolean
/// as 0 or 1.
///
/// ```
/// #[derive(Clone, Debug, Default)]
/// pub struct Backup {
///     pub id: Option<String>,
///     pub vaults: Vec<String>,
///     pub locked: Option<bool>,
/// }
///
/// cloud_core::record!(Backup {
///     "BackupId" | "Id" => id,
///     "Vaults" / "Vault" => vaults,
///     "Locked" => locked as number,
/// });
///
/// let backup: Backup = serde_json::from_str(r#"{"Id": "b-1", "Vaults": {"Vault": ["v-1"]}}"#).unwrap();
/// assert_eq!((backup.id.as_deref(), &*backup.vaults), (Some("b-1"), &["v-1".to_owned()][..]));
/// ```
///
/// `Serialize` leaves secrets out; [`with_secrets`](crate::with_secrets) writes them.
#[macro_export]
macro_rules! record {
    ($type:ident {
        $($wire:literal $(/ $wrapper:literal)? $(| $alias:literal)* => $field:ident $(in $place:ident)? $(as $form:ident)?),* $(,)?
    }) => {
        const _: () = {
            #[allow(non_camel_case_types)]
            enum __Place { $($field),* }
            use $crate::record::{self as __record, field, slot, value};

            #[allow(deprecated)]
            impl __record::Record for $type {
                #[inline]
                fn fields(&self) -> &'static [__record::Field] {
                    &[$(__record::Field {
                        name: $wire,
                        aliases: &[$($alias),*],
                        wrapped_in: &[$($wrapper)?],
                        in_form: false $(| field::$place)?,
                        as_number: false $(| field::$form)?,
                    }),*]
                }

                #[inline]
                fn value(&self, index: usize) -> __record::Value<'_> {
                    let places: &[__Place] = &[$(__Place::$field),*];
                    let ::core::option::Option::Some(place) = places.get(index) else {
                        return __record::Value::Absent;
                    };
                    match *place {
                        $(__Place::$field => value(&self.$field),)*
                    }
                }
            }

            #[allow(deprecated)]
            impl __record::RecordMut for $type {
                #[inline]
                fn slot(&mut self, index: usize) -> __record::Slot<'_> {
                    let places: &[__Place] = &[$(__Place::$field),*];
                    let ::core::option::Option::Some(place) = places.get(index) else {
                        return __record::Slot::Unknown;
                    };
                    match *place {
                        $(__Place::$field => slot(&mut self.$field),)*
                    }
                }
            }
        };

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
        const _: () = {
            #[allow(non_camel_case_types)]
            enum __Place { $($field),* }
            use $crate::record::{self as __record, field, value};

            #[allow(deprecated)]
            impl __record::Record for $type {
                #[inline]
                fn fields(&self) -> &'static [__record::Field] {
                    &[$(__record::Field {
                        name: $wire,
                        aliases: &[$($alias),*],
                        wrapped_in: &[$($wrapper)?],
                        in_form: false $(| field::$place)?,
                        as_number: false $(| field::$form)?,
                    }),*]
                }

                #[inline]
                fn value(&self, index: usize) -> __record::Value<'_> {
                    let places: &[__Place] = &[$(__Place::$field),*];
                    let ::core::option::Option::Some(place) = places.get(index) else {
                        return __record::Value::Absent;
                    };
                    match *place {
                        $(__Place::$field => value(&self.$field),)*
                    }
                }
            }
        };
    };
}
