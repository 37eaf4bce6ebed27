//! References to types: what each means.

use super::{Owner, Types};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{BUILT_IN, Carried, IN_TEXT, Type};
use crate::prose::one_of;
use crate::source::Span;
use crate::spec::{Text, TypeKind, TypeRef, Wrapping};
use crate::yaml::is_odd;

/// How much may be around a name. Answers that are nested deeper have names for what is in them.
const MAX_DEPTH: usize = 4;

impl<'t> Types<'_, 't> {
    /// What a reference means. One that means nothing is reported.
    pub fn resolve(
        &self,
        ty: &TypeRef<'t>,
        owner: Owner,
        diagnostics: &mut Diagnostics,
    ) -> Option<Type> {
        if ty.depth() > MAX_DEPTH {
            diagnostics.push(
                Diagnostic::error(
                    codes::TOO_DEEP,
                    ty.span(),
                    format!("lists, maps and texts in one another, {} deep", ty.depth()),
                )
                .label(format!("at most {MAX_DEPTH} are good"))
                .help("define a record for what is inside"),
            );
            return None;
        }
        self.nested(ty, owner, diagnostics)
    }

    fn nested(
        &self,
        ty: &TypeRef<'t>,
        owner: Owner,
        diagnostics: &mut Diagnostics,
    ) -> Option<Type> {
        let (wrapping, inner, span) = match ty {
            TypeRef::Named(name) => return self.named(*name, owner, diagnostics),
            TypeRef::Wrapped(wrapping, inner, span) => (*wrapping, inner, *span),
        };
        if wrapping == Wrapping::Text {
            return self.in_text(inner, owner, diagnostics).map(Type::Text);
        }
        let of = self.nested(inner, owner, diagnostics)?;
        if of == Type::Flag {
            let message = "a flag in a list, a map or text";
            let mend = "write `[i64]` or `{ map: i64 }` and say what the numbers mean; `{ text: flag }` is a flag in text";
            diagnostics.push(Diagnostic::error(codes::NOT_INSIDE, span, message).help(mend));
            return None;
        }
        match wrapping {
            Wrapping::List => Some(Type::List(Box::new(of))),
            Wrapping::Map => Some(Type::Map(Box::new(of))),
            Wrapping::Text | Wrapping::Json if self.has_parts(&of, owner) => {
                Some(Type::JsonText(Box::new(of)))
            }
            Wrapping::Text | Wrapping::Json => {
                let finding = Diagnostic::error(
                    codes::NOT_INSIDE,
                    inner.span(),
                    format!("JSON in text that is `{}` alone", inner.innermost().value),
                );
                diagnostics.push(finding.help(
                    "JSON in text is `any`, a record, a list or a map; text that holds a number is `{ text: i64 }`",
                ));
                None
            }
        }
    }

    /// What text can hold.
    fn in_text(
        &self,
        inner: &TypeRef<'t>,
        owner: Owner,
        diagnostics: &mut Diagnostics,
    ) -> Option<Carried> {
        let Text { value: name, span } = inner.innermost();
        let carried = IN_TEXT.iter().find(|(word, _)| *word == name);
        if let (Some((_, carried)), TypeRef::Named(_)) = (carried, inner) {
            return Some(carried.clone());
        }
        // What is unknown has been reported.
        let ty = self.nested(inner, owner, diagnostics)?;
        let words: Vec<&str> = IN_TEXT.iter().map(|(word, _)| *word).collect();
        let finding = Diagnostic::error(codes::NOT_INSIDE, span, format!("no text holds `{name}`"));
        diagnostics.push(finding.help(match ty {
            ty if self.has_parts(&ty, owner) => {
                format!("write `{{ json: {name} }}` for JSON in text")
            }
            Type::String | Type::Text(_) | Type::DownloadUrl | Type::Named(_)
                if inner.depth() == 0 =>
            {
                format!("write `{name}` alone, which is text already")
            }
            _ => format!("text holds {}", one_of(&words)),
        }));
        None
    }

    /// Whether values of a type have other values in them.
    fn has_parts(&self, ty: &Type, owner: Owner) -> bool {
        match ty {
            Type::List(_) | Type::Map(_) | Type::Json => true,
            Type::Named(name) => self
                .by_rust_name(owner, name)
                .is_some_and(|known| matches!(known.def.kind, TypeKind::Record { .. })),
            _ => false,
        }
    }

    fn named(&self, name: Text<'t>, owner: Owner, diagnostics: &mut Diagnostics) -> Option<Type> {
        let Text { value: name, span } = name;
        let built_in = BUILT_IN
            .iter()
            .find(|(built_in, _)| *built_in == name)
            .map(|(_, ty)| ty.clone());
        let ty = built_in.or_else(|| {
            self.find(owner, name)
                .map(|index| Type::Named(self.known[index].name.clone()))
        });
        // A name with an odd character in it has been reported.
        if ty.is_none() && !name.contains(is_odd) {
            diagnostics.push(self.unknown(name, span, owner));
        }
        ty
    }

    fn unknown(&self, name: &str, span: Span, owner: Owner) -> Diagnostic {
        let finding = Diagnostic::error(
            codes::UNKNOWN_TYPE,
            span,
            format!("there is no type `{name}`"),
        );
        // Another operation's type is not to be had from here; that is worth saying, and costs a search only now.
        let elsewhere =
            self.private
                .iter()
                .zip(self.operations)
                .find_map(|(private, operation)| {
                    Some((
                        self.known[*private.get(name)?].def.name.span,
                        operation.action,
                    ))
                });
        if let Some((place, action)) = elsewhere {
            return finding
                .also(place, format!("only `{action}` has it"))
                .help("move the type to `types.yaml`: every operation can use it there");
        }
        if let Some(meant) = meant(name) {
            return finding.help(format!("write `{meant}`"));
        }
        let built_in: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        finding.suggest(
            closest(name, built_in.iter().copied().chain(self.names_of(owner))),
            || format!("define it in `types`, or use {}", one_of(&built_in)),
        )
    }
}

/// What a type in the words of another language means: `Vec<T>`, `T[]`, `Map<string, T>`.
fn meant(name: &str) -> Option<String> {
    if let Some(item) = name.strip_suffix("[]") {
        return Some(format!("[{}]", item.trim()));
    }
    let (outer, inner) = name.strip_suffix('>')?.split_once('<')?;
    match &*outer.trim().to_ascii_lowercase() {
        "array" | "list" | "repeated" | "set" | "vec" => Some(format!("[{}]", inner.trim())),
        "btreemap" | "dict" | "hashmap" | "map" | "object" => {
            let value = inner.split_once(',').map_or(inner, |(_, value)| value);
            Some(format!("{{ map: {} }}", value.trim()))
        }
        _ => None,
    }
}
