//! Open enums: the known values, and a variant for those that came later.

use crate::model::{EnumValue, Repr, TypeDef};

use super::source::Source;
use super::{RenderError, deprecation, docs};

/// Adds an enum that a spec defines.
pub fn definition(
    definition: &TypeDef,
    repr: Repr,
    values: &[EnumValue],
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let (word, spelled): (_, fn(&str) -> String) = match repr {
        Repr::Text => ("text_enum", |text| format!("{text:?}")),
        Repr::I32 | Repr::I64 => ("integer_enum", str::to_owned),
    };
    let mut code = format!("cloud_core::{word}! {{\n");
    code.push_str(&docs::enumeration(definition, values).finish());
    code.push_str(&format!("    {} {{\n", definition.name));
    for value in values {
        code.push_str(&docs::value(value).finish());
        if let Some(attribute) = deprecation::line(value.deprecated.as_deref()) {
            code.push_str(&format!("        {attribute}\n"));
        }
        let spellings: Vec<_> = std::iter::once(&value.wire)
            .chain(&value.aliases)
            .map(|text| spelled(text))
            .collect();
        code.push_str(&format!(
            "        {} = {},\n",
            value.name,
            spellings.join(" | ")
        ));
    }
    code.push_str("    }\n}");
    source.text(code);
    Ok(())
}
