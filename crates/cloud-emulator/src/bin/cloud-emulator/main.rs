//! The emulator as a program: it says where it is, then one line for each request.

mod arguments;
mod faults;
mod greeting;
mod line;

use std::convert::Infallible;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};

use cloud_emulator::{Clock, Emulator, EmulatorBuilder, RecordedRequest};

use arguments::{Options, Output, Wish};

/// So many lines wait for somebody who reads slowly. More are left out, since the emulator waits for nobody.
const LINES: usize = 1_024;

/// A mistake in how it was started, as opposed to a failure.
const MISUSE: u8 = 2;

fn main() -> ExitCode {
    match arguments::read(lexopt::Parser::from_env()) {
        Ok(Wish::Show(text)) => {
            // Whoever closes it early has read enough.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Ok(Wish::Serve(options)) => {
            let Err(problem) = serve(&options);
            complain(&problem)
        }
        Err(error) => complain(&format!(
            "{error}\nhelp: `cloud-emulator --help` lists the options"
        )),
    }
}

fn complain(problem: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "error: {problem}");
    ExitCode::from(MISUSE)
}

/// Serves until the program is ended. Ctrl-C does that as it does to any program: there is nothing to put away.
fn serve(options: &Options) -> Result<Infallible, String> {
    let (sender, requests) = mpsc::sync_channel(LINES);
    let emulator = builder(options)
        .on_request(move |request| drop(sender.try_send(request.clone())))
        .start_blocking()
        .map_err(|error| problem(options, &error))?;
    if options.exits_with_stdin {
        std::thread::spawn(|| {
            let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
            // Not by way of the main thread, which may be waiting for somebody to read.
            std::process::exit(0);
        });
    }
    // Once nobody reads any more it still serves.
    let _ = tell(&emulator, options.output, &requests);
    loop {
        std::thread::park();
    }
}

fn builder(options: &Options) -> EmulatorBuilder {
    let clock = Clock::system();
    clock.shift(options.clock_shift);
    let mut builder = Emulator::builder().port(options.port).clock(clock);
    for path in &options.tables {
        builder = builder.tables(path);
    }
    for rule in &options.rules {
        builder = builder.fail(rule.clone());
    }
    if let Some(path) = &options.data {
        builder = builder.data(path);
    }
    if let Some(seed) = options.seed {
        builder = builder.seed(seed);
    }
    if options.requires_metadata_token {
        builder = builder.require_metadata_token();
    }
    builder
}

fn problem(options: &Options, error: &io::Error) -> String {
    let port = options.port;
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} is taken\nhelp: `--port 0` takes one that is free")
        }
        io::ErrorKind::PermissionDenied => {
            format!("port {port} may not be used: {error}\nhelp: `--port 0` takes one that may")
        }
        _ => error.to_string(),
    }
}

/// Writes what comes, until nobody reads it.
fn tell(
    emulator: &Emulator,
    output: Output,
    requests: &Receiver<RecordedRequest>,
) -> io::Result<()> {
    let (mut out, mut err) = (io::stdout(), io::stderr());
    match output {
        Output::Lines => {
            let is_coloured = is_coloured(out.is_terminal());
            write(&mut out, &greeting::page(emulator))?;
            follow(&mut out, requests, |request| line::of(request, is_coloured))
        }
        Output::Environment => {
            let is_coloured = is_coloured(err.is_terminal());
            // Written at once, so that a script that finds anything finds all of it.
            write(&mut out, &greeting::exports(emulator))?;
            write(&mut err, &greeting::page(emulator))?;
            follow(&mut err, requests, |request| line::of(request, is_coloured))
        }
        Output::Json => {
            write(&mut out, &greeting::json(emulator))?;
            follow(&mut out, requests, line::json)
        }
    }
}

fn follow(
    stream: &mut impl Write,
    requests: &Receiver<RecordedRequest>,
    line: impl Fn(&RecordedRequest) -> String,
) -> io::Result<()> {
    requests
        .iter()
        .try_for_each(|request| write(stream, &line(&request)))
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// <https://no-color.org>
fn is_coloured(is_terminal: bool) -> bool {
    is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
