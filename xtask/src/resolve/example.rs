//! The examples of an operation, held against it.

use super::answer::{Surrounding, answer};
use super::arguments;
use super::json::json;
use super::literal::Lookup;
use super::scope::as_field;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{Call, Example, Field, ScopeField};
use crate::spec;

/// What examples are held against.
pub struct Signature<'m> {
    /// The operation's name.
    pub action: &'m str,
    /// What is around and beside the data of its answers, if that is known.
    pub envelope: Option<Surrounding<'m>>,
    /// Its scope parameters.
    pub scope: &'m [ScopeField],
    /// Its other parameters.
    pub request: &'m [Field],
    /// What the spec says about those, in the same order.
    pub parameters: &'m [&'m spec::Field<'m>],
    /// What it answers.
    pub response: &'m [Field],
    /// The types of all of them.
    pub types: Lookup<'m>,
}

impl Signature<'_> {
    /// Resolves the examples.
    pub fn examples(
        &self,
        examples: &[spec::Example<'_>],
        diagnostics: &mut Diagnostics,
    ) -> Vec<Example> {
        let scope: Vec<Field> = self.scope.iter().map(as_field).collect();
        examples
            .iter()
            .map(|example| self.example(example, &scope, diagnostics))
            .collect()
    }

    fn example(
        &self,
        example: &spec::Example<'_>,
        scope: &[Field],
        diagnostics: &mut Diagnostics,
    ) -> Example {
        if example.request.is_none() && example.response.is_none() {
            diagnostics.push(
                Diagnostic::error(codes::EMPTY, example.place, "an example of nothing")
                    .help("give it a `request`, a `response` or both"),
            );
        }
        let request = example.request.and_then(|node| {
            let parameters = self.parameters.iter().map(|field| Some(*field));
            let scope = scope.iter().map(|field| (field, None));
            let fields = self.request.iter().zip(parameters).chain(scope);
            let owner = format!("`{}`", self.action);
            let (arguments, setters) = arguments::fill(
                fields,
                node.entries()?,
                &owner,
                node.span,
                &self.types,
                diagnostics,
            );
            Some(Call { arguments, setters })
        });
        let response = example
            .response
            .and_then(|node| answer(node, self.response, self.envelope?, self.types, diagnostics));
        // What is no JSON in it has been reported with the arguments.
        let sent = example
            .request
            .and_then(|node| json(node, &mut Diagnostics::default()));
        Example {
            title: example.title.map(|title| title.value.to_owned()),
            request,
            sent,
            response,
        }
    }
}
