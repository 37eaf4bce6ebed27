//! Fields: their Rust names and their types.

use std::collections::HashMap;

use super::conditions;
use super::fits::report_contradictions;
use super::literal::{Lookup, literal};
use super::names::Names;
use super::rules;
use super::sources::Sources;
use super::types::{Owner, Types};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{self, Literal, Location, Provider, Rules, Type};
use crate::names;
use crate::source::Span;
use crate::spec::{Condition, Field, Text, owned};

/// What the fields belong to.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// A request.
    Request,
    /// An answer.
    Response,
    /// A record, and whether requests may hold it.
    Record { input: bool },
}

/// What fields are resolved against.
pub struct Context<'c, 'a, 't> {
    /// Whose service it is, if that is known.
    pub provider: Option<Provider>,
    /// The types of the service.
    pub types: &'c Types<'a, 't>,
    /// Where things are from that pages do not have.
    pub sources: &'c Sources<'t>,
    /// Whose fields these are.
    pub owner: Owner,
}

impl<'t> Context<'_, '_, 't> {
    /// Resolves the fields of one struct. There is one in the result for each in the spec, in the same order, even for those that
    /// are wrong. `siblings` are all that conditions may speak of.
    pub fn fields(
        &self,
        fields: &[&Field<'t>],
        siblings: &[Field<'t>],
        place: Place,
        names: &mut Names,
        diagnostics: &mut Diagnostics,
    ) -> Vec<model::Field> {
        report_same_wire_names(fields, diagnostics);
        fields
            .iter()
            .map(|field| self.field(field, siblings, place, names, diagnostics))
            .collect()
    }

    fn field(
        &self,
        field: &Field<'t>,
        siblings: &[Field<'t>],
        place: Place,
        names: &mut Names,
        diagnostics: &mut Diagnostics,
    ) -> model::Field {
        let ty = self.type_of(field, diagnostics);
        if let Some(ty) = &ty {
            self.report_what_does_not_fit_the_type(field, ty, diagnostics);
        }
        self.report_what_does_not_fit_the_place(field, place, diagnostics);
        report_contradictions(field, diagnostics);
        // Nothing is called so: where the type is looked up, nothing is found and nothing more is reported.
        let ty = ty.unwrap_or(Type::Named(String::new()));
        let preset = match place {
            Place::Request => self.preset(field, &ty, diagnostics),
            Place::Response | Place::Record { .. } => None,
        };
        let mut conditions = |conditions: &[Condition<'t>]| {
            conditions::resolve(field, conditions, siblings, self, diagnostics)
        };
        let only_when = conditions(&field.only_when);
        let required_when = conditions(&field.required_when);
        let mut others =
            |names: &[Text<'t>]| conditions::others(field, names, siblings, diagnostics);
        let required_unless = others(&field.required_unless);
        let only_with = others(&field.only_with);
        let text = |text: Option<Text<'t>>| text.map(|text| text.value.to_owned());
        let from = field
            .from
            .and_then(|from| self.sources.find(from, diagnostics));
        model::Field {
            wire: field.name.value.to_owned(),
            name: rust_name(field, names, diagnostics),
            required: field.required.is_some() && preset.is_none(),
            preset,
            aliases: field
                .aliases
                .iter()
                .map(|alias| alias.value.to_owned())
                .collect(),
            location: field
                .location
                .map_or(Location::Default, |location| location.value),
            wrapper: text(field.wrapper),
            rules: rules::resolve(
                field,
                rules::Siblings {
                    only_when,
                    required_when,
                    required_unless,
                    only_with,
                },
            ),
            example: field.example.and_then(rules::literal_text),
            from,
            deprecated: text(field.deprecated),
            doc: owned(field.doc),
            ty,
        }
    }

    /// The type of a field; nothing if its name means nothing.
    pub fn type_of(&self, field: &Field<'t>, diagnostics: &mut Diagnostics) -> Option<Type> {
        let ty = field.ty.as_ref()?;
        let ty = self.types.resolve(ty, self.owner, diagnostics)?;
        Some(match field.sensitive {
            Some(_) => secret(ty),
            None => ty,
        })
    }

    /// What `new` sets a parameter to: the default of a paging parameter that the provider requires.
    fn preset(
        &self,
        field: &Field<'t>,
        ty: &Type,
        diagnostics: &mut Diagnostics,
    ) -> Option<Literal> {
        let required = field.required?;
        if !self.types.is_paging_parameter(self.owner, field.name.value) {
            return None;
        }
        let Some(default) = field.default else {
            diagnostics.push(
                Diagnostic::error(
                    codes::NO_PRESET,
                    required,
                    format!("`{}` is required and has no `default`", field.name.value),
                )
                .label("a pager sets it, so it is no argument of `new`")
                .help(
                    "add the `default` that `new` sets it to, such as the number of the first page",
                ),
            );
            return None;
        };
        let none = HashMap::new();
        let types = Lookup::of_shared(&none);
        // A default that is wrong is told with those of all fields.
        literal(default, ty, "", &types, &mut Diagnostics::default())
    }
}

/// The same type as a secret; nothing but text can be one.
fn secret(ty: Type) -> Type {
    match ty {
        Type::String | Type::Text(_) | Type::DownloadUrl => Type::Secret,
        Type::JsonText(of) => Type::SecretJson(of),
        Type::List(item) => Type::List(Box::new(secret(*item))),
        Type::Map(of) => Type::Map(Box::new(secret(*of))),
        other => other,
    }
}

/// A field with a type and nothing else.
pub fn plain_field(wire: &str, name: &str, ty: Type) -> model::Field {
    model::Field {
        wire: wire.to_owned(),
        name: name.to_owned(),
        ty,
        required: false,
        preset: None,
        aliases: Vec::new(),
        location: Location::Default,
        wrapper: None,
        rules: Rules::default(),
        example: None,
        from: None,
        deprecated: None,
        doc: String::new(),
    }
}

/// The name of a field and its setter.
fn rust_name(field: &Field<'_>, names: &mut Names, diagnostics: &mut Diagnostics) -> String {
    let given = field.rust_name.unwrap_or(field.name);
    let Some(name) = names::field(given.value) else {
        // A name that is given and wrong keeps no form, which has been reported.
        if field.rust_name.is_none() {
            let message = format!(
                "no name of a field in Rust can be made from `{}`",
                given.value
            );
            diagnostics.push(Diagnostic::error(codes::NO_NAME, given.span, message).help(
                "give the field a `name:` of small letters of ASCII, such as `name: vault_count`",
            ));
        }
        return String::new();
    };
    names.take(
        &name,
        format!("the field `{}`", field.name.value),
        given.span,
        "give one of them a `name:`, such as `name: vault_count`: it is not sent",
        diagnostics,
    );
    name
}

/// Reports names on the wire, aliases included, that two fields share.
fn report_same_wire_names(fields: &[&Field<'_>], diagnostics: &mut Diagnostics) {
    let mut wires: HashMap<&str, Span> = fields
        .iter()
        .map(|field| (field.name.value, field.name.span))
        .collect();
    for alias in fields.iter().flat_map(|field| &field.aliases) {
        if let Some(place) = wires.insert(alias.value, alias.span) {
            diagnostics.push(
                Diagnostic::error(
                    codes::COLLISION,
                    alias.span,
                    format!("the alias `{}` is the name of two fields", alias.value),
                )
                .also(place, "here too")
                .help("an answer's member can only go to one field: remove the alias from one"),
            );
        }
    }
}
