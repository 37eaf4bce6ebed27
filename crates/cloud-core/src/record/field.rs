//! What a field is called on the wire, and how a request carries it.

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
    pub as_json_text: bool,
    /// One member, or none.
    #[doc(hidden)]
    pub wrapped_in: &'static [&'static str],
}

/// What [`record!`](crate::record!) means by `in form`.
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "a word of a macro")]
pub const form: bool = true;

/// What [`record!`](crate::record!) means by `as json_text`.
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "a word of a macro")]
pub const json_text: bool = true;

impl Field {
    /// A field with this name on the wire, no aliases, and the provider's usual encoding.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            aliases: &[],
            in_form: false,
            as_json_text: false,
            wrapped_in: &[],
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

    /// Sends a list, a record, a map or JSON as one parameter that holds JSON text instead of one parameter per leaf.
    #[must_use]
    pub const fn as_json_text(mut self) -> Self {
        self.as_json_text = true;
        self
    }

    /// The member of the object around the list.
    pub(crate) fn wrapper(&self) -> Option<&'static str> {
        self.wrapped_in.first().copied()
    }

    /// The name of the field on the wire.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}
