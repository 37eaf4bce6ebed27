//! From specs to the model: names, types, rules and examples, each checked against all the others.

mod answer;
mod arguments;
mod definition;
mod errors;
mod example;
mod field;
mod literal;
mod names;
mod operation;
mod rules;
mod scope;
mod service;
mod types;
mod values;

use crate::diagnostics::Diagnostics;
use crate::model;
use crate::spec::Specs;

/// Makes the model of every folder. It is only good for rendering if no mistake was reported, in this stage or before.
pub fn resolve(folders: &[Specs<'_>], diagnostics: &mut Diagnostics) -> Vec<model::Service> {
    folders
        .iter()
        .filter_map(|specs| service::resolve(specs, diagnostics))
        .collect()
}
