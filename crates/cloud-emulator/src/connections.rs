//! The connections that are open, bounded in their number and in what they hold. A new caller is let in soon: the one that has waited
//! longest makes room for it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

/// Below the number of files that a process may have open on most systems.
const CONNECTIONS: usize = 512;
/// So long a connection has time to send its request, even if many others wait to be let in.
const UNDISTURBED: Duration = Duration::from_millis(250);
/// All requests that have not arrived to their end, and all answers that have not been read, may have so many bytes.
const HELD: usize = 32 * 1_024 * 1_024;
/// A connection that holds less is never ended for what it holds.
const SMALL: usize = 16 * 1_024;

/// All connections of an emulator.
pub(crate) struct Connections {
    open: Mutex<Open>,
    /// Requests that take long are answered one after another, and the next one not before this time.
    rest: tokio::sync::Mutex<Instant>,
}

/// By their turns: the first one has waited longest.
#[derive(Default)]
struct Open {
    last_turn: u64,
    held: usize,
    by_turn: BTreeMap<u64, Held>,
}

struct Held {
    bytes: usize,
    ended: Arc<Notify>,
    since: Instant,
}

/// One of the connections. It is closed when this is dropped.
pub(crate) struct Connection {
    all: Arc<Connections>,
    turn: AtomicU64,
    ended: Arc<Notify>,
}

/// The turn of a request to be answered.
pub(crate) struct Turn<'c> {
    rest: Option<tokio::sync::MutexGuard<'c, Instant>>,
    begun: Instant,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(rest) = &mut self.rest {
            // Other requests have as much time as this one took.
            let now = Instant::now();
            **rest = now + (now - self.begun);
        }
    }
}

impl Connections {
    pub(crate) fn new() -> Self {
        Self {
            open: Mutex::default(),
            rest: tokio::sync::Mutex::new(Instant::now()),
        }
    }

    /// One more connection, as soon as there is room for it.
    pub(crate) async fn open(self: &Arc<Self>) -> Connection {
        while let Some(time) = self.make_room() {
            tokio::time::sleep_until(time).await;
        }
        let ended = Arc::new(Notify::new());
        let turn = self.lock().add(0, Arc::clone(&ended));
        Connection {
            all: Arc::clone(self),
            turn: AtomicU64::new(turn),
            ended,
        }
    }

    /// Makes room for one more connection, or says when there may be some.
    fn make_room(&self) -> Option<Instant> {
        let mut open = self.lock();
        if open.by_turn.len() < CONNECTIONS {
            return None;
        }
        let (_, oldest) = open.by_turn.first_key_value()?;
        let time = oldest.since + UNDISTURBED;
        if time > Instant::now() {
            return Some(time);
        }
        open.end_first(|_, _| true);
        None
    }

    /// Ends the connection that has waited longest.
    pub(crate) fn end_oldest(&self) {
        self.lock().end_first(|_, _| true);
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn add(&mut self, bytes: usize, ended: Arc<Notify>) -> u64 {
        self.last_turn += 1;
        self.held += bytes;
        let held = Held {
            bytes,
            ended,
            since: Instant::now(),
        };
        self.by_turn.insert(self.last_turn, held);
        self.last_turn
    }

    fn remove(&mut self, turn: u64) -> bool {
        let held = self.by_turn.remove(&turn);
        self.held -= held.as_ref().map_or(0, |held| held.bytes);
        held.is_some()
    }

    /// Ends the first connection that this is true of. `false` if there is none.
    fn end_first(&mut self, is_it: impl Fn(u64, &Held) -> bool) -> bool {
        let mut connections = self.by_turn.iter();
        let Some((turn, held)) = connections.find(|(turn, held)| is_it(**turn, held)) else {
            return false;
        };
        held.ended.notify_one();
        let turn = *turn;
        self.remove(turn)
    }

    /// Ends those that hold much, other than this one, until all together hold little enough.
    fn make_room(&mut self, own: u64) {
        let is_large = |turn, held: &Held| turn != own && held.bytes > SMALL;
        while self.held > HELD && self.end_first(is_large) {}
    }
}

impl Connection {
    /// It holds so many bytes more: they have arrived, and are not answered yet.
    pub(crate) fn hold(&self, bytes: usize) {
        let turn = self.turn.load(Ordering::Relaxed);
        let mut open = self.all.lock();
        if let Some(held) = open.by_turn.get_mut(&turn) {
            held.bytes += bytes;
            open.held += bytes;
            open.make_room(turn);
        }
    }

    /// It holds so many bytes less.
    pub(crate) fn release(&self, bytes: usize) {
        let turn = self.turn.load(Ordering::Relaxed);
        let mut open = self.all.lock();
        if let Some(held) = open.by_turn.get_mut(&turn) {
            let released = bytes.min(held.bytes);
            held.bytes -= released;
            open.held -= released;
        }
    }

    /// Its request has an answer of so many bytes, and it waits from the beginning again.
    pub(crate) fn answer(&self, bytes: usize) {
        let mut open = self.all.lock();
        if open.remove(self.turn.load(Ordering::Relaxed)) {
            let turn = open.add(bytes, Arc::clone(&self.ended));
            self.turn.store(turn, Ordering::Relaxed);
            open.make_room(turn);
        }
    }

    /// Waits until its request may be answered, after those that others have ready.
    pub(crate) async fn turn(&self, takes_long: bool) -> Turn<'_> {
        let mut rest = None;
        if takes_long {
            let until = self.all.rest.lock().await;
            tokio::time::sleep_until(*until).await;
            rest = Some(until);
        }
        tokio::task::yield_now().await;
        let begun = Instant::now();
        Turn { rest, begun }
    }

    /// Waits until it has to make room for others.
    pub(crate) async fn ended(&self) {
        self.ended.notified().await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.all.lock().remove(self.turn.load(Ordering::Relaxed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of them have been ended.
    async fn ended(connections: &[Connection]) -> Vec<usize> {
        let mut ended = Vec::new();
        for (index, connection) in connections.iter().enumerate() {
            tokio::select! {
                biased;
                () = connection.ended() => ended.push(index),
                () = std::future::ready(()) => {}
            }
        }
        ended
    }

    #[tokio::test]
    async fn the_connection_that_has_waited_longest_makes_room() {
        let all = Arc::new(Connections::new());
        let mut open = Vec::new();
        for _ in 0..CONNECTIONS {
            open.push(all.open().await);
        }
        open[0].answer(0);
        open.push(all.open().await);
        assert_eq!(ended(&open).await, [1]);
        assert_eq!(all.lock().by_turn.len(), CONNECTIONS);
        drop(open);
        assert!(all.lock().by_turn.is_empty());
        assert_eq!(all.lock().held, 0);
    }

    #[tokio::test]
    async fn what_is_held_is_bounded() {
        let all = Arc::new(Connections::new());
        let mut open = Vec::new();
        for _ in 0..5 {
            open.push(all.open().await);
        }
        open[0].hold(SMALL);
        for connection in &open[1..4] {
            connection.hold(HELD / 4);
        }
        assert_eq!(ended(&open).await, [0; 0]);
        open[4].answer(HELD / 2);
        assert_eq!(ended(&open).await, [1, 2]);
        // One alone may be larger: what is to be sent exists already.
        open[4].answer(2 * HELD);
        assert_eq!(ended(&open).await, [3]);
        open[4].release(2 * HELD);
        assert_eq!(all.lock().held, SMALL);
    }
}
