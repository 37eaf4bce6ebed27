//! Records and enums.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Field, Type};

/// A record or an enum.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum TypeDef {
    /// A set of known values.
    Enum {
        /// The values.
        values: Vec<EnumValue>,
    },
    /// Named members.
    Record {
        /// The members.
        #[serde(default)]
        fields: Vec<Field>,
    },
}

/// A value of an enum.
#[derive(Debug, Deserialize)]
pub(crate) struct EnumValue {
    /// Its canonical spelling: text or a number.
    pub value: Value,
    /// Other spellings.
    #[serde(default)]
    pub aliases: Vec<Value>,
    /// Whether it is on its way out.
    #[serde(default)]
    pub deprecated: bool,
}

/// The types that an operation can use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Types<'t> {
    pub(super) own: &'t HashMap<String, TypeDef>,
    pub(super) shared: &'t HashMap<String, TypeDef>,
}

impl<'t> Types<'t> {
    /// The type of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&'t TypeDef> {
        self.own.get(name).or_else(|| self.shared.get(name))
    }

    /// The members of a record.
    pub(crate) fn record(&self, name: &str) -> Option<&'t [Field]> {
        match self.get(name)? {
            TypeDef::Record { fields } => Some(fields),
            TypeDef::Enum { .. } => None,
        }
    }

    /// The members of the record that a type is, or that it has in lists.
    pub(crate) fn members(&self, ty: &Type) -> Option<&'t [Field]> {
        match ty {
            Type::Named(name) => self.record(name),
            Type::List((item,)) => self.members(item),
            Type::Map { .. } | Type::Text { .. } | Type::Json { .. } | Type::Scalar(_) => None,
        }
    }
}
