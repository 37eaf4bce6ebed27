//! Mistakes of consumers that must not compile, each with a message that one understands: see `tests/cases`.
