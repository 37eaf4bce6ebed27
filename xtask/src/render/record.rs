//! Records: structs whose fields the runtime reads and fills by their names on the wire.

use crate::model::{Field, Location, Type, TypeDef};

use super::members::Member;
use super::names::ident;
use super::source::Source;
use super::structure::Struct;
use super::{RenderError, docs};

/// Adds the record that a spec defines.
pub fn definition(
    definition: &TypeDef,
    fields: &[Field],
    [input, readable]: [bool; 2],
    args_name: Option<&str>,
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let doc = source.doc(docs::definition(definition));
    let record = Struct {
        name: ident(&definition.name)?,
        members: if input {
            Member::sent(fields, source)?
        } else {
            Member::received(fields, source)?
        },
        deprecated: None,
    };
    let kind = if readable { Kind::Record } else { Kind::Input };
    record.declare(&doc, None, kind, source)?;
    if input {
        let args = args_name.map(ident).transpose()?;
        if let Some(args) = &args {
            record.arguments(args, source)?;
        }
        record.builder(args.as_ref(), source)?;
    }
    table(&record, kind, source);
    Ok(())
}

/// What the runtime can do with a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Read it and fill it.
    Record,
    /// Read it.
    Input,
}

/// Adds the table of the fields, which the macro makes a record of. Parts of the scope are not among them.
pub fn table(record: &Struct<'_>, kind: Kind, source: &mut Source<'_>) {
    let word = match kind {
        Kind::Record => "record",
        Kind::Input => "input",
    };
    let mut code = format!("cloud_core::{word}!({} {{\n", record.name);
    for member in &record.members {
        if let Some(field) = member.field {
            code.push_str(&format!("    {},\n", entry(field)));
        }
    }
    code.push_str("});");
    source.text(code);
}

/// A field in its record's table.
fn entry(field: &Field) -> String {
    let mut entry = format!("{:?}", field.wire);
    if let Some(wrapper) = &field.wrapper {
        entry.push_str(&format!(" / {wrapper:?}"));
    }
    for alias in &field.aliases {
        entry.push_str(&format!(" | {alias:?}"));
    }
    entry.push_str(&format!(" => {}", field.name));
    if field.location == Location::Form {
        entry.push_str(" in form");
    }
    if field.ty == Type::Flag {
        entry.push_str(" as number");
    }
    entry
}
