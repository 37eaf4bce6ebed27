//! What a library says about why something failed.

use std::error::Error as StdError;
use std::io;

/// The messages of an error and its sources, outermost first, without repetitions.
pub(crate) fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let message = inner.to_string();
        if !text.contains(&message) {
            text.push_str(": ");
            text.push_str(&message);
        }
        source = inner.source();
    }
    text
}

/// Whether another attempt would fail the same way: TLS does not accept the server, or its name does not exist.
pub(crate) fn is_permanent(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref() {
            return is_permanent_in_tls(error);
        }
        next = match error.downcast_ref::<io::Error>() {
            Some(error) if is_unknown_name(error) => return true,
            // Its `source` passes over the error that it wraps.
            Some(error) => error
                .get_ref()
                .map(|inner| inner as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    false
}

fn is_permanent_in_tls(error: &rustls::Error) -> bool {
    use rustls::Error;
    matches!(
        error,
        Error::InvalidCertificate(_) | Error::NoCertificatesPresented | Error::PeerIncompatible(_)
    )
}

/// Whether name resolution says that a name has no address, rather than that it failed for now.
///
/// The standard library keeps the number of the failure on Windows, and only its text elsewhere.
fn is_unknown_name(error: &io::Error) -> bool {
    if cfg!(windows) {
        const HOST_NOT_FOUND: i32 = 11_001;
        const NO_DATA: i32 = 11_004;
        return matches!(error.raw_os_error(), Some(HOST_NOT_FOUND | NO_DATA));
    }
    let text = error.to_string();
    let reason = text.strip_prefix("failed to lookup address information: ");
    reason.is_some_and(|reason| {
        [
            "Name or service not known",
            "No address associated with hostname",
            // The BSDs and Apple.
            "nodename nor servname provided, or not known",
            "Name does not resolve",
            "Name has no usable address",
        ]
        .contains(&reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_failure_of_name_resolution_is_not_permanent() {
        for (reason, permanent) in [
            ("Name or service not known", !cfg!(windows)),
            ("Temporary failure in name resolution", false),
            ("Try again", false),
        ] {
            let text = format!("failed to lookup address information: {reason}");
            assert_eq!(is_permanent(&io::Error::other(text)), permanent, "{reason}");
        }
    }

    #[test]
    fn what_an_io_error_wraps_counts() {
        let rejected = rustls::Error::NoCertificatesPresented;
        assert!(is_permanent(&io::Error::other(io::Error::other(rejected))));
        let cut = rustls::Error::HandshakeNotComplete;
        assert!(!is_permanent(&io::Error::other(cut)));
        assert!(!is_permanent(&io::Error::from(
            io::ErrorKind::ConnectionReset
        )));
    }
}
