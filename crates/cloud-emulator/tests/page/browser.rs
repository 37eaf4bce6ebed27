//! A browser, as far as the test needs one: Chromium by way of its driver, which speaks WebDriver (HTTP and JSON) on loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::common::http::{Connection, Request};

/// How long something may take that the page does by itself.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long the driver may take for a command; the first one starts the browser.
const COMMAND: Duration = Duration::from_secs(60);

/// No sandbox, since CI is often root; nothing that would talk to its maker.
const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A tab without a window, with a new profile. The browser ends when this is dropped.
pub(crate) struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
    /// Holds the profile, and what else the two leave behind.
    folder: PathBuf,
}

impl Browser {
    /// Starts it.
    pub(crate) fn start() -> Self {
        let name = format!("browser-{}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .env("TMPDIR", &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver can't be started: {error}"));
        let port = port(driver.stdout.take().unwrap());
        let mut browser = Self {
            driver,
            address: (Ipv4Addr::LOCALHOST, port).into(),
            session: String::new(),
            folder,
        };
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": { "args": FLAGS },
        } } });
        let session = browser.ask("POST", "/session", &wanted);
        browser.session = format!("/session/{}", session["sessionId"].as_str().unwrap());
        browser
    }

    pub(crate) fn open(&self, url: &str) {
        self.command("url", &json!({ "url": url }));
    }

    pub(crate) fn title(&self) -> Value {
        self.ask("GET", &format!("{}/title", self.session), &Value::Null)
    }

    /// Runs a script in the page.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.command("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until the text that can be seen of an element contains this.
    pub(crate) fn wait_for(&self, selector: &str, text: &str) {
        let script = format!("return document.querySelector({selector:?})?.innerText ?? ''");
        let start = Instant::now();
        loop {
            let seen = self.run(&script);
            if seen.as_str().unwrap().contains(text) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{selector} does not show {text:?}: {seen}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub(crate) fn click(&self, selector: &str) {
        let element = self.element("css selector", selector);
        self.command(&format!("{element}/click"), &json!({}));
    }

    /// Writes into a field, in place of what is there.
    pub(crate) fn fill(&self, selector: &str, text: &str) {
        let element = self.element("css selector", selector);
        self.command(&format!("{element}/clear"), &json!({}));
        self.command(&format!("{element}/value"), &json!({ "text": text }));
    }

    /// Chooses an option of a list by what it says.
    pub(crate) fn choose(&self, list: &str, option: &str) {
        let path = format!("//select[@id='{list}']/option[.='{option}']");
        let element = self.element("xpath", &path);
        self.command(&format!("{element}/click"), &json!({}));
    }

    /// Sets the size of the window, and the colour scheme that its user prefers.
    pub(crate) fn look_like(&self, width: u32, height: u32, scheme: &str) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        );
    }

    /// What was written to the console since the last time, by the page or about it.
    pub(crate) fn console(&self) -> Value {
        self.command("se/log", &json!({ "type": "browser" }))
    }

    /// The hosts of all requests since the start, one each.
    pub(crate) fn hosts(&self) -> Vec<String> {
        let log = self.command("se/log", &json!({ "type": "performance" }));
        let mut hosts = Vec::new();
        for entry in log.as_array().unwrap() {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let url = event["message"]["params"]["request"]["url"].as_str();
            let is_sent = event["message"]["method"] == "Network.requestWillBeSent";
            if let Some(url) = url.filter(|url| is_sent && !url.starts_with("data:")) {
                let host = url.split('/').nth(2).unwrap();
                hosts.push(host.to_owned());
            }
        }
        hosts
    }

    fn devtools(&self, command: &str, parameters: Value) {
        let body = json!({ "cmd": command, "params": parameters });
        self.command("goog/cdp/execute", &body);
    }

    fn element(&self, using: &str, value: &str) -> String {
        let found = self.command("element", &json!({ "using": using, "value": value }));
        // Its one member has the name that WebDriver gives to all elements.
        let id = found.as_object().unwrap().values().next().unwrap();
        format!("element/{}", id.as_str().unwrap())
    }

    fn command(&self, command: &str, body: &Value) -> Value {
        self.ask("POST", &format!("{}/{command}", self.session), body)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut request = Request::new(method, path).header("host", &self.address.to_string());
        if !body.is_null() {
            request = request.body(&body.to_string());
        }
        let mut connection = Connection::open(self.address).with_patience(COMMAND);
        let response = connection.send(&request).unwrap();
        assert_eq!(response.status, 200, "{path} {body}: {}", response.text());
        response.json()["value"].take()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A driver that is only killed leaves its browser behind.
        self.end("DELETE", &self.session);
        self.end("GET", "/shutdown");
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Browser {
    /// Sends a command and waits for its answer, whatever it is: a test that has failed already gets no second failure.
    fn end(&self, method: &str, path: &str) {
        if let Ok(mut stream) = TcpStream::connect(self.address) {
            let end = Request::new(method, path).header("host", &self.address.to_string());
            let _ = stream.set_read_timeout(Some(COMMAND));
            let _ = stream.write_all(&end.bytes());
            let _ = stream.read(&mut [0]);
        }
    }
}

/// The port that the driver says it has taken: `… on port 41234.`
fn port(stdout: ChildStdout) -> u16 {
    let lines = BufReader::new(stdout).lines().map_while(Result::ok);
    let mut ports = lines.filter_map(|line| {
        let port = line
            .rsplit_once("successfully on port ")?
            .1
            .trim_end_matches('.');
        port.parse().ok()
    });
    ports
        .next()
        .unwrap_or_else(|| panic!("chromedriver names no port"))
}
