//! The types that a module can name.

use std::collections::HashMap;

use crate::model::{Service, Type, TypeDef, TypeKind};

use super::RenderError;

/// The types of a module, and those that the whole service shares. A type of the module's own hides a shared one of its name.
#[derive(Clone, Copy)]
pub struct Types<'a> {
    own: &'a [TypeDef],
    shared: &'a Shared<'a>,
}

/// The shared types of a service by name.
pub type Shared<'a> = HashMap<&'a str, &'a TypeDef>;

/// The shared types of a service by name.
pub fn shared(service: &Service) -> Shared<'_> {
    service
        .types
        .iter()
        .map(|definition| (definition.name.as_str(), definition))
        .collect()
}

impl<'a> Types<'a> {
    /// The types that a module with types of its own can name.
    pub fn new(own: &'a [TypeDef], shared: &'a Shared<'a>) -> Self {
        Self { own, shared }
    }

    /// The definition of a type.
    pub fn find(&self, name: &str) -> Result<&'a TypeDef, RenderError> {
        let own = self.own.iter().find(|definition| definition.name == name);
        own.or_else(|| self.shared.get(name).copied())
            .ok_or_else(|| RenderError(format!("no type is called `{name}`")))
    }

    /// Whether functions take `impl Into` of the type: it is mostly given as a literal, or as something that it wraps.
    pub fn converts(&self, ty: &Type) -> Result<bool, RenderError> {
        match ty {
            Type::String
            | Type::Secret
            | Type::Json
            | Type::UnixSeconds
            | Type::UnixMillis
            | Type::DownloadUrl
            | Type::Text(_)
            | Type::JsonText(_)
            | Type::SecretJson(_) => Ok(true),
            Type::Named(name) => Ok(matches!(self.find(name)?.kind, TypeKind::Enum { .. })),
            Type::Bool
            | Type::Flag
            | Type::Hour
            | Type::I32
            | Type::I64
            | Type::U64
            | Type::F64
            | Type::List(_)
            | Type::Map(_) => Ok(false),
        }
    }
}
