//! Searches on threads of their own, for calls that block.

use std::task::Waker;
use std::thread;

use super::*;

/// Tells all calls that a search is over, if its source has panicked too.
struct Landing(Arc<Searches>);

impl Drop for Landing {
    fn drop(&mut self) {
        // A call that has looked and not begun to wait yet has the lock.
        drop(self.0.lock());
        self.0.landed.notify_all();
    }
}

pub(super) fn drive(searches: &Arc<Searches>, flight: &Arc<Flight<Outcome>>) -> Result<(), Error> {
    let (searches, flight) = (Arc::clone(searches), Arc::clone(flight));
    let work = move || {
        let _landing = Landing(searches);
        pollster::block_on(flight.driven());
    };
    let thread = thread::Builder::new().name("cloud-core credentials".to_owned());
    thread.spawn(work).map(drop).map_err(|error| {
        Error::configuration(format!(
            "no thread can be had to look for credentials: {error}"
        ))
    })
}

impl Searches {
    /// Blocks until a search is over, but no longer than this.
    pub(in crate::client) fn wait(
        &self,
        waiting: &mut Waiting,
        longest: Duration,
    ) -> Option<Outcome> {
        let mut outcome = None;
        let landed = self.landed.wait_timeout_while(self.lock(), longest, |_| {
            outcome = waiting.landed();
            outcome.is_none()
        });
        drop(landed);
        outcome
    }
}

impl Waiting {
    /// What has come of the searches, without driving them.
    fn landed(&mut self) -> Option<Outcome> {
        let mut landed = Waiting {
            latest: self.latest.take_if(|search| search.has_landed()),
            older: self.older.take_if(|search| search.has_landed()),
        };
        match landed.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => Some(outcome),
            Poll::Pending => None,
        }
    }
}
