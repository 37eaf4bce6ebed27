//! Answers that seem to come in pages.

use super::Defined;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{self, Type, TypeKind};
use crate::spec::Operation;

/// The parameters that usually turn pages, with those that usually size them.
const USUAL: &[(&str, &str, Option<&str>)] = &[
    ("offset", "Offset", Some("Limit")),
    ("page", "PageNumber", Some("PageSize")),
    ("page", "PageNo", Some("PageSize")),
    ("token", "NextToken", None),
];

/// Reports an operation with the usual parameters of pages that does not say how they are turned.
pub fn report(
    operation: &Operation<'_>,
    resolved: &model::Operation,
    types: Defined<'_>,
    diagnostics: &mut Diagnostics,
) {
    if operation.pages.is_some() {
        return;
    }
    let parameter = |name: &str| {
        operation
            .request
            .iter()
            .find(|field| field.name.value == name)
    };
    let usual = USUAL.iter().find_map(|(key, position, limit)| {
        let limit_is_there = limit.is_none_or(|limit| parameter(limit).is_some());
        Some((key, parameter(position)?, limit)).filter(|_| limit_is_there)
    });
    let Some((key, position, limit)) = usual else {
        return;
    };
    let lists = lists_in(&resolved.response, types, 0);
    let Some(list) = lists.first() else {
        return;
    };
    let name = position.name.value;
    let mut pages = format!("{key}: {name}");
    if let Some(limit) = limit {
        pages.push_str(&format!(", limit: {limit}"));
    }
    pages.push_str(&format!(", items: {list}"));
    let total = resolved
        .response
        .iter()
        .find(|field| ["TotalCount", "Total"].contains(&&*field.wire));
    if let Some(total) = total {
        pages.push_str(&format!(", total: {}", total.wire));
    }
    diagnostics.push(
        Diagnostic::warning(
            codes::NO_PAGES,
            position.name.span,
            format!(
                "the answer of `{}` seems to come in pages",
                operation.action
            ),
        )
        .label("such a parameter turns them")
        .help(format!("say how: `pages: {{ {pages} }}`")),
    );
}

/// The lists of an answer, by their paths through records. Records within records within records are no answers of pages.
fn lists_in(fields: &[model::Field], types: Defined<'_>, depth: usize) -> Vec<String> {
    let mut lists = Vec::new();
    for field in fields {
        match (&field.ty, types.get(&field.ty)) {
            (Type::List(_), _) => lists.push(field.wire.clone()),
            (_, Some(TypeKind::Record { fields, .. })) if depth < 2 => {
                let inner = lists_in(fields, types, depth + 1);
                lists.extend(inner.iter().map(|path| format!("{}.{path}", field.wire)));
            }
            _ => {}
        }
    }
    lists
}
