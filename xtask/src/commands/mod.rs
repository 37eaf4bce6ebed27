//! The commands, one module each.

pub mod generate;
pub mod test;
