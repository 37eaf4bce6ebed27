//! Text that seems to be a secret and is not marked as one.

use heck::ToSnakeCase;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::spec::{Field, Operation, TypeDef, TypeKind};

/// What the names of secrets end with.
const SECRET: &[&str] = &[
    "access_key",
    "api_key",
    "credential",
    "passphrase",
    "passwd",
    "password",
    "private_key",
    "pwd",
    "secret",
    "secret_key",
    "token",
];

/// What may follow that and leave it a secret.
const FORMS: &[&str] = &["base64", "data", "string", "text", "value"];

/// What comes before `token` where it is none: marks of pages, and marks that tell requests apart.
const PLAIN_TOKENS: &[&str] = &[
    "client",
    "continuation",
    "continue",
    "idempotency",
    "idempotent",
    "next",
    "page",
    "paging",
    "previous",
];

/// Reports such fields of an operation. The marks of its own pages are no secrets.
pub fn report(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let pages = operation.pages.as_ref();
    let turns_pages = |field: &&Field<'_>| {
        pages.is_some_and(|pages| {
            let mut tokens = [pages.token, pages.next].into_iter().flatten();
            tokens.any(|token| token.value == field.name.value)
        })
    };
    let fields = operation.request.iter().chain(&operation.response);
    report_in_fields(fields.filter(|field| !turns_pages(field)), diagnostics);
    report_in_types(&operation.types, diagnostics);
}

/// Reports such fields of the records in a list of types.
pub fn report_in_types(types: &[TypeDef<'_>], diagnostics: &mut Diagnostics) {
    for def in types {
        if let TypeKind::Record { fields, .. } = &def.kind {
            report_in_fields(fields.iter(), diagnostics);
        }
    }
}

fn report_in_fields<'f>(
    fields: impl Iterator<Item = &'f Field<'f>>,
    diagnostics: &mut Diagnostics,
) {
    for field in fields {
        let is_text = field
            .ty
            .as_ref()
            .is_some_and(|ty| ty.is_json() || ["string", "base64"].contains(&ty.innermost().value));
        let is_said = field.keys.entry("sensitive").is_some();
        if !is_text || is_said || !seems_secret(field.name.value) {
            continue;
        }
        diagnostics.push(
            Diagnostic::warning(
                codes::UNMARKED_SECRET,
                field.name.span,
                format!("`{}` seems to be a secret", field.name.value),
            )
            .label("logs would show it")
            .help("add `sensitive: true`; or `sensitive: false`, if it is no secret"),
        );
    }
}

/// Whether a name is that of a secret: its last words say so. `SecretId` and `PasswordExpireTime` are about secrets.
fn seems_secret(name: &str) -> bool {
    let name = name.to_snake_case();
    let mut words: Vec<&str> = name.split('_').collect();
    while words.len() > 1 && words.last().is_some_and(|word| FORMS.contains(word)) {
        words.pop();
    }
    let name = words.join("_");
    let singular = name.strip_suffix('s').unwrap_or(&name);
    let ending = SECRET.iter().find_map(|ending| {
        let name = [&*name, singular];
        name.into_iter()
            .find_map(|name| Some((ending, name.strip_suffix(*ending)?)))
            .filter(|(_, before)| before.is_empty() || before.ends_with('_'))
    });
    match ending {
        Some((&"token", before)) => {
            let before = before.trim_end_matches('_').rsplit('_').next();
            before.is_none_or(|before| !PLAIN_TOKENS.contains(&before))
        }
        ending => ending.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::seems_secret;

    #[test]
    fn the_last_words_of_a_name_say_whether_it_is_a_secret() {
        for name in [
            "Password",
            "NewPassword",
            "AdminPasswd",
            "DBPwd",
            "SecretKey",
            "SecretAccessKey",
            "AccessKey",
            "AccessKeySecret",
            "ClientSecret",
            "PrivateKey",
            "api_key",
            "Token",
            "SecurityToken",
            "AuthTokens",
            "Credentials",
            "SecretData",
            "PasswordBase64",
        ] {
            assert!(seems_secret(name), "{name}");
        }
        for name in [
            "NextToken",
            "PageToken",
            "ClientToken",
            "SecretId",
            "SecretName",
            "AccessKeyId",
            "PasswordExpireTime",
            "Tokenizer",
            "Bypasswd2",
            "Key",
            "Data",
            "Value",
        ] {
            assert!(!seems_secret(name), "{name}");
        }
    }
}
