//! The provider of a service: what its file says about every answer.

use super::field::{Context, plain_field};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{Field, Type};
use crate::prose::all_of;
use crate::spec::{
    self, EnvelopeMember, ProviderFile, Providers, Role, Service, Text, Word, owned, words,
};

/// Reports files of providers that are none, and what contradicts itself in them.
pub fn report(providers: &Providers<'_>, diagnostics: &mut Diagnostics) {
    for file in &providers.files {
        let known = words::<crate::model::Provider>();
        if !known.contains(&file.name) {
            let near = closest(file.name, known.iter().copied());
            diagnostics.push(
                Diagnostic::error(
                    codes::BAD_FILE_NAME,
                    file.place,
                    format!("there is no provider `{}`", file.name),
                )
                .suggest(near, || format!("the providers are {}", all_of(&known))),
            );
        }
        report_request_id(file, diagnostics);
        report_scope(file, diagnostics);
        for member in &file.envelope {
            report_member(member, diagnostics);
        }
    }
}

fn report_request_id(file: &ProviderFile<'_>, diagnostics: &mut Diagnostics) {
    let id = &file.request_id;
    if id.body.is_none() && id.header.is_none() {
        diagnostics.push(
            Diagnostic::error(
                codes::MISSING_KEY,
                id.place,
                "`request_id` does not say where it is",
            )
            .help("add `body:` with a member of the answer, or `header:`"),
        );
    }
}

fn report_scope(file: &ProviderFile<'_>, diagnostics: &mut Diagnostics) {
    for (index, parameter) in file.scope.iter().enumerate() {
        let Some(setting) = parameter.setting else {
            continue;
        };
        let mut before = file.scope.iter().take(index);
        let other = before.find(|other| {
            other
                .setting
                .is_some_and(|other| other.value == setting.value)
        });
        if let Some(other) = other {
            diagnostics.push(
                Diagnostic::error(
                    codes::SAME_SCOPE,
                    setting.span,
                    "two scope parameters have one setting",
                )
                .also(other.name.span, "this is the other")
                .help("let one of them be an ordinary parameter of the operations that have it"),
            );
        }
    }
}

/// Reports keys of a member of the envelope that go with another role, or that are missing for its own.
fn report_member(member: &EnvelopeMember<'_>, diagnostics: &mut Diagnostics) {
    let Some(role) = member.role else { return };
    let name = member.name.value;
    let holds_others = matches!(role, Role::Wraps | Role::Error);
    for (key, applies) in [
        ("type", !holds_others),
        ("success", role == Role::Code),
        ("code", role == Role::Error),
        ("message", role == Role::Error),
    ] {
        let given = member.keys.entry(key);
        if let Some(entry) = given.filter(|_| !applies) {
            diagnostics.push(
                Diagnostic::error(
                    codes::DOES_NOT_APPLY,
                    entry.key_span,
                    format!("`{key}` means nothing for `{name}`"),
                )
                .help(format!("remove `{key}`, or correct the `role`")),
            );
        }
        if applies && given.is_none() {
            diagnostics.push(
                Diagnostic::error(
                    codes::MISSING_KEY,
                    member.name.span,
                    format!("`{name}` needs the key `{key}` in this role"),
                )
                .help(format!("add `{key}:`")),
            );
        }
    }
}

/// The file of a service's provider. That there is none is reported.
pub fn of_service<'p, 't>(
    service: &Service<'_>,
    providers: &'p Providers<'t>,
    diagnostics: &mut Diagnostics,
) -> Option<&'p ProviderFile<'t>> {
    let provider = service.provider?;
    let mut words = crate::model::Provider::WORDS.iter();
    let (word, _) = words.find(|(_, known)| *known == provider.value)?;
    if !providers.has(word) {
        diagnostics.push(
            Diagnostic::error(
                codes::NO_PROVIDER,
                provider.span,
                format!("`specs/providers/{word}.yaml` is missing"),
            )
            .label("the service has this provider")
            .help("describe there what all services of the provider have in common"),
        );
    }
    providers.find(word)
}

/// What is around or beside the data of an answer.
#[derive(Default)]
pub struct Envelope<'t> {
    /// The member that everything else is inside.
    pub wraps: Option<&'t str>,
    /// The members beside the data.
    pub beside: Vec<Field>,
    /// The member with the id of the request.
    pub request_id: Option<Field>,
}

impl<'t> Envelope<'t> {
    /// The envelope of a provider's answers.
    pub fn of(
        file: Option<&ProviderFile<'t>>,
        context: &Context<'_, '_, 't>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let Some(file) = file else {
            return Self::default();
        };
        let mut wraps = None;
        let mut beside = Vec::new();
        for member in &file.envelope {
            match (member.role, &member.ty) {
                (Some(Role::Wraps), _) => wraps = Some(member.name.value),
                (Some(Role::Error) | None, _) | (_, None) => {}
                (Some(_), Some(ty)) => {
                    let ty = context.types.resolve(ty, context.owner, diagnostics);
                    beside.extend(ty.map(|ty| plain_field(member.name.value, "", ty)));
                }
            }
        }
        let request_id = file.request_id.body.map(|name| Field {
            doc: owned(file.request_id.doc),
            ..plain_field(name.value, "request_id", Type::String)
        });
        Self {
            wraps,
            beside,
            request_id,
        }
    }

    /// The members beside the data of the answers of an operation.
    pub fn beside(
        &self,
        operation: &spec::Operation<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Field> {
        let Some(names) = &operation.envelope else {
            return self.beside.clone();
        };
        for name in names {
            if !self.beside.iter().any(|member| member.wire == name.value) {
                diagnostics.push(self.unknown(*name));
            }
        }
        let is_named = |member: &&Field| names.iter().any(|name| name.value == member.wire);
        self.beside.iter().filter(is_named).cloned().collect()
    }

    fn unknown(&self, name: Text<'_>) -> Diagnostic {
        let known: Vec<&str> = self.beside.iter().map(|member| &*member.wire).collect();
        let message = format!("the provider's envelope has no member `{}`", name.value);
        let near = closest(name.value, known.iter().copied());
        Diagnostic::error(codes::UNKNOWN_MEMBER, name.span, message).suggest(near, || {
            match known.as_slice() {
                [] => "it has no members beside the data".to_owned(),
                known => format!("it has {}", all_of(known)),
            }
        })
    }
}
