//! The trait implementations that are the same for every generated type.

/// Implements what every record of an answer needs beside [`Record`](crate::Record) and [`RecordMut`](crate::RecordMut):
/// `Serialize` and `Deserialize` by canonical names, and its use as a field.
///
/// `Serialize` leaves secrets out; [`with_secrets`](crate::with_secrets) writes them.
#[macro_export]
macro_rules! record {
    ($type:ty) => {
        $crate::input!($type);

        impl $crate::Element for $type {
            #[inline]
            fn slot(item: &mut ::core::option::Option<Self>) -> $crate::Slot<'_> {
                $crate::Slot::Record(item)
            }
        }

        impl $crate::serde_core::Serialize for $type {
            fn serialize<S: $crate::serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::record::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde_core::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let mut record = Self::default();
                $crate::record::deserialize(&mut record, deserializer)?;
                ::core::result::Result::Ok(record)
            }
        }
    };
}

/// Lets a record be a field of a request.
#[macro_export]
macro_rules! input {
    ($type:ty) => {
        impl $crate::AsValue for $type {
            #[inline]
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Record(self)
            }
        }
    };
}

/// Implements what every [`TextEnum`](crate::TextEnum) needs: `as_str`, `Display`, `From`, its use as a field, `Serialize` and
/// `Deserialize`.
#[macro_export]
macro_rules! text_enum {
    ($type:ty) => {
        impl $type {
            /// The value as the provider spells it.
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::TextEnum::as_wire(self)
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad($crate::TextEnum::as_wire(self))
            }
        }

        impl ::core::convert::From<&str> for $type {
            #[inline]
            fn from(text: &str) -> Self {
                $crate::TextEnum::from_wire(text)
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                $crate::TextEnum::from_wire(&text)
            }
        }

        impl $crate::FromScalar for $type {
            const EXPECTS: &'static str = "text";

            #[inline]
            fn from_scalar(scalar: $crate::Scalar<'_>) -> ::core::option::Option<Self> {
                ::core::option::Option::Some($crate::TextEnum::from_wire(&scalar.text()))
            }
        }

        impl $crate::AsValue for $type {
            #[inline]
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Text($crate::TextEnum::as_wire(self))
            }
        }

        $crate::scalar_field!($type);
    };
}

/// Implements what every [`IntegerEnum`](crate::IntegerEnum) needs: `as_i64`, `Display`, `From`, its use as a field, `Serialize`
/// and `Deserialize`.
#[macro_export]
macro_rules! integer_enum {
    ($type:ty) => {
        impl $type {
            /// The value as the provider numbers it.
            #[inline]
            pub fn as_i64(&self) -> i64 {
                $crate::IntegerEnum::as_wire(self)
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&$crate::IntegerEnum::as_wire(self), formatter)
            }
        }

        impl ::core::convert::From<i64> for $type {
            #[inline]
            fn from(number: i64) -> Self {
                $crate::IntegerEnum::from_wire(number)
            }
        }

        impl $crate::FromScalar for $type {
            const EXPECTS: &'static str = "an integer";

            #[inline]
            fn from_scalar(scalar: $crate::Scalar<'_>) -> ::core::option::Option<Self> {
                <i64 as $crate::FromScalar>::from_scalar(scalar).map($crate::IntegerEnum::from_wire)
            }
        }

        impl $crate::AsValue for $type {
            #[inline]
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::I64($crate::IntegerEnum::as_wire(self))
            }
        }

        $crate::scalar_field!($type);
    };
}

/// What text enums and integer enums have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! scalar_field {
    ($type:ty) => {
        impl $crate::Element for $type {
            #[inline]
            fn slot(item: &mut ::core::option::Option<Self>) -> $crate::Slot<'_> {
                $crate::Slot::Scalar(item)
            }
        }

        impl $crate::serde_core::Serialize for $type {
            fn serialize<S: $crate::serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde_core::Serialize::serialize(&$crate::AsValue::value(self), serializer)
            }
        }

        impl<'de> $crate::serde_core::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::record::deserialize_scalar(deserializer)
            }
        }
    };
}
