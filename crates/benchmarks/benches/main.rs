//! What the clients and the generator cost, against the best code one could write by hand. `README.md` has the results.
//!
//! `cargo bench -p benchmarks` measures everything, `cargo bench -p benchmarks -- decoding calls` only these parts.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for the terminal that ends when something does not work"
)]

mod building;
mod calls;
mod decoding;
mod encoding;
mod fixtures;
mod generating;
mod harness;
mod signing;
mod synthetic;
mod tools;
mod tuned;

use harness::Mode;

type Part = (&'static str, fn(Mode));

const PARTS: [Part; 6] = [
    ("signing", signing::run),
    ("encoding", encoding::run),
    ("decoding", decoding::run),
    ("calls", calls::run),
    ("generating", generating::run),
    ("building", building::run),
];

fn main() {
    let (options, names): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with('-'));
    let mode = if options.iter().any(|option| option == "--bench") {
        Mode::Measure
    } else {
        Mode::Check
    };
    for (name, run) in PARTS {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            run(mode);
        }
    }
}
