//! What a field is called on the wire, and how a request carries it.

use super::Value;

/// One field of a [`Record`](super::Record).
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static [&'static str],
    pub(crate) in_form: bool,
    as_number: bool,
    pub(crate) wrapped_in: Option<&'static str>,
}

impl Field {
    /// A field with this name on the wire, no aliases, and the provider's usual encoding.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            aliases: &[],
            in_form: false,
            as_number: false,
            wrapped_in: None,
        }
    }

    /// Further names under which answers are known to carry the field. The name itself wins when both are there.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Sends the parameter in the form body instead of the query. Only Alibaba Cloud splits its parameters.
    #[must_use]
    pub const fn in_form(mut self) -> Self {
        self.in_form = true;
        self
    }

    /// Writes a boolean as `1` or `0`. Both are read as booleans wherever one is expected.
    #[must_use]
    pub const fn as_number(mut self) -> Self {
        self.as_number = true;
        self
    }

    /// Takes the list from this member of an object, as in `"Vaults": {"Vault": […]}`, and stores it that way too. A list without the
    /// object around it is read as well. Only answers have such lists.
    #[must_use]
    pub const fn wrapped_in(mut self, member: &'static str) -> Self {
        self.wrapped_in = Some(member);
        self
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
