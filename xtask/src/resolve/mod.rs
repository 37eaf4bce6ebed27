//! From specs to the model: names, types, rules and examples, each checked against all the others.

mod answer;
mod arguments;
mod carried;
mod completion;
mod conditions;
mod definition;
#[cfg(test)]
mod documents;
mod errors;
mod example;
mod exports;
mod field;
mod fits;
mod handed;
mod inherit;
mod json;
mod json_text;
mod limits;
mod literal;
mod names;
mod operation;
mod paging;
mod path;
mod placeholder;
mod provider;
mod remarks;
mod rules;
mod sample;
mod scope;
mod service;
mod shown;
mod sources;
#[cfg(test)]
mod tests;
mod types;
mod values;
mod waiting;
mod warnings;

use crate::diagnostics::Diagnostics;
use crate::model;
use crate::spec::{Providers, Specs};

/// Makes the model of every folder. It is only good for rendering if no mistake was reported, in this stage or before.
pub fn resolve(
    providers: &Providers<'_>,
    mut folders: Vec<Specs<'_>>,
    diagnostics: &mut Diagnostics,
) -> Vec<model::Service> {
    provider::report(providers, diagnostics);
    for specs in &mut folders {
        inherit::complete(specs, diagnostics);
    }
    let services: Vec<_> = folders
        .iter()
        .filter_map(|specs| Some((specs, service::resolve(specs, providers, diagnostics)?)))
        .collect();
    if diagnostics.errors() == 0 {
        for (specs, service) in &services {
            warnings::report(specs, service, diagnostics);
        }
    }
    services.into_iter().map(|(_, service)| service).collect()
}
