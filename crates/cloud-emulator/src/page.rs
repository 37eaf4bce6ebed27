//! The web page of the emulator. It is three files that stay what they are; what it shows it asks the emulator's own API for.

use http::{Method, StatusCode};

use crate::origin;
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
    is_wanted.then(|| match origin::check(request) {
        Ok(()) => file("text/html; charset=utf-8", HTML),
        Err(problem) => Reply::text(StatusCode::FORBIDDEN, format!("{problem}\n")),
    })
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
