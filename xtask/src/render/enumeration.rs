//! Open enums: the known values, and a variant for those that came later.

use quote::quote;

use crate::model::{EnumValue, Repr, TypeDef};

use super::layout::{self, Code};
use super::names::ident;
use super::source::Source;
use super::{RenderError, deprecation, docs};

/// How many columns the spellings of a value and its variant have in one line of the `match`; where that is too little, every
/// spelling gets a line.
const ROOM: usize = 60;

/// Adds an enum that a spec defines.
pub fn definition(
    definition: &TypeDef,
    repr: Repr,
    values: &[EnumValue],
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let name = ident(&definition.name)?;
    let doc = source.doc(docs::definition(definition));
    let mut variants = Vec::new();
    for value in values {
        let doc = source.doc(docs::value(value));
        let deprecated = deprecation::attribute(value.deprecated.as_deref());
        let variant = ident(&value.name)?;
        variants.push(quote!(#doc #deprecated #variant));
    }
    let unknown =
        "A value that this version of the crate does not know; it is sent back unchanged.";
    let unknown = source.doc(docs::member_line(unknown));
    let (derives, raw) = match repr {
        Repr::Text => (quote!(Clone, Debug, PartialEq, Eq, Hash), quote!(String)),
        Repr::I32 | Repr::I64 => (quote!(Clone, Copy, Debug, PartialEq, Eq, Hash), quote!(i64)),
    };
    source.item(quote! {
        #doc
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
            Unknown(#raw),
        }
    })?;
    let name = &definition.name;
    known(name, values, source);
    match repr {
        Repr::Text => text(name, values, source),
        Repr::I32 | Repr::I64 => integer(name, values, source)?,
    }
    Ok(())
}

/// Adds the list of the known values.
fn known(name: &str, values: &[EnumValue], source: &mut Source<'_>) {
    let allow = allow(values);
    let values = values
        .iter()
        .map(|value| Code::Plain(format!("Self::{}", value.name)));
    let values = Code::group("&[", values, "]");
    let values = layout::assignment(4, "pub const VALUES: &'static [Self] =", &values);
    source.text(format!(
        "{allow}impl {name} {{
    /// Every value that this version of the crate knows.
{values}}}"
    ));
}

fn text(name: &str, values: &[EnumValue], source: &mut Source<'_>) {
    let mut from = String::new();
    let mut to = String::new();
    for EnumValue {
        name,
        wire,
        aliases,
        ..
    } in values
    {
        from.push_str(&arms(
            name,
            std::iter::once(wire)
                .chain(aliases)
                .map(|spelling| format!("{spelling:?}")),
        ));
        to.push_str(&layout::arm(&format!("Self::{name}"), &format!("{wire:?}")));
    }
    let allow = allow(values);
    source.use_core(&["TextEnum"]);
    source.text(format!(
        "{allow}impl TextEnum for {name} {{
    #[inline]
    fn from_wire(text: &str) -> Self {{
        match text {{
{from}            other => Self::Unknown(other.to_owned()),
        }}
    }}

    #[inline]
    fn as_wire(&self) -> &str {{
        match self {{
{to}            Self::Unknown(other) => other,
        }}
    }}
}}"
    ));
    source.text(format!("cloud_core::text_enum!({name});"));
}

fn integer(name: &str, values: &[EnumValue], source: &mut Source<'_>) -> Result<(), RenderError> {
    let mut from = String::new();
    let mut to = String::new();
    for EnumValue {
        name,
        wire,
        aliases,
        ..
    } in values
    {
        let aliases = aliases
            .iter()
            .map(|spelling| number(spelling))
            .collect::<Result<Vec<_>, _>>()?;
        let wire = number(wire)?;
        from.push_str(&arms(
            name,
            std::iter::once(wire)
                .chain(aliases)
                .map(|number| number.to_string()),
        ));
        to.push_str(&layout::arm(&format!("Self::{name}"), &wire.to_string()));
    }
    let allow = allow(values);
    source.use_core(&["IntegerEnum"]);
    source.text(format!(
        "{allow}impl IntegerEnum for {name} {{
    #[inline]
    fn from_wire(number: i64) -> Self {{
        match number {{
{from}            other => Self::Unknown(other),
        }}
    }}

    #[inline]
    fn as_wire(&self) -> i64 {{
        match self {{
{to}            Self::Unknown(other) => *other,
        }}
    }}
}}"
    ));
    source.text(format!("cloud_core::integer_enum!({name});"));
    Ok(())
}

/// What has to stand in front of an `impl` that names all values.
fn allow(values: &[EnumValue]) -> &'static str {
    deprecation::allow_line(values.iter().any(|value| value.deprecated.is_some()))
}

/// The arms that read a value: one for all its spellings if there is room.
fn arms(name: &str, spellings: impl Iterator<Item = String>) -> String {
    let spellings: Vec<_> = spellings.collect();
    let variant = format!("Self::{name}");
    let pattern = spellings.join(" | ");
    if pattern.len() + name.len() < ROOM {
        layout::arm(&pattern, &variant)
    } else {
        spellings
            .iter()
            .map(|spelling| layout::arm(spelling, &variant))
            .collect()
    }
}

fn number(text: &str) -> Result<i64, RenderError> {
    text.parse()
        .map_err(|_| RenderError(format!("`{text}` is no integer of 64 bits")))
}
