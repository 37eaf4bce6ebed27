//! Tests in processes of their own: what depends on environment variables can't be set up inside a running process.

use std::any::type_name_of_val;
use std::env;
use std::process::Command;

/// Variables that change how requests travel.
const DISTURBING: [&str; 8] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
];

/// Says to a process that it is the child, and where to send requests.
const ENDPOINT: &str = "CLOUD_CORE_TEST_ENDPOINT";

/// Runs a test that must not be disturbed by the proxies of the environment: here if there are none, else in a process without.
///
/// The body must be a closure that is written inside the test's function, whose name it tells.
pub(crate) fn undisturbed<F: FnOnce()>(body: F) {
    if DISTURBING.iter().all(|name| env::var_os(name).is_none()) {
        body();
    } else {
        again(name_of(&body), &[]);
    }
}

/// Runs a test in two processes: the parent sets up and starts the child with [`again_with`], the child does the rest.
pub(crate) fn in_two_processes<P: FnOnce(&'static str), C: FnOnce(String)>(parent: P, child: C) {
    let test = name_of(&parent);
    match env::var(ENDPOINT) {
        Ok(endpoint) => child(endpoint),
        Err(_) => parent(test),
    }
}

/// Runs the child of a test, which must succeed.
pub(crate) fn again_with(test: &str, endpoint: &str, variables: &[(&str, &str)]) {
    let all: Vec<(&str, &str)> = [(ENDPOINT, endpoint)]
        .into_iter()
        .chain(variables.iter().copied())
        .collect();
    again(test, &all);
}

fn again(test: &str, variables: &[(&str, &str)]) {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", test, "--nocapture"]);
    for name in DISTURBING {
        child.env_remove(name);
    }
    let output = child.envs(variables.iter().copied()).output().unwrap();
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    // A name that does not match runs nothing and succeeds.
    let ran = stdout.contains("test result: ok. 1 passed");
    assert!(
        output.status.success() && ran,
        "{test}:\n{stdout}\n{stderr}"
    );
}

/// The name of the test that a closure is written in: `tls::trusted`.
fn name_of<T>(closure: &T) -> &'static str {
    let name = type_name_of_val(closure);
    let (_, name) = name.split_once("::").unwrap();
    name.split_once("::{{closure}}").unwrap().0
}
