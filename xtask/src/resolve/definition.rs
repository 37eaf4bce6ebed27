//! The definition of a type: a record with its fields, an enum with its values.

use std::collections::{HashMap, HashSet};

use super::arguments::{args_of, need_a_struct};
use super::field::{Context, Place};
use super::literal::Lookup;
use super::names::Names;
use super::sources::Sources;
use super::types::{Known, innermost};
use super::values;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{self, EnumValue, Repr, Type, TypeDef};
use crate::names;
use crate::source::Span;
use crate::spec::{self, Field, Text, TypeKind};
use crate::yaml::{Atom, Node};

/// Defines a type.
pub fn define<'t>(
    known: &Known<'_, 't>,
    context: &Context<'_, '_, 't>,
    diagnostics: &mut Diagnostics,
) -> TypeDef {
    let TypeKind::Record {
        fields: of_spec,
        input,
        ..
    } = &known.def.kind
    else {
        return define_enum(known, context.sources, diagnostics);
    };
    let input = input.is_some();
    let fields: Vec<&Field<'t>> = of_spec.iter().collect();
    let place = Place::Record { input };
    let mut names = Names::default();
    let fields = context.fields(&fields, of_spec, place, &mut names, diagnostics);
    let kind = model::TypeKind::Record {
        fields,
        input,
        readable: true,
        args_name: None,
    };
    TypeDef {
        name: known.name.clone(),
        doc: spec::owned(known.def.doc),
        from: origin(known.def.from, context.sources, diagnostics),
        kind,
    }
}

/// What follows from the members of a record and from those of the records in it.
pub struct Traits {
    needs_args: bool,
    readable: bool,
}

/// Finds out about records what can only be found out once all of them are defined.
pub fn traits(definitions: &[TypeDef], types: &Lookup<'_>) -> Vec<Traits> {
    let of = |definition: &TypeDef| match &definition.kind {
        model::TypeKind::Record { fields, input, .. } => Traits {
            needs_args: *input && need_a_struct(fields, types),
            readable: !*input || !requires(fields, types),
        },
        model::TypeKind::Enum { .. } => Traits {
            needs_args: false,
            readable: true,
        },
    };
    definitions.iter().map(of).collect()
}

/// Completes the definitions with that.
pub fn complete(definitions: &mut [TypeDef], traits: Vec<Traits>) {
    for (definition, traits) in definitions.iter_mut().zip(traits) {
        let args = args_of(&definition.name);
        if let model::TypeKind::Record {
            args_name,
            readable,
            ..
        } = &mut definition.kind
        {
            *args_name = traits.needs_args.then_some(args);
            *readable = traits.readable;
        }
    }
}

/// Whether one of these members is required, or one of those in a record in them.
fn requires(fields: &[model::Field], types: &Lookup<'_>) -> bool {
    let mut seen = HashSet::new();
    let mut open: Vec<&model::Field> = fields.iter().collect();
    while let Some(field) = open.pop() {
        if field.required {
            return true;
        }
        if let Type::Named(name) = innermost(&field.ty)
            && seen.insert(name)
            && let Some(model::TypeKind::Record { fields, .. }) = types.get(name)
        {
            open.extend(fields);
        }
    }
    false
}

fn origin(
    from: Option<Text<'_>>,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    from.and_then(|from| sources.find(from, diagnostics))
}

/// Defines an enum; a record has no values.
pub fn define_enum(
    known: &Known<'_, '_>,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> TypeDef {
    let (repr, values) = match &known.def.kind {
        TypeKind::Enum { repr, values } => (repr.unwrap_or(Repr::Text), values.as_slice()),
        TypeKind::Record { .. } => (Repr::Text, [].as_slice()),
    };
    let mut enumeration = Enumeration {
        repr,
        names: Names::of_variants(),
        spellings: HashMap::new(),
        sources,
        diagnostics,
    };
    let values = values
        .iter()
        .filter_map(|value| enumeration.value(value))
        .collect();
    TypeDef {
        name: known.name.clone(),
        doc: spec::owned(known.def.doc),
        from: origin(known.def.from, sources, diagnostics),
        kind: model::TypeKind::Enum { repr, values },
    }
}

/// Reports values in a definition that do not fit its own fields.
pub fn check_values(
    known: &Known<'_, '_>,
    def: &TypeDef,
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) {
    if let (
        TypeKind::Record { fields, .. },
        model::TypeKind::Record {
            fields: resolved, ..
        },
    ) = (&known.def.kind, &def.kind)
    {
        values::check(
            &fields.iter().collect::<Vec<_>>(),
            resolved,
            types,
            diagnostics,
        );
    }
}

/// An enum whose values are being read.
struct Enumeration<'d, 's> {
    repr: Repr,
    names: Names,
    spellings: HashMap<String, Span>,
    sources: &'d Sources<'s>,
    diagnostics: &'d mut Diagnostics,
}

impl Enumeration<'_, '_> {
    fn value(&mut self, value: &spec::EnumValue<'_>) -> Option<EnumValue> {
        let wire = self.spelling(value.value);
        let (original, span) = match (value.name, &wire) {
            (Some(name), _) => (name.value, name.span),
            (None, Some(wire)) => (&**wire, value.value.span),
            (None, None) => return None,
        };
        let name = match names::variant(original) {
            Some(name) => {
                let mend = "give it another `name`: names are not sent";
                self.names.take(
                    &name,
                    format!("the value `{}`", wire.as_deref().unwrap_or(original)),
                    span,
                    mend,
                    self.diagnostics,
                );
                name
            }
            None => {
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::NO_NAME,
                        span,
                        format!("`{original}` makes no name in Rust"),
                    )
                    .help(
                        "give the value a `name:` that says what it means, such as `name: Running`",
                    ),
                );
                String::new()
            }
        };
        let aka = value
            .aka
            .iter()
            .filter_map(|node| self.spelling(node))
            .collect();
        Some(EnumValue {
            name,
            wire: wire?,
            aka,
            doc: spec::owned(value.doc),
            from: origin(value.from, self.sources, self.diagnostics),
            deprecated: value.deprecated.map(|text| text.value.to_owned()),
        })
    }

    /// A spelling on the wire, which no other value of the enum may have.
    fn spelling(&mut self, node: &Node<'_>) -> Option<String> {
        let spelling = match (self.repr, node.atom()?) {
            (Repr::Text, Atom::Text(text)) => text.to_owned(),
            (Repr::Integer, Atom::Integer(number)) if i64::try_from(number).is_ok() => {
                number.to_string()
            }
            (Repr::Text, _) => {
                return self.wrong(
                    node,
                    "text, since the enum is `string`",
                    "put it in double quotes",
                );
            }
            (Repr::Integer, _) => {
                return self.wrong(
                    node,
                    "an integer of 64 bits, since the enum is `i64`",
                    "write it without quotes, or make the enum `string`",
                );
            }
        };
        if let Some(place) = self.spellings.insert(spelling.clone(), node.span) {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::SAME_SPELLING,
                    node.span,
                    format!("two values of the enum are spelt `{spelling}`"),
                )
                .also(place, "here too")
                .help("an answer can only mean one of them: remove the other"),
            );
        }
        Some(spelling)
    }

    fn wrong(&mut self, node: &Node<'_>, expects: &str, mend: &str) -> Option<String> {
        let finding = Diagnostic::error(
            codes::WRONG_VALUE,
            node.span,
            format!("the value must be {expects}"),
        );
        self.diagnostics.push(
            finding
                .label(format!("this is {}", node.describe()))
                .help(mend),
        );
        None
    }
}
