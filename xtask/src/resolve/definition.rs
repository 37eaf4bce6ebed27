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
use crate::yaml::{Atom, Entry, Node, is_ambiguous};

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
        let wire = self.key(value.value);
        let (original, span) = match (value.name, &wire) {
            (Some(name), _) => (name.value, name.span),
            (None, Some(wire)) => (&**wire, value.value.key_span),
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
        let aliases = value
            .aliases
            .iter()
            .filter_map(|node| self.spelling(node))
            .collect();
        Some(EnumValue {
            name,
            wire: wire?,
            aliases,
            doc: spec::owned(value.doc),
            from: origin(value.from, self.sources, self.diagnostics),
            deprecated: value.deprecated.map(|text| text.value.to_owned()),
        })
    }

    /// The value itself, which is written as its type.
    fn key(&mut self, entry: &Entry<'_>) -> Option<String> {
        let (text, span) = (&*entry.key, entry.key_span);
        let mistake = match (integer_limit(self.repr), entry.plain) {
            (None, true) if is_ambiguous(text) => Some((
                format!("`{text}` without quotes is not text everywhere"),
                "put it in double quotes: some readers of YAML take it for something else",
            )),
            (None, _) => None,
            (Some(_), false) => Some((
                format!("`{text}` in quotes is text, and the enum has integers"),
                "write it without quotes, or make the enum `string`",
            )),
            (Some(limit), true) => {
                let fits = |number: i64| (-limit - 1..=limit).contains(&number);
                let number = text.parse().ok().filter(|number| fits(*number));
                // Without `+`, `007` or `-0`.
                let is_plain = number.is_some_and(|number| number.to_string() == *text);
                (!is_plain).then(|| {
                    let expects = expects(self.repr);
                    (
                        format!("`{text}` is not {expects}"),
                        "write it in decimal, or make the enum `string` or `i64`",
                    )
                })
            }
        };
        if let Some((message, mend)) = mistake {
            self.diagnostics
                .push(Diagnostic::error(codes::WRONG_VALUE, span, message).help(mend));
            return None;
        }
        Some(self.taken(text.to_owned(), span))
    }

    /// Another spelling on the wire.
    fn spelling(&mut self, node: &Node<'_>) -> Option<String> {
        let spelling = match (integer_limit(self.repr), node.atom()?) {
            (None, Atom::Text(text)) => text.to_owned(),
            (Some(limit), Atom::Integer(number))
                if i64::try_from(number)
                    .is_ok_and(|number| (-limit - 1..=limit).contains(&number)) =>
            {
                number.to_string()
            }
            (limit, _) => {
                let mend = match limit {
                    None => "put it in double quotes",
                    Some(_) => "write it without quotes, or make the enum `string`",
                };
                let expects = expects(self.repr);
                let message = format!("the value must be {expects}, as the enum says");
                let finding = Diagnostic::error(codes::WRONG_VALUE, node.span, message);
                self.diagnostics.push(
                    finding
                        .label(format!("this is {}", node.describe()))
                        .help(mend),
                );
                return None;
            }
        };
        Some(self.taken(spelling, node.span))
    }

    /// A spelling, which no other value of the enum may have.
    fn taken(&mut self, spelling: String, span: Span) -> String {
        if let Some(place) = self.spellings.insert(spelling.clone(), span) {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::SAME_SPELLING,
                    span,
                    format!("two values of the enum are spelt `{spelling}`"),
                )
                .also(place, "here too")
                .help("an answer can only mean one of them: remove the other"),
            );
        }
        spelling
    }
}

/// The largest integer of an enum; nothing for text.
fn integer_limit(repr: Repr) -> Option<i64> {
    match repr {
        Repr::Text => None,
        Repr::I32 => Some(i32::MAX.into()),
        Repr::I64 => Some(i64::MAX),
    }
}

/// What the values of an enum are.
pub fn expects(repr: Repr) -> &'static str {
    match repr {
        Repr::Text => "text",
        Repr::I32 => "an integer of 32 bits",
        Repr::I64 => "an integer of 64 bits",
    }
}
