//! Records: structs whose fields the runtime can read by their names on the wire, and fill if they are part of an answer.

use crate::model::{Field, Location, TypeDef};

use super::layout::{self, Code};
use super::members::Member;
use super::names::ident;
use super::source::Source;
use super::structure::Struct;
use super::{RenderError, deprecation, docs};

/// Adds the record that a spec defines.
pub fn definition(
    definition: &TypeDef,
    fields: &[Field],
    [input, in_response]: [bool; 2],
    args_name: Option<&str>,
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let doc = source.doc(docs::definition(definition));
    let only_sent = input && !in_response;
    let record = Struct {
        name: ident(&definition.name)?,
        members: if only_sent {
            Member::sent(fields, source)?
        } else {
            Member::received(fields, source)?
        },
        deprecated: None,
    };
    record.declare(&doc, None, source)?;
    if input {
        let args = args_name.map(ident).transpose()?;
        if let Some(args) = &args {
            record.arguments(args, source)?;
        }
        record.builder(args.as_ref(), source)?;
    }
    if !only_sent {
        return answer(&record, source);
    }
    readable(&record, source)?;
    source.text(format!("cloud_core::input!({});", record.name));
    Ok(())
}

/// Adds what makes a struct a part of answers.
pub fn answer(record: &Struct<'_>, source: &mut Source<'_>) -> Result<(), RenderError> {
    readable(record, source)?;
    fillable(record, source);
    source.text(format!("cloud_core::record!({});", record.name));
    Ok(())
}

/// Adds `Record`: the table of the fields and the `match` that reads them. Parts of the scope are not among them.
pub fn readable(record: &Struct<'_>, source: &mut Source<'_>) -> Result<(), RenderError> {
    let Struct { name, members, .. } = record;
    let allow = deprecation::allow_line(record.is_deprecated());
    source.use_core(&["Field", "Record", "Value"]);
    let mut table = Vec::new();
    let mut arms = String::new();
    let fields = members
        .iter()
        .filter_map(|member| Some((member, member.field?)));
    for (index, (member, field)) in fields.enumerate() {
        table.push(entry(field));
        let value = member.read(source.types())?;
        arms.push_str(&layout::arm(&index.to_string(), &value));
    }
    if table.is_empty() {
        source.text(format!(
            "{allow}impl Record for {name} {{
    #[inline]
    fn fields(&self) -> &'static [Field] {{
        &[]
    }}

    #[inline]
    fn value(&self, _: usize) -> Value<'_> {{
        Value::Absent
    }}
}}"
        ));
        return Ok(());
    }
    source.use_core(&["AsValue"]);
    let table = Code::group("&[", table, "]");
    let table = layout::assignment(8, "const FIELDS: &[Field] =", &table);
    source.text(format!(
        "{allow}impl Record for {name} {{
    #[inline]
    fn fields(&self) -> &'static [Field] {{
{table}        FIELDS
    }}

    #[inline]
    fn value(&self, index: usize) -> Value<'_> {{
        match index {{
{arms}            _ => Value::Absent,
        }}
    }}
}}"
    ));
    Ok(())
}

/// Adds `RecordMut`: the `match` that finds the place of a field.
fn fillable(record: &Struct<'_>, source: &mut Source<'_>) {
    let Struct { name, members, .. } = record;
    let allow = deprecation::allow_line(record.is_deprecated());
    source.use_core(&["RecordMut", "Slot"]);
    if members.is_empty() {
        source.text(format!(
            "{allow}impl RecordMut for {name} {{
    #[inline]
    fn slot(&mut self, _: usize) -> Slot<'_> {{
        Slot::Unknown
    }}
}}"
        ));
        return;
    }
    source.use_core(&["AsSlot"]);
    let mut arms = String::new();
    for (index, member) in members.iter().enumerate() {
        arms.push_str(&layout::arm(&index.to_string(), &member.slot()));
    }
    source.text(format!(
        "{allow}impl RecordMut for {name} {{
    #[inline]
    fn slot(&mut self, index: usize) -> Slot<'_> {{
        match index {{
{arms}            _ => Slot::Unknown,
        }}
    }}
}}"
    ));
}

/// A field in its record's table.
fn entry(field: &Field) -> Code {
    let mut calls = Vec::new();
    if !field.aliases.is_empty() {
        let aliases = field.aliases.iter().map(String::as_str);
        calls.push(Code::texts(".aliases(&[", aliases, "])"));
    }
    if field.location == Location::Form {
        calls.push(Code::plain(".in_form()"));
    }
    if field.json_text {
        calls.push(Code::plain(".as_json_text()"));
    }
    if let Some(wrapper) = &field.wrapper {
        calls.push(Code::plain(format!(".wrapped_in({wrapper:?})")));
    }
    let base = Code::plain(format!("Field::new({:?})", field.wire));
    Code::chain(base, calls)
}
