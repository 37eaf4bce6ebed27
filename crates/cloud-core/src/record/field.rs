//! What a field is called on the wire, and how a request carries it.

use super::Value;

/// One field of a [`Record`](super::Record).
#[derive(Debug, Clone, Copy)]
pub struct Field {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub aliases: &'static [&'static str],
    #[doc(hidden)]
    pub in_form: bool,
    #[doc(hidden)]
    pub as_number: bool,
    /// One member, or none.
    #[doc(hidden)]
    pub wrapped_in: &'static [&'static str],
}

/// What [`record!`](crate::record!) means by `in form`.
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "a word of a macro")]
pub const form: bool = true;

/// What [`record!`](crate::record!) means by `as number`.
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "a word of a macro")]
pub const number: bool = true;

impl Field {
    /// A field with this name on the wire, no aliases, and the provider's usual encoding.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            aliases: &[],
            in_form: false,
            as_number: false,
            wrapped_in: &[],
        }
    }

    /// Sends the parameter in the form body instead of the query. Only Alibaba Cloud splits its parameters.
    #[must_use]
    pub const fn in_form(mut self) -> Self {
        self.in_form = true;
        self
    }

    /// The member of the object around the list.
    pub(crate) fn wrapper(&self) -> Option<&'static str> {
        self.wrapped_in.first().copied()
    }

    /// The value as the field is written.
    #[inline]
    pub(crate) fn written<'v>(&self, value: Value<'v>) -> Value<'v> {
        match value {
            Value::Bool(value) if self.as_number => Value::I64(value.into()),
            value => value,
        }
    }

    /// The name of the field on the wire.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}
