//! TLS by rustls with ring and the certificates that the operating system trusts.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls_platform_verifier::Verifier;

use super::reason::chain;
use crate::error::Error;

/// The cryptography. It is named wherever it is used, rather than installed for the whole process, which would get in the way of the
/// program's own choice.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Asks the operating system which certificates to trust.
pub(crate) fn verifier(provider: &Arc<CryptoProvider>) -> Result<Verifier, Error> {
    Verifier::new(Arc::clone(provider)).map_err(unusable)
}

pub(crate) fn unusable(error: rustls::Error) -> Error {
    Error::configuration(format!(
        "TLS can't be set up: {}; is a package of root certificates, such as ca-certificates, installed?",
        chain(&error)
    ))
}
