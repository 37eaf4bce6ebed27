//! The emulator as tests see it.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::account::{Account, Accounts};
use crate::clock::Clock;
use crate::data::Data;
use crate::environment;
use crate::fault::{Faults, Rule};
use crate::gateway::Gateway;
use crate::metadata::Metadata;
use crate::nonce::Nonces;
use crate::random::Random;
use crate::record::{Observer, RecordedRequest, Records};
use crate::served::ServedService;
use crate::server::Server;
use crate::tables::{LoadError, Tables};
use crate::world::World;

/// How long a caller may take for the head of a request, and then for its body.
const PATIENCE: Duration = Duration::from_secs(30);

/// UCloud, Tencent Cloud and Alibaba Cloud on one port of the loopback interface. It stops when it is dropped.
///
/// Each emulator has a thread and a port of its own, so that tests may run side by side.
pub struct Emulator {
    server: Server,
    gateway: Arc<Gateway>,
}

impl Emulator {
    /// Starts an emulator with its built-in accounts, the computer's clock and a port that is free.
    ///
    /// # Errors
    ///
    /// If the system gives no port or no thread.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// The same for tests without `async`.
    ///
    /// # Errors
    ///
    /// If the system gives no port or no thread.
    pub fn start_blocking() -> io::Result<Self> {
        Self::builder().start_blocking()
    }

    /// Says first what is to be different.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    /// The endpoint of all three providers, and the root of their metadata services: `http://127.0.0.1:41234`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The services that it answers for, by the names of their crates.
    pub fn services(&self) -> Vec<ServedService> {
        let services = self.gateway.answers.services().iter();
        services.map(ServedService::from).collect()
    }

    /// The environment variables under which clients find it: endpoints, keys of built-in accounts, regions of the built-in data.
    ///
    /// Each is one that the clients of this workspace or the providers' SDKs read. An empty value stands for a variable that must not
    /// be set, since it would bring in a token or a profile of another key.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        environment::variables(&self.url(), self.gateway.metadata.requires_token)
    }

    /// The last 1,000 requests, the oldest first. Those to the emulator's own API are not among them.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.gateway.records.last(usize::MAX)
    }

    /// Forgets the requests. Their numbers go on.
    pub fn clear_requests(&self) {
        self.gateway.records.clear();
    }

    /// Lets requests fail from now on; the id is for [`stop_failing`](Self::stop_failing).
    ///
    /// ```
    /// # use cloud_emulator::{Emulator, Fault, Rule};
    /// # let emulator = Emulator::start_blocking()?;
    /// emulator.fail(Rule::new(Fault::Transient).action("DescribeBackupClients").times(2));
    /// emulator.fail(Fault::Slow { head_millis: 50, body_millis: 0 });
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn fail(&self, rule: impl Into<Rule>) -> u64 {
        self.gateway.faults.add(rule.into())
    }

    /// Takes back one rule of [`fail`](Self::fail). `false` if it is used up or was taken back before.
    pub fn stop_failing(&self, id: u64) -> bool {
        self.gateway.faults.remove(id)
    }

    /// Takes back all rules of [`fail`](Self::fail).
    pub fn clear_faults(&self) {
        self.gateway.faults.clear();
    }

    /// The emulator's clock, to be put wrong.
    pub fn clock(&self) -> &Clock {
        &self.gateway.clock
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Emulator")
            .field("address", &self.address())
            .finish_non_exhaustive()
    }
}

/// What is different about an emulator, before it starts.
#[derive(Default)]
#[must_use]
pub struct EmulatorBuilder {
    port: u16,
    clock: Option<Clock>,
    seed: Option<u64>,
    patience: Option<Duration>,
    accounts: Vec<Account>,
    rules: Vec<Rule>,
    requires_metadata_token: bool,
    tables: Vec<PathBuf>,
    data: Option<PathBuf>,
    observer: Option<Observer>,
}

impl EmulatorBuilder {
    /// Listens on this port instead of one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Goes by this clock instead of the computer's.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Makes request ids, temporary keys and random faults the same in each run. Without it they differ.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// How long a caller may take for the head of a request, and then for its body. 30 seconds without it.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = Some(patience);
        self
    }

    /// Lets in one more account.
    pub fn account(mut self, account: Account) -> Self {
        self.accounts.push(account);
        self
    }

    /// Lets requests fail from the start.
    pub fn fail(mut self, rule: impl Into<Rule>) -> Self {
        self.rules.push(rule.into());
        self
    }

    /// Refuses requests to Alibaba Cloud's instance metadata without a token, as its hardened mode does.
    pub fn require_metadata_token(mut self) -> Self {
        self.requires_metadata_token = true;
        self
    }

    /// Serves one more service, or all services of a folder: a service is a folder of tables, as `cargo xtask gen` writes them.
    pub fn tables(mut self, path: impl AsRef<Path>) -> Self {
        self.tables.push(path.as_ref().to_owned());
        self
    }

    /// Answers from the backups, chains and clients in this file instead of the built-in ones. `data/README.md` describes its form.
    pub fn data(mut self, path: impl AsRef<Path>) -> Self {
        self.data = Some(path.as_ref().to_owned());
        self
    }

    /// Shows each request to a function when it has been decided about, to log it for example.
    ///
    /// The function runs on the emulator's thread, and nobody is answered while it does.
    pub fn on_request(
        mut self,
        observer: impl Fn(&RecordedRequest) + Send + Sync + 'static,
    ) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// What [`Emulator::environment`] will be, if a port is given here.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        environment::variables(&format!("http://{address}"), self.requires_metadata_token)
    }

    /// Starts the emulator.
    ///
    /// # Errors
    ///
    /// If the port is taken, the system gives no thread, or a file can't be read; the message says what is wrong with it, and where.
    pub async fn start(self) -> io::Result<Emulator> {
        self.start_blocking()
    }

    /// The same for tests without `async`. It does not wait for anything, so that it may be called inside of `async` too.
    ///
    /// # Errors
    ///
    /// If the port is taken, or the system gives no thread.
    pub fn start_blocking(self) -> io::Result<Emulator> {
        let faults = Faults::default();
        for rule in self.rules {
            faults.add(rule);
        }
        let clock = self.clock.unwrap_or_else(Clock::system);
        let world = world(&self.tables, self.data.as_deref(), &clock);
        let world = world.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let gateway = Arc::new(Gateway {
            clock,
            accounts: Accounts::new(self.accounts),
            faults,
            records: Records::new(self.observer),
            random: Random::new(self.seed),
            metadata: Metadata::new(self.requires_metadata_token),
            nonces: Nonces::default(),
            answers: Arc::new(world),
        });
        let patience = self.patience.unwrap_or(PATIENCE);
        let server = Server::start(self.port, patience, Arc::clone(&gateway))?;
        Ok(Emulator { server, gateway })
    }
}

impl fmt::Debug for EmulatorBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EmulatorBuilder")
            .field("port", &self.port)
            .field("seed", &self.seed)
            .field("accounts", &self.accounts)
            .field("rules", &self.rules)
            .field("tables", &self.tables)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

/// The services that are served. Times in the data count from now.
fn world(tables: &[PathBuf], data: Option<&Path>, clock: &Clock) -> Result<World, LoadError> {
    let mut services = Tables::built_in()?;
    for path in tables {
        services.load(path)?;
    }
    let start = clock.now();
    let data = match data {
        Some(path) => Data::load(path, &services, start)?,
        None => Data::demo(&services, start)?,
    };
    Ok(World::new(services, data, start))
}
