//! Open enums: a value that is not in the spec is kept and sent back unchanged.

/// Defines an enum over text, a line for each value: its name, and how it is spelled on the wire. Further spellings are read, too.
///
/// It comes with the constant `VALUES`, `as_str`, `Display`, `From`, `FromStr`, `Serialize` and `Deserialize`. Values are equal, and have
/// their order, by their spelling.
///
/// ```
/// cloud_core::text_enum! {
///     /// What state a backup is in.
///     BackupState {
///         /// It is good.
///         Success = "Success" | "success",
///         /// It is not.
///         Failed = "Failed",
///     }
/// }
///
/// assert_eq!(BackupState::from("success"), BackupState::Success);
/// assert_eq!(BackupState::from("Later").as_str(), "Later");
/// ```
#[macro_export]
macro_rules! text_enum {
    ($(#[$about:meta])* $type:ident {
        $($(#[$about_value:meta])* $value:ident = $wire:literal $(| $spelling:literal)*),* $(,)?
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$about_value])* $value,)*
            /// A value that this version of the crate does not know. It is sent back unchanged.
            Unknown(::std::string::String),
        }

        #[allow(deprecated)]
        impl $type {
            /// Every value that this version of the crate knows.
            pub const VALUES: &'static [Self] = &[$(Self::$value),*];

            /// The value as the provider spells it.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $wire,)*
                    Self::Unknown(other) => other,
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<&str> for $type {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($wire $(| $spelling)* => Self::$value,)*
                    other => Self::Unknown(::core::convert::Into::into(other)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                ::core::convert::From::from(&*text)
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(::core::convert::From::from(text))
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl $crate::FromScalar for $type {
            const EXPECTS: &'static str = "text";

            #[inline]
            fn from_scalar(scalar: $crate::Scalar<'_>) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(::core::convert::From::from(&*scalar.text()))
            }
        }

        impl $crate::AsValue for $type {
            #[inline]
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(self.as_str())
            }
        }

        $crate::scalar_enum!($type, as_str);
    };
}

/// Defines an enum over integers, a line for each value: its name, and its numbers on the wire.
///
/// It comes with the constant `VALUES`, `as_i64`, `Display`, `From`, `FromStr`, `Serialize` and `Deserialize`. Values are equal, and have
/// their order, by their number.
///
/// ```
/// cloud_core::integer_enum! {
///     /// What state a backup is in.
///     BackupStatus {
///         /// It is being made.
///         Running = 1,
///         /// It was deleted.
///         Deleted = -2,
///     }
/// }
///
/// assert_eq!(BackupStatus::from(-2), BackupStatus::Deleted);
/// assert_eq!(BackupStatus::from(7).as_i64(), 7);
/// ```
#[macro_export]
macro_rules! integer_enum {
    ($(#[$about:meta])* $type:ident {
        $($(#[$about_value:meta])* $value:ident = $wire:literal $(| $spelling:literal)*),* $(,)?
    }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$about_value])* $value,)*
            /// A value that this version of the crate does not know. It is sent back unchanged.
            Unknown(i64),
        }

        #[allow(deprecated)]
        impl $type {
            /// Every value that this version of the crate knows.
            pub const VALUES: &'static [Self] = &[$(Self::$value),*];

            /// The value as the provider numbers it.
            #[inline]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$value => $wire,)*
                    Self::Unknown(other) => *other,
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<i64> for $type {
            #[inline]
            fn from(number: i64) -> Self {
                match number {
                    $($wire $(| $spelling)* => Self::$value,)*
                    other => Self::Unknown(other),
                }
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::num::ParseIntError;

            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                text.parse::<i64>().map(::core::convert::From::from)
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), formatter)
            }
        }

        impl $crate::FromScalar for $type {
            const EXPECTS: &'static str = "an integer";

            #[inline]
            fn from_scalar(scalar: $crate::Scalar<'_>) -> ::core::option::Option<Self> {
                <i64 as $crate::FromScalar>::from_scalar(scalar).map(::core::convert::From::from)
            }
        }

        impl $crate::AsValue for $type {
            #[inline]
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::I64(self.as_i64())
            }
        }

        $crate::scalar_enum!($type, as_i64);
    };
}

/// What the two kinds of enums have in common. They are compared by what stands on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! scalar_enum {
    ($type:ident, $as_wire:ident) => {
        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.$as_wire() == other.$as_wire()
            }
        }

        impl ::core::cmp::Eq for $type {}

        impl ::core::cmp::PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        impl ::core::cmp::Ord for $type {
            #[inline]
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(&self.$as_wire(), &other.$as_wire())
            }
        }

        impl ::core::hash::Hash for $type {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(&self.$as_wire(), state);
            }
        }

        $crate::scalar_field!($type);
    };
}

/// What a scalar needs that can be a field.
#[doc(hidden)]
#[macro_export]
macro_rules! scalar_field {
    ($type:ident) => {
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
