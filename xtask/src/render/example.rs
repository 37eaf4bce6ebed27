//! Examples: a request as the Rust code that makes it, and what a client does with it.

use crate::model::{Operation, Sample, Service, Verb};

use super::RenderError;
use super::literal::Code;
use super::source::import;
use super::types::Types;

/// How wide the code of an example gets before it is broken.
const WIDTH: usize = 90;

/// The example of an operation in its own documentation, where what every example has in common is hidden.
pub fn in_docs(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<String, RenderError> {
    let lib = &service.lib_name;
    let Parts { imports, body } = parts(service, operation, types)?;
    Ok(format!(
        "{imports}\n\
         \n\
         # async fn example() -> Result<(), {lib}::Error> {{\n\
         let client = Client::from_env()?;\n\
         {body}\n\
         # Ok(())\n\
         # }}"
    ))
}

/// The example of a crate: a whole function, since nothing can be hidden in a README.
pub fn in_overview(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<String, RenderError> {
    let lib = &service.lib_name;
    let Parts { imports, body } = parts(service, operation, types)?;
    let body = indented(&body, "    ");
    Ok(format!(
        "{imports}\n\
         \n\
         async fn example() -> Result<(), {lib}::Error> {{\n    \
             let client = Client::from_env()?;\n    \
             {body}\n    \
             Ok(())\n\
         }}"
    ))
}

/// What differs from example to example.
struct Parts {
    imports: String,
    body: String,
}

fn parts(service: &Service, operation: &Operation, types: Types<'_>) -> Result<Parts, RenderError> {
    let Sample { call, verb } = &operation.sample;
    let mut code = Code::new(types);
    code.of_root
        .extend(["Client".to_owned(), operation.request_name.clone()]);
    let calls = code.calls(
        &operation.request_name,
        operation.args_name.as_deref(),
        &operation.request,
        &call.arguments,
        &call.setters,
    )?;
    let request = chain("let request = ", &calls, ";");
    let use_it = match verb {
        Verb::Send => "let response = client.send(request).await?;\nprintln!(\"{response:?}\");",
        Verb::Wait => "let response = client.wait(request).await?;\nprintln!(\"{response:?}\");",
        Verb::Items => {
            "let mut items = client.items(request);\nwhile let Some(item) = items.next().await {\n    println!(\"{:?}\", item?);\n}"
        }
    };
    let lib = &service.lib_name;
    let module = format!("use {lib}::{}", operation.module);
    let imports = [
        import(&module, code.of_module.iter().map(String::as_str)),
        import(
            &format!("use {lib}"),
            code.of_root.iter().map(String::as_str),
        ),
    ];
    let imports: Vec<_> = imports.into_iter().flatten().collect();
    Ok(Parts {
        imports: imports.join("\n"),
        body: format!("{request}\n{use_it}"),
    })
}

/// Calls after one another: on one line if there is room, else one a line.
pub fn chain(before: &str, calls: &[String], after: &str) -> String {
    let line = format!("{before}{}{after}", calls.concat());
    if line.len() <= WIDTH && !line.contains('\n') {
        return line;
    }
    let Some((start, setters)) = calls.split_first() else {
        return line;
    };
    // After an argument that ends on a line of its own the calls stand below its end.
    let indent = if start.contains('\n') { "" } else { "    " };
    let setters: String = setters
        .iter()
        .map(|call| format!("\n{indent}{}", indented(call, indent)))
        .collect();
    format!("{before}{start}{setters}{after}")
}

/// All lines but the first moved to the right.
pub fn indented(code: &str, by: &str) -> String {
    code.replace('\n', &format!("\n{by}"))
}
