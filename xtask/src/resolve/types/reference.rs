//! References to types: what each means.

use super::{BUILT_IN, Owner, Types};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::Type;
use crate::prose::one_of;
use crate::source::Span;
use crate::spec::{Text, TypeRef};
use crate::yaml::is_odd;

/// How many lists and maps may be around a name. Answers that are nested deeper have names for what is in them.
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
                    format!("lists and maps in one another, {} deep", ty.depth()),
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
        Some(match ty {
            TypeRef::Named(name) => self.named(*name, owner, diagnostics)?,
            TypeRef::List(inner, _) => {
                Type::List(Box::new(self.nested(inner, owner, diagnostics)?))
            }
            TypeRef::Map(inner, _) => {
                Type::Map(Box::new(self.nested(inner, owner, diagnostics)?))
            }
        })
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
