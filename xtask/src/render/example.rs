//! Examples: a request of a page as the Rust code that makes and sends it.

use crate::model::{Operation, Service};

use super::literal::Code;
use super::source::import;
use super::types::Types;
use super::{RenderError, placeholder};

/// How wide the code of an example gets before a call is put on a line of its own.
const WIDTH: usize = 90;

/// The example of an operation in its own documentation: what every example has in common is hidden.
pub fn in_docs(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<String, RenderError> {
    let lib = &service.lib_name;
    let Sample { imports, request } = sample(service, operation, types)?;
    Ok(format!(
        "{imports}\n\
         \n\
         # async fn example() -> Result<(), {lib}::Error> {{\n\
         let client = Client::from_env()?;\n\
         {request}\n\
         let response = client.send(request).await?;\n\
         println!(\"{{response:?}}\");\n\
         # Ok(())\n\
         # }}"
    ))
}

/// The same where nothing can be hidden.
pub fn in_readme(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<String, RenderError> {
    let lib = &service.lib_name;
    let Sample { imports, request } = sample(service, operation, types)?;
    let request = request.replace('\n', "\n    ");
    Ok(format!(
        "{imports}\n\
         \n\
         async fn example() -> Result<(), {lib}::Error> {{\n    \
             let client = Client::from_env()?;\n    \
             {request}\n    \
             let response = client.send(request).await?;\n    \
             println!(\"{{response:?}}\");\n    \
             Ok(())\n\
         }}"
    ))
}

/// What differs from example to example.
struct Sample {
    imports: String,
    request: String,
}

fn sample(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<Sample, RenderError> {
    let mut code = Code::new(types);
    code.names.insert("Client".to_owned());
    let placeholders;
    let call = match operation
        .examples
        .iter()
        .find_map(|example| example.request.as_ref())
    {
        Some(call) => call,
        None => {
            placeholders = placeholder::call(&operation.request, types)?;
            &placeholders
        }
    };
    let args = operation.args_name.as_deref();
    let calls = code.calls(
        &operation.request_name,
        args,
        &operation.request,
        &call.arguments,
        &call.setters,
    )?;
    let joined = format!("let request = {};", calls.concat());
    let request = if joined.len() <= WIDTH && !joined.contains('\n') {
        joined
    } else {
        // After an argument that ends on a line of its own the calls stand below its end.
        let line = if calls[0].contains('\n') {
            "\n"
        } else {
            "\n    "
        };
        let (start, setters) = calls.split_at(1);
        let setters: String = setters
            .iter()
            .map(|call| format!("{line}{}", call.replace('\n', line)))
            .collect();
        format!("let request = {}{setters};", start.concat())
    };
    let names = code.names.iter().map(String::as_str).collect();
    Ok(Sample {
        imports: import(&format!("use {}", service.lib_name), names).unwrap_or_default(),
        request,
    })
}
