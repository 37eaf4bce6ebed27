//! Waiting without an async runtime: on a thread that wakes the task.
//!
//! A call waits rarely and for long, so a thread for each wait costs less than a timer that somebody has to understand.

use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

/// A future that is ready after so long.
pub(super) fn sleep(time: Duration) -> Sleep {
    Sleep {
        time: Some(time),
        shared: Arc::default(),
    }
}

pub(super) struct Sleep {
    /// How long to wait, until a thread does.
    time: Option<Duration>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    dropped: Condvar,
}

#[derive(Default)]
struct State {
    over: bool,
    waker: Option<Waker>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits on the calling thread until the time is over or nobody asks any more, and wakes the task.
    fn wait(&self, time: Duration) {
        let (mut state, _) = self
            .dropped
            .wait_timeout_while(self.lock(), time, |state| !state.over)
            .unwrap_or_else(PoisonError::into_inner);
        state.over = true;
        let waker = state.waker.take();
        // Whoever is woken asks for the lock at once.
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        {
            let mut state = self.shared.lock();
            if state.over {
                return Poll::Ready(());
            }
            state.waker = Some(context.waker().clone());
        }
        if let Some(time) = self.time.take() {
            let shared = Arc::clone(&self.shared);
            let waiting = thread::Builder::new()
                .name("cloud-core timer".to_owned())
                .stack_size(64 << 10)
                .spawn(move || shared.wait(time));
            if waiting.is_err() {
                // Without a thread it is better to block this one than not to wait.
                thread::sleep(time);
                return Poll::Ready(());
            }
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.over = true;
        state.waker = None;
        drop(state);
        self.shared.dropped.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::{Runtime as _, System};
    use std::sync::mpsc;
    use std::task::Wake;

    /// Says on which thread it was woken.
    struct Report(mpsc::Sender<Option<String>>);

    impl Wake for Report {
        fn wake(self: Arc<Self>) {
            let name = thread::current().name().map(str::to_owned);
            self.0.send(name).unwrap();
        }
    }

    fn waker() -> (Waker, mpsc::Receiver<Option<String>>) {
        let (sender, woken) = mpsc::channel();
        (Arc::new(Report(sender)).into(), woken)
    }

    #[test]
    fn a_task_outside_of_tokio_is_woken_when_the_time_is_over() {
        let (waker, woken) = waker();
        let mut context = Context::from_waker(&waker);
        let before = System.instant();
        let mut sleep = System.sleep(Duration::from_millis(30));
        assert_eq!(sleep.as_mut().poll(&mut context), Poll::Pending);
        assert_eq!(woken.recv().unwrap().as_deref(), Some("cloud-core timer"));
        assert!(System.instant() - before >= Duration::from_millis(30));
        assert_eq!(sleep.as_mut().poll(&mut context), Poll::Ready(()));
    }

    #[test]
    fn dropping_the_future_ends_the_thread() {
        let (waker, woken) = waker();
        let mut sleep = Box::pin(sleep(Duration::from_secs(3_600)));
        let shared = Arc::clone(&sleep.shared);
        assert_eq!(
            sleep.as_mut().poll(&mut Context::from_waker(&waker)),
            Poll::Pending
        );
        drop(sleep);
        while Arc::strong_count(&shared) > 1 {
            thread::sleep(Duration::from_millis(1));
        }
        assert!(woken.try_recv().is_err(), "nobody is there to be woken");
    }
}
