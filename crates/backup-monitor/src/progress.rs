//! What the program is doing, in one line of the terminal that is written over and in the end taken away.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::row::Subject;

/// A line that is longer than the terminal is wide could not be written over.
const WIDTH: usize = 78;

/// Goes to the beginning of the line and empties it.
const CLEAR: &str = "\r\x1b[2K";

/// How far a run has come. It shows nothing unless it has somewhere to show it.
pub(crate) struct Progress(Option<Mutex<State>>);

struct State {
    out: Box<dyn Write + Send>,
    asked: usize,
    all: usize,
    /// What is waited for, and what was last heard of it.
    waiting: BTreeMap<String, String>,
}

impl Progress {
    /// Shows nothing.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// Shows a run of so many questions here, which has to be a terminal.
    pub(crate) fn on(out: impl Write + Send + 'static, all: usize) -> Self {
        let progress = Self(Some(Mutex::new(State {
            out: Box::new(out),
            asked: 0,
            all,
            waiting: BTreeMap::new(),
        })));
        progress.change(|_| {});
        progress
    }

    /// A question is answered.
    pub(crate) fn asked(&self) {
        self.change(|state| state.asked += 1);
    }

    /// Something is waited for, and was in this state just now.
    pub(crate) fn waiting(&self, subject: &Subject, state: &str) {
        self.change(|all| {
            all.waiting.insert(subject.to_string(), state.to_owned());
        });
    }

    /// It is not waited for any more.
    pub(crate) fn waited(&self, subject: &Subject) {
        self.change(|all| {
            all.waiting.remove(&subject.to_string());
        });
    }

    /// Takes the line away.
    pub(crate) fn end(&self) {
        if let Some(state) = &self.0 {
            lock(state).show(CLEAR);
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        if let Some(state) = &self.0 {
            let mut state = lock(state);
            change(&mut state);
            let line = state.line();
            state.show(&format!("{CLEAR}{line}"));
        }
    }
}

impl State {
    fn line(&self) -> String {
        let mut line = format!("{} of {} asked", self.asked, self.all);
        for (subject, state) in &self.waiting {
            let _ = write!(line, "; waiting for {subject} ({state})");
        }
        line.chars()
            .filter(|c| !c.is_control())
            .take(WIDTH)
            .collect()
    }

    /// A line that can't be shown is no reason to stop.
    fn show(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes());
        let _ = self.out.flush();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Service;
    use crate::row::tests::subject;
    use std::sync::Arc;

    #[derive(Clone, Default)]
    struct Shown(Arc<Mutex<Vec<u8>>>);

    impl Write for Shown {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn one_line_is_written_over_and_taken_away() {
        let shown = Shown::default();
        let progress = Progress::on(shown.clone(), 2);
        let backup = subject(Service::Udb, "8881");
        progress.waiting(&backup, "Backuping");
        progress.asked();
        progress.waited(&backup);
        progress.end();
        let shown = String::from_utf8(shown.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<&str> = shown.split(CLEAR).collect();
        assert_eq!(
            lines,
            [
                "",
                "0 of 2 asked",
                "0 of 2 asked; waiting for UDB 8881 (Backuping)",
                "1 of 2 asked; waiting for UDB 8881 (Backuping)",
                "1 of 2 asked",
                ""
            ]
        );
    }

    #[test]
    fn a_line_is_never_longer_than_a_terminal() {
        let shown = Shown::default();
        let progress = Progress::on(shown.clone(), 9);
        for number in 0..9 {
            progress.waiting(
                &subject(Service::Udb, &format!("888{number}")),
                "\x1bBackuping",
            );
        }
        let shown = String::from_utf8(shown.0.lock().unwrap().clone()).unwrap();
        assert!(
            shown
                .split(CLEAR)
                .all(|line| line.len() <= WIDTH && !line.contains('\x1b'))
        );
    }
}
