//! Running a program for what it prints, on a thread that wakes the task: it works with every executor, and without one.

use std::io::{self, Read as _};
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

/// What a program printed, or what went wrong.
pub(super) type Outcome = Result<Zeroizing<Vec<u8>>, String>;

type Printed = io::Result<Zeroizing<Vec<u8>>>;

/// How long a program may run, and how much it may print.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) time: Duration,
    pub(super) bytes: usize,
}

/// Between two looks whether a program that has nothing more to say has ended.
const PAUSE: Duration = Duration::from_millis(5);

/// Runs the program once the future is asked. What it prints as errors is thrown away: it may hold anything. It ends when the future is
/// dropped.
pub(super) fn output(mut command: Command, limits: Limits) -> Output {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let (sender, receiver) = mpsc::channel();
    Output {
        command: Some((command, limits, receiver)),
        sender,
        shared: Arc::default(),
    }
}

pub(super) struct Output {
    /// What to run, until a thread does.
    command: Option<(Command, Limits, Receiver<Printed>)>,
    /// Tells the thread what was printed, or that it is not asked for any more.
    sender: Sender<Printed>,
    shared: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    outcome: Option<Outcome>,
    waker: Option<Waker>,
}

impl Future for Output {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        {
            let mut state = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(outcome) = state.outcome.take() {
                return Poll::Ready(outcome);
            }
            state.waker = Some(context.waker().clone());
        }
        if let Some((command, limits, receiver)) = self.command.take() {
            let (shared, sender) = (Arc::clone(&self.shared), self.sender.clone());
            let work = move || settle(&shared, run(command, limits, sender, &receiver));
            if let Err(error) = spawn(work) {
                return Poll::Ready(Err(format!("no thread can be had to run it: {error}")));
            }
        }
        Poll::Pending
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // There is no thread to hear it if there was no program, or it has ended.
        let _ = self.sender.send(Err(io::Error::other("it was given up")));
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let thread = thread::Builder::new().name("cloud-core process".to_owned());
    thread.spawn(work).map(drop)
}

fn settle(shared: &Mutex<State>, outcome: Outcome) {
    let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
    state.outcome = Some(outcome);
    let waker = state.waker.take();
    // Whoever is woken asks for the lock at once.
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

fn run(
    mut command: Command,
    limits: Limits,
    sender: Sender<Printed>,
    receiver: &Receiver<Printed>,
) -> Outcome {
    let mut child = command
        .spawn()
        .map_err(|error| format!("it can't be run: {error}"))?;
    let outcome = watch(&mut child, limits, sender, receiver);
    if outcome.is_err() {
        // It may have ended by itself, which is as good.
        let _ = child.kill();
        let _ = child.wait();
    }
    outcome
}

fn watch(
    child: &mut Child,
    limits: Limits,
    sender: Sender<Printed>,
    receiver: &Receiver<Printed>,
) -> Outcome {
    let printed = child.stdout.take().ok_or("it has no standard output")?;
    // Reading ends with the program. A child of its own that keeps the pipe open costs no more than this thread.
    let read = move || {
        let mut bytes = Zeroizing::new(Vec::with_capacity(limits.bytes + 1));
        let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
        let read = printed.take(most.saturating_add(1)).read_to_end(&mut bytes);
        // Nobody listens any more if it took too long.
        let _ = sender.send(read.map(|_| bytes));
    };
    spawn(read).map_err(|error| format!("no thread can be had to read it: {error}"))?;
    let too_long = || format!("it has not ended after {} s", limits.time.as_secs_f32());
    let bytes = match receiver.recv_timeout(limits.time) {
        Ok(Ok(bytes)) if bytes.len() > limits.bytes => {
            return Err(format!("it prints more than {} bytes", limits.bytes));
        }
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(format!("what it prints can't be read: {error}")),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Err(too_long()),
    };
    let mut waited = Duration::ZERO;
    while waited < limits.time && receiver.try_recv().is_err() {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(bytes),
            Ok(Some(status)) => return Err(format!("it failed ({status})")),
            Ok(None) => thread::sleep(PAUSE),
            Err(error) => return Err(format!("it can't be waited for: {error}")),
        }
        waited += PAUSE;
    }
    Err(too_long())
}
