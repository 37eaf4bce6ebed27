//! The same work on many things, on every processor.

use std::num::NonZero;
use std::thread;

/// Fewer things than this are not worth a thread.
const WORTH_A_THREAD: usize = 16;

/// Maps a list, in its order.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let share = items.len().div_ceil(processors).max(WORTH_A_THREAD);
    if items.len() <= share {
        return items.iter().map(work).collect();
    }
    thread::scope(|scope| {
        let work = &work;
        let start = |share| scope.spawn(move || <[T]>::iter(share).map(work).collect::<Vec<R>>());
        let threads: Vec<_> = items.chunks(share).map(start).collect();
        let results = threads.into_iter().map(|thread| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        results.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_stays() {
        for length in [0, 1, 15, 16, 17, 1000] {
            let numbers: Vec<usize> = (0..length).collect();
            assert_eq!(
                super::map(&numbers, |number| number * 2),
                (0..length).map(|n| n * 2).collect::<Vec<_>>()
            );
        }
    }
}
