//! Events about keys, for subscribers of `tracing`. Without the feature there is nothing here that does anything.

use crate::credentials::Found;
use crate::error::Error;
use crate::protocol::Protocol;

/// A key was found. What is wrong with its place is a warning, since nobody else says it unasked.
#[cfg(feature = "tracing")]
pub(crate) fn found_key(protocol: &dyn Protocol, found: &Found) {
    let (provider, place) = (protocol.id(), &*found.place);
    tracing::debug!("rpc.system.name" = provider, place, "credentials found");
    for warning in &found.warnings {
        tracing::warn!("rpc.system.name" = provider, place, "{warning}");
    }
}

/// No new key could be found, and the old one is used as long as it is good.
#[cfg(feature = "tracing")]
pub(crate) fn kept_old_key(protocol: &dyn Protocol, error: &Error) {
    let provider = protocol.id();
    tracing::warn!(
        "rpc.system.name" = provider,
        "error.type" = error.kind().as_str(),
        "no new credentials: {error}"
    );
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn found_key(_: &dyn Protocol, _: &Found) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn kept_old_key(_: &dyn Protocol, _: &Error) {}
