//! Sources: where things are from that the provider's pages do not have.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::prose::all_of;
use crate::spec::{Service, Text};

/// The sources of a service, by the names that `from` uses.
pub struct Sources<'t> {
    prose: HashMap<&'t str, &'t str>,
}

impl<'t> Sources<'t> {
    /// The sources that `service.yaml` names.
    pub fn of(service: &Service<'t>) -> Self {
        let sources = service.sources.iter();
        Self {
            prose: sources
                .map(|(name, prose)| (name.value, prose.value))
                .collect(),
        }
    }

    /// What a source is, in words. One that is not there is reported.
    pub fn find(&self, name: Text<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
        let found = self.prose.get(name.value);
        if found.is_none() {
            let mut names: Vec<&str> = self.prose.keys().copied().collect();
            names.sort_unstable();
            let message = format!("`service.yaml` does not have the source `{}`", name.value);
            diagnostics.push(
                Diagnostic::error(codes::UNKNOWN_SOURCE, name.span, message).suggest(
                    closest(name.value, names.iter().copied()),
                    || match names.as_slice() {
                        [] => format!(
                            "add it there, as in `sources: {{ {}: \"in the official SDKs\" }}`",
                            name.value
                        ),
                        names => format!("its sources are {}", all_of(names)),
                    },
                ),
            );
        }
        found.map(|prose| (*prose).to_owned())
    }
}
