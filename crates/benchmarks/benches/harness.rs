//! Compares code with code.
//!
//! Contenders run in turns, some ten milliseconds each, and every round gives one ratio: whatever slows the machine down slows both
//! down, so the median of the ratios holds still where the times drift. Time is CPU time of this thread, which leaves out what
//! other programs take. Benchmark libraries measure one function after the other and compare it with an earlier run of itself,
//! which is why none of them is used.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Enough for the median to settle within a percent or two on a busy machine.
const ROUNDS: usize = 81;
/// Long against the clock's own cost, short against the machine's moods.
const TURN: Duration = Duration::from_millis(10);

/// How thorough a run is: `cargo bench` measures, `cargo test --benches` only checks that everything runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Measure,
    Check,
}

/// Contenders for one task: ours, and those that it is measured against.
pub(crate) struct Comparison<'a> {
    task: &'a str,
    mode: Mode,
    contenders: Vec<Contender<'a>>,
}

struct Contender<'a> {
    name: &'a str,
    /// The most that ours may take, as a multiple of this one.
    target: Option<f64>,
    /// Does the task so many times.
    turn: Box<dyn FnMut(u32) + 'a>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(mode: Mode, task: &'a str) -> Self {
        Self {
            task,
            mode,
            contenders: Vec::new(),
        }
    }

    /// Our code; comes first.
    pub(crate) fn ours<T: 'a>(self, name: &'a str, run: impl FnMut() -> T + 'a) -> Self {
        self.contender(name, None, repeat(run))
    }

    /// Code to be measured against.
    pub(crate) fn rival<T: 'a>(
        self,
        name: &'a str,
        target: impl Into<Option<f64>>,
        run: impl FnMut() -> T + 'a,
    ) -> Self {
        self.contender(name, target, repeat(run))
    }

    /// Either of the two, with a loop of its own.
    pub(crate) fn contender(
        mut self,
        name: &'a str,
        target: impl Into<Option<f64>>,
        turn: impl FnMut(u32) + 'a,
    ) -> Self {
        self.contenders.push(Contender {
            name,
            target: target.into(),
            turn: Box::new(turn),
        });
        self
    }

    /// Measures and prints.
    pub(crate) fn run(mut self) {
        if self.mode == Mode::Check {
            for contender in &mut self.contenders {
                (contender.turn)(1);
            }
            return;
        }
        let counts: Vec<u32> = self.contenders.iter_mut().map(calibrate).collect();
        let mut samples = vec![Vec::with_capacity(ROUNDS); self.contenders.len()];
        for round in 0..ROUNDS {
            for turn in 0..samples.len() {
                let index = (round + turn) % samples.len();
                let (contender, count) = (&mut self.contenders[index], counts[index]);
                // Once unmeasured, for what the one before has left in the caches.
                (contender.turn)(1);
                let time = timed(contender, count);
                samples[index].push(time.as_nanos() as f64 / f64::from(count));
            }
        }
        self.report(&samples);
    }

    fn report(&self, samples: &[Vec<f64>]) {
        println!("\n{}", self.task);
        for (contender, times) in self.contenders.iter().zip(samples) {
            let time = readable(sorted(times.clone())[ROUNDS / 2]);
            if std::ptr::eq(times, &samples[0]) {
                println!("  {:<44} {time}", contender.name);
                continue;
            }
            let ratios = samples[0].iter().zip(times).map(|(ours, it)| ours / it);
            let ratios = sorted(ratios.collect());
            let (median, least, most) = (ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
            let verdict = contender.target.map_or(String::new(), |target| {
                let met = if median <= target { "met" } else { "MISSED" };
                format!("   target ≤ {target:.2}: {met}")
            });
            println!(
                "  {:<44} {time}   ours takes {median:.2} × ({least:.2}–{most:.2}){verdict}",
                contender.name
            );
        }
    }
}

fn repeat<T>(mut run: impl FnMut() -> T) -> impl FnMut(u32) {
    move |count| {
        for _ in 0..count {
            black_box(run());
        }
    }
}

/// How many times make a turn. Warms the caches up on the way.
fn calibrate(contender: &mut Contender<'_>) -> u32 {
    let mut count = 1;
    while timed(contender, count) < TURN {
        count *= 2;
    }
    count
}

fn timed(contender: &mut Contender<'_>, count: u32) -> Duration {
    let before = cpu_time();
    (contender.turn)(count);
    cpu_time().saturating_sub(before)
}

/// What this thread has computed so far.
fn cpu_time() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap()
}

fn sorted(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers
}

fn readable(nanoseconds: f64) -> String {
    if nanoseconds < 10_000.0 {
        format!("{nanoseconds:>8.0} ns")
    } else {
        format!("{:>8.1} µs", nanoseconds / 1_000.0)
    }
}
