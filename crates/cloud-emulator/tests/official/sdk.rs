//! A program that calls with an SDK what it is told to.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// Longer than any call takes, the start of the program included.
const PATIENCE: Duration = Duration::from_secs(60);

/// A driver that is running. It ends when it is dropped.
pub(crate) struct Sdk {
    child: Child,
    calls: Option<ChildStdin>,
    outcomes: mpsc::Receiver<String>,
}

impl Sdk {
    /// Starts a driver: `python_tencent.py`, `node_aliyun.mjs`.
    pub(crate) fn start(driver: &str) -> Self {
        let installed = env::var_os("OFFICIAL_SDKS").map(PathBuf::from);
        let installed = installed.unwrap_or_else(|| panic!("OFFICIAL_SDKS names no folder"));
        let program = if driver.ends_with(".py") {
            installed.join("venv/bin/python")
        } else {
            PathBuf::from("node")
        };
        let drivers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/official/drivers");
        let mut command = Command::new(program);
        for (name, _) in env::vars_os() {
            // The tests must not see the keys and proxies of this machine.
            let name = name.to_string_lossy().into_owned();
            let upper = name.to_uppercase();
            if ["PROXY", "CLOUD", "ALI", "TENCENT"]
                .iter()
                .any(|word| upper.contains(word))
            {
                command.env_remove(name);
            }
        }
        let mut child = command
            .arg(drivers.join(driver))
            .env("OFFICIAL_SDKS", &installed)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, outcomes) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let calls = child.stdin.take();
        Self {
            child,
            calls,
            outcomes,
        }
    }

    /// Lets it make one call: `{"ok": answer}` or `{"error": {"code", "message"}}`.
    pub(crate) fn call(&mut self, request: &Value) -> Value {
        let calls = self.calls.as_mut().unwrap();
        writeln!(calls, "{request}").unwrap();
        calls.flush().unwrap();
        loop {
            // Some SDKs print what they think.
            let line = self.outcomes.recv_timeout(PATIENCE).unwrap();
            match serde_json::from_str(&line) {
                Ok(Value::Object(outcome)) => return Value::Object(outcome),
                _ => eprintln!("it said: {line}"),
            }
        }
    }
}

impl Drop for Sdk {
    fn drop(&mut self) {
        // Its calls are over, and so is it.
        drop(self.calls.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
