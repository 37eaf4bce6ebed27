//! The macros of generated code: one line for each field of a record, and for each value of an enum.
//!
//! They take apart what they are given in one step, without recursion, and leave no work to the compiler that a shared function of
//! this crate can do: a service has thousands of fields.

mod enums;
mod operation;
mod records;
