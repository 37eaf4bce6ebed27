//! The emulator as a program: it says where it is, then one line for each request.

mod arguments;
mod faults;
mod greeting;
mod line;

use std::convert::Infallible;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};

use cloud_emulator::{Clock, Emulator, EmulatorBuilder, RecordedRequest};

use arguments::{Options, Output, Wish};

/// So many lines, of so many bytes, wait for a slow reader. More are left out: the emulator does not wait.
const LINES: usize = 1_024;
const LINES_BYTES: usize = 4 * 1_024 * 1_024;

/// A mistake in how it was started, as opposed to a failure.
const MISUSE: u8 = 2;

fn main() -> ExitCode {
    match arguments::read(lexopt::Parser::from_env()) {
        Ok(Wish::Show(text)) => show(&text),
        Ok(Wish::ShowEnvironment(options)) => {
            show(&greeting::exports(&builder(&options).environment()))
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

fn show(text: &str) -> ExitCode {
    // A reader that closes it early has read enough.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn complain(problem: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "error: {problem}");
    ExitCode::from(MISUSE)
}

/// Serves until the program is ended. Ctrl-C does that as it does to any program: there is nothing to put away.
fn serve(options: &Options) -> Result<Infallible, String> {
    let (sender, lines) = mpsc::sync_channel(LINES);
    let waiting = Arc::new(AtomicUsize::new(0));
    let line = line(options.output);
    let bytes = Arc::clone(&waiting);
    let emulator = builder(options)
        .on_request(move |request| {
            let line = line(request);
            let length = line.len();
            // Counted first: it may be written before this goes on.
            let before = bytes.fetch_add(length, Ordering::Relaxed);
            if before > LINES_BYTES || sender.try_send(line).is_err() {
                bytes.fetch_sub(length, Ordering::Relaxed);
            }
        })
        .start_blocking()
        .map_err(|error| problem(options, &error))?;
    if options.exits_with_stdin {
        std::thread::spawn(|| {
            let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
            // Not by way of the main thread, which may be waiting for a reader.
            std::process::exit(0);
        });
    }
    // Once nothing is read any more it still serves.
    let _ = tell(&emulator, options.output, &lines, &waiting);
    loop {
        std::thread::park();
    }
}

/// How a request is shown.
fn line(output: Output) -> fn(&RecordedRequest) -> String {
    match output {
        Output::Json => line::json,
        Output::Lines if is_coloured() => line::in_colour,
        Output::Lines => line::plain,
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

/// Writes what comes, until it is not read any more.
fn tell(
    emulator: &Emulator,
    output: Output,
    lines: &Receiver<String>,
    waiting: &AtomicUsize,
) -> io::Result<()> {
    let mut out = io::stdout();
    let greeting = match output {
        Output::Lines => greeting::page(emulator),
        Output::Json => greeting::json(emulator),
    };
    write(&mut out, &greeting)?;
    lines.iter().try_for_each(|line| {
        waiting.fetch_sub(line.len(), Ordering::Relaxed);
        write(&mut out, &line)
    })
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// <https://no-color.org>
fn is_coloured() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
