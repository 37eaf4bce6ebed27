//! The web page of the emulator. It is three files that stay what they are; what it shows it asks the emulator's own API for.

use http::{Method, StatusCode};

use crate::reply::Reply;
use crate::request::Request;

const HTML: &str = include_str!("../page/page.html");
const CSS: &str = include_str!("../page/page.css");
const SCRIPT: &str = include_str!("../page/page.js");

/// Nothing from anywhere else, and nothing inside of the page: what a request brought could not run even if it got there.
const POLICY: &str = "default-src 'none'; connect-src 'self'; img-src data:; script-src 'self'; style-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page for a browser; `None` for anybody else.
pub(crate) fn for_browser(request: &Request) -> Option<Reply> {
    let accepts = request.header("accept").unwrap_or_default();
    let is_wanted =
        request.method == Method::GET && request.path == "/" && accepts.contains("text/html");
    is_wanted.then(|| file("text/html; charset=utf-8", HTML))
}

/// A file that the page needs, below the path of the emulator's own API.
pub(crate) fn part(path: &str) -> Option<Reply> {
    match path {
        "page.css" => Some(file("text/css; charset=utf-8", CSS)),
        "page.js" => Some(file("text/javascript; charset=utf-8", SCRIPT)),
        _ => None,
    }
}

fn file(content_type: &'static str, text: &'static str) -> Reply {
    Reply::new(StatusCode::OK, content_type, text)
        .header("content-security-policy", POLICY)
        .header("x-content-type-options", "nosniff")
        .header("cache-control", "no-cache")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::HTML;
    use crate::fault::Fault;

    /// The name of a fault: all of its JSON, or its only key.
    fn kind(fault: &Fault) -> String {
        match serde_json::to_value(fault).unwrap() {
            Value::String(name) => name,
            Value::Object(fault) => fault.keys().next().unwrap().clone(),
            other => panic!("{other}"),
        }
    }

    /// The names of all faults, from what serde says about a name that is not among them.
    fn kinds() -> BTreeSet<String> {
        let error = serde_json::from_str::<Fault>(r#""unknown""#).unwrap_err();
        let error = error.to_string();
        let (_, expected) = error.split_once("expected one of ").unwrap();
        let names = expected.split('`').skip(1).step_by(2);
        names.map(str::to_owned).collect()
    }

    /// The form offers each kind of fault once, in a form that the API takes.
    #[test]
    fn the_form_offers_every_kind_of_fault_once() {
        let list = HTML.split_once(r#"id="fault-kind""#).unwrap().1;
        let list = list.split_once("</select>").unwrap().0;
        let options = list.split("value='").skip(1);
        let offered: Vec<String> = options
            .map(|option| serde_json::from_str(option.split_once('\'').unwrap().0).unwrap())
            .map(|fault| kind(&fault))
            .collect();
        let distinct: BTreeSet<String> = offered.iter().cloned().collect();
        assert_eq!(distinct, kinds());
        assert_eq!(distinct.len(), offered.len(), "{offered:?}");
        assert!(distinct.contains("closed") && distinct.contains("transient"));
    }
}
