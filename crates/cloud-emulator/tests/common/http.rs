//! HTTP over a socket, without a client's opinions.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// A request as it goes over the wire.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn new(method: &str, target: &str) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: vec![("host".to_owned(), "emulator.test".to_owned())],
            body: Vec::new(),
        }
    }

    /// A request to the emulator itself, as its own page sends it.
    pub(crate) fn own(method: &str, path: &str, address: SocketAddr) -> Self {
        Self::new(method, &format!("/_emulator/{path}")).header("host", &address.to_string())
    }

    /// A body of JSON.
    pub(crate) fn json(self, body: &str) -> Self {
        self.header("content-type", "application/json").body(body)
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn body(mut self, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("content-length: {}\r\n\r\n", self.body.len());
        [head.as_bytes(), &self.body].concat()
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The code of a failure, whichever provider's it is; empty for a success.
    pub(crate) fn code(&self) -> String {
        let body = self.json();
        let failure = match &body["Response"]["Error"] {
            Value::Null => &body,
            error => error,
        };
        match (&failure["RetCode"], &failure["Code"]) {
            (Value::Number(number), _) if number.as_i64() == Some(0) => String::new(),
            (Value::Number(number), _) => number.to_string(),
            (_, Value::String(code)) if code != "200" => code.clone(),
            _ => String::new(),
        }
    }
}

/// One connection, kept open from request to request.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream
            .set_write_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    /// Waits longer than usual for answers.
    pub(crate) fn with_patience(self, patience: Duration) -> Self {
        self.0.get_ref().set_read_timeout(Some(patience)).unwrap();
        self
    }

    pub(crate) fn send(&mut self, request: &Request) -> io::Result<Response> {
        self.write(&request.bytes())?;
        self.read()
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.get_mut().write_all(bytes)
    }

    /// One answer. Its body must be as long as its head says.
    pub(crate) fn read(&mut self) -> io::Result<Response> {
        let mut response = self.read_head()?;
        let length = response.header("content-length").parse().unwrap();
        response.body = vec![0; length];
        self.0.read_exact(&mut response.body)?;
        Ok(response)
    }

    pub(crate) fn read_exactly(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes).unwrap();
        bytes
    }

    pub(crate) fn read_head(&mut self) -> io::Result<Response> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if self.0.read_until(b'\n', &mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let head = String::from_utf8(head).unwrap();
        let mut lines = head.trim_end().lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        Ok(Response {
            status: status.parse().unwrap(),
            headers: lines
                .map(|line| line.split_once(':').unwrap())
                .map(|(name, value)| (name.to_owned(), value.trim_start().to_owned()))
                .collect(),
            body: Vec::new(),
        })
    }

    /// What still comes until the connection ends, and how it ends.
    pub(crate) fn rest(&mut self) -> (Vec<u8>, io::Result<()>) {
        let mut rest = Vec::new();
        let end = self.0.read_to_end(&mut rest).map(|_| ());
        (rest, end)
    }
}

/// Sends a request over a connection of its own.
pub(crate) fn send(address: SocketAddr, request: &Request) -> Response {
    Connection::open(address).send(request).unwrap()
}
