//! `cargo xtask demo`: the whole project in one run, without an account: specs, clients, emulator, and a program that uses them.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::console::{err, out};

/// What `--help` says.
pub const HELP: &str = "\
Usage: cargo xtask demo [--root DIR]

Makes the client crates from the specs, starts the emulator on a free port, lets the backup monitor look at what the emulator has, and
stops it. No network but the loopback interface, no credentials; the first run compiles everything.

Options:
  --root DIR  the workspace, if it is not the one this program was built in
";

/// How long the emulator may take to start, and to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long to wait between two looks whether it has ended.
const PAUSE: Duration = Duration::from_millis(10);

/// What the monitor ends with if it has found something wrong, as it does here.
const FOUND_SOMETHING: i32 = 1;

/// Runs the demonstration.
pub fn run(root: &Path) -> ExitCode {
    match demonstrate(root) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            err(&format!("error: {problem}\n"));
            ExitCode::FAILURE
        }
    }
}

fn demonstrate(root: &Path) -> Result<(), String> {
    step("making the clients from the specs: `cargo xtask gen`");
    let this = std::env::current_exe().map_err(|error| format!("this program: {error}"))?;
    let mut generate = Command::new(this);
    succeed(generate.arg("gen").arg("--root").arg(root), "the generator")?;

    step("compiling the emulator and the monitor");
    let [emulator, monitor] = build(root, ["cloud-emulator", "backup-monitor"])?;

    let emulator = Emulator::start(&emulator)?;
    step(&format!(
        "the emulator listens on {}; the monitor looks what it has",
        emulator.url
    ));
    let status = Command::new(monitor)
        .args(["--demo", &emulator.url])
        .status()
        .map_err(|error| format!("the monitor can't be started: {error}"))?;
    emulator.stop()?;
    match status.code() {
        Some(0 | FOUND_SOMETHING) => {}
        _ => return Err(format!("the monitor failed ({status})")),
    }
    out(
        "\nTo go on by yourself: `cargo run --package cloud-emulator` says how to reach it, and has a page for browsers.\n",
    );
    Ok(())
}

/// Compiles these packages together, so that what they share is compiled once, and tells where their programs are.
fn build<const N: usize>(root: &Path, packages: [&str; N]) -> Result<[PathBuf; N], String> {
    // The Cargo that runs this, if one does: another may be first in the search path.
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut cargo = Command::new(program);
    cargo.args([
        "build",
        "--quiet",
        "--message-format",
        "json-render-diagnostics",
    ]);
    for package in packages {
        cargo.args(["--package", package]);
    }
    cargo.current_dir(root).stderr(Stdio::inherit());
    let output = cargo
        .output()
        .map_err(|error| format!("Cargo can't be started: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "Cargo failed ({}); what it said is above",
            output.status
        ));
    }
    let messages: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let mut programs = packages.map(|_| PathBuf::new());
    for (package, program) in packages.iter().zip(&mut programs) {
        let built = messages
            .iter()
            .filter(|message| message["target"]["name"] == *package)
            .find_map(|message| message["executable"].as_str());
        *program = built
            .ok_or_else(|| format!("Cargo did not say where the program {package} is"))?
            .into();
    }
    Ok(programs)
}

/// Says what comes next, apart from what the programs say.
fn step(what: &str) {
    err(&format!("\n==> {what}\n"));
}

fn succeed(command: &mut Command, who: &str) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{who} failed ({status}); what it said is above")),
        Err(error) => Err(format!("{who} can't be started: {error}")),
    }
}

/// The emulator, as a child that ends with its standard input.
struct Emulator {
    child: Child,
    url: String,
}

impl Emulator {
    fn start(program: &Path) -> Result<Self, String> {
        let mut child = Command::new(program)
            .args(["--port", "0", "--json", "--exit-with-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the emulator can't be started: {error}"))?;
        let (sender, greeting) = mpsc::channel();
        let output = child.stdout.take();
        thread::spawn(move || {
            // Its later lines are read too, since it would wait for somebody to do so.
            for line in output
                .into_iter()
                .flat_map(|output| BufReader::new(output).lines())
            {
                let Ok(line) = line else { return };
                let _ = sender.send(line);
            }
        });
        let mut emulator = Self {
            child,
            url: String::new(),
        };
        let greeting = greeting
            .recv_timeout(PATIENCE)
            .map_err(|_| "the emulator did not say where it listens")?;
        let greeting: Value = serde_json::from_str(&greeting).map_err(|error| {
            format!("the emulator said something else than where it listens: {error}")
        })?;
        emulator.url = greeting["url"].as_str().unwrap_or_default().to_owned();
        Ok(emulator)
    }

    /// Lets it end, and waits for that.
    fn stop(mut self) -> Result<(), String> {
        drop(self.child.stdin.take());
        for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
            match self.child.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => return Err(format!("the emulator failed ({status})")),
                Ok(None) => thread::sleep(PAUSE),
                Err(error) => return Err(format!("the emulator is lost: {error}")),
            }
        }
        Err("the emulator did not end".to_owned())
    }
}

/// Whatever went wrong, nothing is left behind.
impl Drop for Emulator {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
