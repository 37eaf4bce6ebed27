//! A program that runs while a test looks at it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, Stdio};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_cloud-emulator");

/// A program that ends with the test, however that ends.
pub(crate) struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Box<dyn BufRead>,
}

impl Running {
    pub(crate) fn start(options: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["--port", "0", "--exit-with-stdin"])
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            stdin: child.stdin.take(),
            lines: Box::new(BufReader::new(child.stdout.take().unwrap())),
            child,
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        assert!(line.ends_with('\n'), "it has ended: {line:?}");
        line.trim_end().to_owned()
    }

    /// The lines up to the first that contains this, with that.
    pub(crate) fn until(&mut self, end: &str) -> Vec<String> {
        let mut lines = vec![self.line()];
        while !lines.last().unwrap().contains(end) {
            lines.push(self.line());
        }
        lines
    }

    /// Lets it end, and tells what it ends with.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        drop(self.stdin.take());
        let status = self.child.wait().unwrap();
        let mut errors = String::new();
        let stderr = self.child.stderr.as_mut().unwrap();
        stderr.read_to_string(&mut errors).unwrap();
        (status.code(), errors)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
