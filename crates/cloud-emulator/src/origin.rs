//! Who may use the emulator's own API and see its page: programs of this computer, and that page. Pages of other sites may not, though
//! the browser of this computer would send their requests.

use crate::request::Request;

const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Says why a request may come from a page of another site.
pub(crate) fn check(request: &Request) -> Result<(), &'static str> {
    let is_own = |host: &str| {
        NAMES.iter().any(|name| {
            let with_port = format!("{name}:{}", request.port);
            host.eq_ignore_ascii_case(&with_port)
                || (request.port == 80 && host.eq_ignore_ascii_case(name))
        })
    };
    // A name of another site may lead to this computer.
    let host = request.header("host").unwrap_or_default();
    if !is_own(&host) {
        return Err(
            "the header Host must be 127.0.0.1, localhost or [::1], with the emulator's port",
        );
    }
    let origin = request.header("origin");
    let is_foreign = |origin: &str| !origin.strip_prefix("http://").is_some_and(is_own);
    if origin.is_some_and(|origin| is_foreign(&origin)) {
        return Err("the header Origin must be the emulator's own");
    }
    Ok(())
}

/// Whether a browser says that a page of another site sends it. A link may lead to a page; nothing else may come from there.
pub(crate) fn is_cross_site(request: &Request) -> bool {
    let site = request.header("sec-fetch-site");
    site.is_some_and(|site| site != "same-origin" && site != "none")
}
