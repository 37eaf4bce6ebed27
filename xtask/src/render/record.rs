//! Records: structs whose fields the runtime can read by their names on the wire, and fill if they are part of an answer.

use proc_macro2::Ident;

use crate::model::{Field, Location, TypeDef};

use super::members::Member;
use super::names::ident;
use super::source::Source;
use super::{RenderError, docs, structure};

/// Adds the record that a spec defines.
pub fn definition(
    definition: &TypeDef,
    fields: &[Field],
    [in_request, in_response]: [bool; 2],
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let name = ident(&definition.name)?;
    let doc = source.doc(docs::definition(definition));
    let only_sent = in_request && !in_response;
    let members = if only_sent {
        Member::sent(fields, source)?
    } else {
        Member::received(fields, source)?
    };
    structure::declare(&name, &doc, None, &members, source)?;
    if in_request {
        structure::builder(&name, None, &members, source)?;
    }
    if !only_sent {
        return answer(&name, &members, source);
    }
    readable(&name, &members, source)?;
    source.text(&format!("cloud_core::input!({name});"));
    Ok(())
}

/// Adds what makes a struct a part of answers.
pub fn answer(
    name: &Ident,
    members: &[Member<'_>],
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    readable(name, members, source)?;
    fillable(name, members, source);
    source.text(&format!("cloud_core::record!({name});"));
    Ok(())
}

/// Adds `Record`: the table of the fields and the `match` that reads them. Parts of the scope are not among them.
pub fn readable(
    name: &Ident,
    members: &[Member<'_>],
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
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
            "impl Record for {name} {{
    fn fields(&self) -> &'static [Field] {{
        &[]
    }}
    fn value(&self, _: usize) -> Value<'_> {{
        Value::Absent
    }}
}}"
        ));
    } else {
        source.use_core(&["AsValue"]);
        source.text(&format!(
            "impl Record for {name} {{
    fn fields(&self) -> &'static [Field] {{
        const FIELDS: &[Field] = &[
{table}        ];
        FIELDS
    }}
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
fn fillable(name: &Ident, members: &[Member<'_>], source: &mut Source<'_>) {
    source.use_core(&["RecordMut", "Slot"]);
    if members.is_empty() {
        source.text(&format!(
            "impl RecordMut for {name} {{
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
        "impl RecordMut for {name} {{
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
    entry + ",\n"
}
