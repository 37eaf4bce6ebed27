//! `README.md`.

use crate::model::Service;

use super::RenderError;
use super::example;
use super::markdown::Markdown;
use super::overview::{Medium, overview};
use super::source::{generated_from, service_spec};
use super::types::Types;

const WIDTH: usize = 110;

/// The text of `README.md`.
pub fn render(service: &Service, types: Types<'_>) -> Result<String, RenderError> {
    let example = service
        .headline
        .map(|index| example::in_overview(service, &service.operations[index], types))
        .transpose()?;
    let mut doc = Markdown::new("", WIDTH);
    doc.heading(1, &service.crate_name);
    overview(service, Medium::Readme, example.as_deref(), &mut doc);
    let header = format!("<!-- {} -->", generated_from(&service_spec(service)));
    Ok(format!("{header}\n\n{}", doc.finish()))
}
