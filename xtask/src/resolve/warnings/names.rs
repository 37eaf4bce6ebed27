//! Documentation of fields that only repeats their names.

use heck::ToSnakeCase;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::spec::{Field, TypeDef, TypeKind};

/// Reports such documentation in the records of a list of types.
pub fn report_in_types(types: &[TypeDef<'_>], diagnostics: &mut Diagnostics) {
    for def in types {
        if let TypeKind::Record { fields, .. } = &def.kind {
            report(fields, diagnostics);
        }
    }
}

/// Reports such documentation of fields.
pub fn report(fields: &[Field<'_>], diagnostics: &mut Diagnostics) {
    for field in fields {
        let Some(doc) = field.doc else { continue };
        if repeats(field.name.value, doc.value) {
            diagnostics.push(
                Diagnostic::warning(
                    codes::REPEATED_NAME,
                    doc.span,
                    format!("the text of `{}` only repeats its name", field.name.value),
                )
                .help("say what it is of, what its values mean, or in which unit it counts"),
            );
        }
    }
}

/// Whether a text consists of the last words of a name, or of all of them, and of articles.
fn repeats(name: &str, doc: &str) -> bool {
    let name = name.to_snake_case();
    let words: Vec<String> = doc
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !matches!(word.as_str(), "a" | "an" | "its" | "the"))
        .collect();
    let said = words.concat();
    let name: Vec<&str> = name.split('_').collect();
    !said.is_empty() && (0..name.len()).any(|from| name[from..].concat() == said)
}

#[cfg(test)]
mod tests {
    use super::repeats;

    #[test]
    fn a_text_that_says_no_more_than_the_name_is_found() {
        for (name, doc) in [
            ("BackupId", "Id."),
            ("BackupId", "The backup id."),
            ("BackupId", "Backup ID"),
            ("Tags", "The tags."),
            ("VDiskId", "The vdisk id."),
        ] {
            assert!(repeats(name, doc), "{name}: {doc}");
        }
        for (name, doc) in [
            ("BackupId", "Id of the backup."),
            ("Tags", "Tags of the client."),
            ("Hostname", "Host name of the machine."),
            ("Limit", "How many to return at most."),
            ("Name", "\u{6d4b}\u{8bd5}"),
            ("Id", ""),
        ] {
            assert!(!repeats(name, doc), "{name}: {doc}");
        }
    }
}
