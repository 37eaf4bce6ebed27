//! `pages`: the parameters that turn them, and the members that they are made of.

use super::path::{Answer, Lists, end};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{Field, Member, PagedBy, Paging, PagingParameter, Type};
use crate::prose::all_of;
use crate::source::Span;
use crate::spec::{self, Pages, Text};
use crate::yaml::Atom;

/// What pages are resolved against.
pub struct Turned<'m> {
    /// The operation's name.
    pub action: &'m str,
    /// Its parameters.
    pub request: &'m [Field],
    /// What the spec says about those, in the same order.
    pub parameters: &'m [&'m spec::Field<'m>],
    /// What it answers.
    pub answer: Answer<'m>,
    /// Its key `pages`, to point at for what its service says.
    pub place: Span,
}

/// How the position of a page is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Offset,
    Page,
    Token,
}

impl Turned<'_> {
    /// Resolves `pages`.
    pub fn resolve(&self, pages: &Pages<'_>, diagnostics: &mut Diagnostics) -> Option<Paging> {
        let (kind, position) = self.position(pages, diagnostics)?;
        report_other_keys(pages, kind, diagnostics);
        let wanted = match kind {
            Kind::Offset | Kind::Page => INTEGER,
            Kind::Token => TEXT,
        };
        let position = self.parameter(position, wanted, diagnostics);
        let limit = pages
            .limit
            .map(|limit| self.parameter(limit, INTEGER, diagnostics));
        let items: Vec<Option<Vec<Member>>> = pages
            .items
            .iter()
            .map(|path| self.member(*path, LIST, diagnostics))
            .collect();
        let total = pages
            .total
            .map(|path| self.member(path, INTEGER, diagnostics));
        let by = match kind {
            Kind::Offset => Some(PagedBy::Offset),
            Kind::Page => Some(PagedBy::Page {
                first: pages.first.map_or(1, |first| first.value),
            }),
            Kind::Token => self
                .next(pages, diagnostics)
                .map(|next| PagedBy::Token { next }),
        };
        Some(Paging {
            by: by?,
            position: position?,
            limit: match limit {
                Some(limit) => Some(limit?),
                None => None,
            },
            items: items.into_iter().collect::<Option<_>>()?,
            total: match total {
                Some(total) => Some(total?),
                None => None,
            },
        })
    }

    /// The one parameter that tells a page from the next.
    fn position<'t>(
        &self,
        pages: &Pages<'t>,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Kind, Text<'t>)> {
        let given: Vec<(Kind, Text<'t>)> = [
            (Kind::Offset, pages.offset),
            (Kind::Page, pages.page),
            (Kind::Token, pages.token),
        ]
        .into_iter()
        .filter_map(|(kind, name)| Some((kind, name?)))
        .collect();
        match given.as_slice() {
            [(kind, name)] => Some((*kind, *name)),
            [] => {
                diagnostics.push(
                    Diagnostic::error(
                        codes::PAGED_BY,
                        pages.place,
                        "`pages` does not say what tells a page from the next",
                    )
                    .help("add `offset:`, `page:` or `token:` with the parameter that does"),
                );
                None
            }
            [(_, first), (_, second), ..] => {
                diagnostics.push(
                    Diagnostic::error(
                        codes::PAGED_BY,
                        second.span,
                        "two parameters tell a page from the next",
                    )
                    .also(first.span, "this is the other")
                    .help("keep the one that the page of the provider recommends, and say so in `quirks`"),
                );
                None
            }
        }
    }

    fn parameter(
        &self,
        name: Text<'_>,
        wanted: Wanted,
        diagnostics: &mut Diagnostics,
    ) -> Option<PagingParameter> {
        let found = self
            .request
            .iter()
            .position(|field| field.wire == name.value);
        let Some((field, spec)) =
            found.and_then(|index| Some((self.request.get(index)?, self.parameters.get(index)?)))
        else {
            let names: Vec<&str> = self.request.iter().map(|field| &*field.wire).collect();
            let message = format!("`{}` has no parameter `{}`", self.action, name.value);
            diagnostics.push(if name.span.file == self.place.file {
                Diagnostic::error(codes::UNKNOWN_STEP, name.span, message).suggest(
                    closest(name.value, names.iter().copied()),
                    || match names.as_slice() {
                        [] => "it has no parameters at all".to_owned(),
                        names => format!("it has {}", all_of(names)),
                    },
                )
            } else {
                Diagnostic::error(codes::UNKNOWN_STEP, self.place, message)
                    .also(name.span, "the service says so for all its operations")
                    .help("name the parameters of this operation in its own `pages`")
            });
            return None;
        };
        if !wanted.takes(&field.ty) {
            let finding = Diagnostic::error(
                codes::WRONG_STEP,
                name.span,
                format!("the parameter `{}` is not {}", name.value, wanted.what),
            );
            diagnostics.push(match &spec.ty {
                Some(ty) => finding
                    .also(ty.span(), "its type")
                    .help("name another parameter, or correct its type"),
                None => finding,
            });
            return None;
        }
        let default = spec.default.and_then(|node| match node.atom()? {
            Atom::Integer(number) => u64::try_from(number).ok(),
            _ => None,
        });
        Some(PagingParameter {
            wire: field.wire.clone(),
            name: field.name.clone(),
            ty: field.ty.clone(),
            default,
        })
    }

    fn member(
        &self,
        path: Text<'_>,
        wanted: Wanted,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Member>> {
        // What the service says for all its operations is wrong in this one.
        let span = if path.span.file == self.place.file {
            path.span
        } else {
            self.place
        };
        let path = Text { span, ..path };
        let (members, _) = self.answer.walk(path, Lists::Never, diagnostics)?;
        if !wanted.takes(end(&members)?) {
            diagnostics.push(
                Diagnostic::error(
                    codes::WRONG_STEP,
                    path.span,
                    format!("`{}` is not {}", path.value, wanted.what),
                )
                .help("name another member, or correct its type"),
            );
            return None;
        }
        Some(members)
    }

    /// The member that holds the token of the next page.
    fn next(&self, pages: &Pages<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<Member>> {
        if let Some(next) = pages.next {
            return self.member(next, TEXT, diagnostics);
        }
        let token = pages.token?;
        if self
            .answer
            .fields
            .iter()
            .any(|field| field.wire == token.value)
        {
            return self.member(token, TEXT, diagnostics);
        }
        diagnostics.push(
            Diagnostic::error(
                codes::UNKNOWN_STEP,
                token.span,
                format!("the answer has no `{}` of its own", token.value),
            )
            .label("the next page's token should be there")
            .help("add `next:` with the member of the answer that holds the token"),
        );
        None
    }
}

/// What a parameter or a member has to be.
#[derive(Clone, Copy)]
struct Wanted {
    what: &'static str,
    fits: fn(&Type) -> bool,
}

const INTEGER: Wanted = Wanted {
    what: "an integer",
    fits: |ty| matches!(ty, Type::I32 | Type::I64 | Type::U64),
};
const TEXT: Wanted = Wanted {
    what: "text",
    fits: |ty| *ty == Type::String,
};
const LIST: Wanted = Wanted {
    what: "a list",
    fits: |ty| matches!(ty, Type::List(_)),
};

impl Wanted {
    /// Whether a type is right; one that means nothing was reported and is not to be reported again.
    fn takes(self, ty: &Type) -> bool {
        (self.fits)(ty) || *ty == Type::Named(String::new())
    }
}

/// Reports keys that mean nothing for how the pages are told apart.
fn report_other_keys(pages: &Pages<'_>, kind: Kind, diagnostics: &mut Diagnostics) {
    let first = pages.first.map(|first| first.span);
    let next = pages.next.map(|next| next.span);
    for (key, span, of, why) in [
        (
            "first",
            first,
            Kind::Page,
            "only numbers of pages, `page`, have a first one",
        ),
        (
            "next",
            next,
            Kind::Token,
            "only a `token` comes from the answer",
        ),
    ] {
        if let Some(span) = span.filter(|_| kind != of) {
            diagnostics.push(
                Diagnostic::error(
                    codes::DOES_NOT_APPLY,
                    span,
                    format!("`{key}` means nothing here"),
                )
                .label(why)
                .help(format!("remove `{key}`")),
            );
        }
    }
}
