//! Nothing but tests: those of `cloud-core` that are about calls, once more, with the blocking client.
