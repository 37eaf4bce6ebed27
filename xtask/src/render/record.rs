//! Records: structs whose fields the runtime can read by their names on the wire, and fill if they are part of an answer.

use crate::model::{Field, Location, TypeDef};

use super::members::Member;
use super::names::ident;
use super::source::Source;
use super::structure::Struct;
use super::{RenderError, deprecation, docs};

/// Adds the record that a spec defines.
pub fn definition(
    definition: &TypeDef,
    fields: &[Field],
    [in_request, in_response]: [bool; 2],
    args_name: Option<&str>,
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let doc = source.doc(docs::definition(definition));
    let only_sent = in_request && !in_response;
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
    if in_request {
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
    source.text(&format!("cloud_core::input!({});", record.name));
    Ok(())
}

/// Adds what makes a struct a part of answers.
pub fn answer(record: &Struct<'_>, source: &mut Source<'_>) -> Result<(), RenderError> {
    readable(record, source)?;
    fillable(record, source);
    source.text(&format!("cloud_core::record!({});", record.name));
    Ok(())
}

/// Adds `Record`: the table of the fields and the `match` that reads them. Parts of the scope are not among them.
pub fn readable(record: &Struct<'_>, source: &mut Source<'_>) -> Result<(), RenderError> {
    let Struct { name, members, .. } = record;
    let allow = deprecation::allow_line(record.is_deprecated());
    source.use_core(&["Field", "Record", "Value"]);
    let mut table = String::new();
    let mut arms = String::new();
    let fields = members
        .iter()
        .filter_map(|member| Some((member, member.field?)));
    for (index, (member, field)) in fields.enumerate() {
        table.push_str(&entry(field));
        arms.push_str(&format!(
            "            {index} => {},\n",
            member.read(source.types())?
        ));
    }
    if arms.is_empty() {
        source.text(&format!(
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
    } else {
        source.use_core(&["AsValue"]);
        source.text(&format!(
            "{allow}impl Record for {name} {{
    #[inline]
    fn fields(&self) -> &'static [Field] {{
        const FIELDS: &[Field] = &[
{table}        ];
        FIELDS
    }}
    #[inline]
    fn value(&self, index: usize) -> Value<'_> {{
        match index {{
{arms}            _ => Value::Absent,
        }}
    }}
}}"
        ));
    }
    Ok(())
}

/// Adds `RecordMut`: the `match` that finds the place of a field.
fn fillable(record: &Struct<'_>, source: &mut Source<'_>) {
    let Struct { name, members, .. } = record;
    let allow = deprecation::allow_line(record.is_deprecated());
    source.use_core(&["RecordMut", "Slot"]);
    if members.is_empty() {
        source.text(&format!(
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
        arms.push_str(&format!("            {index} => {},\n", member.slot()));
    }
    source.text(&format!(
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
fn entry(field: &Field) -> String {
    let mut entry = format!("            Field::new({:?})", field.wire);
    if !field.aliases.is_empty() {
        let aliases: Vec<_> = field
            .aliases
            .iter()
            .map(|alias| format!("{alias:?}"))
            .collect();
        entry.push_str(&format!(
            "\n                .aliases(&[{}])",
            aliases.join(", ")
        ));
    }
    if field.location == Location::Form {
        entry.push_str("\n                .in_form()");
    }
    if field.json_text {
        entry.push_str("\n                .as_json_text()");
    }
    if let Some(wrapper) = &field.wrapper {
        entry.push_str(&format!("\n                .wrapped_in({wrapper:?})"));
    }
    entry + ",\n"
}
