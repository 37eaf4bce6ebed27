//! What is said at the start.

use std::fmt::Write;

use cloud_emulator::{Account, Emulator, Provider};
use serde_json::{Map, Value, json};

/// What people want to know first.
pub(crate) fn page(emulator: &Emulator) -> String {
    let mut page = format!(
        "\ncloud-emulator {} at {}\n",
        env!("CARGO_PKG_VERSION"),
        emulator.url()
    );
    page += "Open the address in a browser to see what goes on. Ctrl-C ends it.\n\nServices\n";
    // Writing to a text does not fail.
    for service in emulator.services() {
        let count = service.actions.len();
        let operations = if count == 1 {
            "operation"
        } else {
            "operations"
        };
        let _ = writeln!(
            page,
            "  {:<28} {count:>4} {operations:<10}  {}",
            service.title, service.name
        );
    }
    page += "  and AssumeRole, web identity and instance metadata of each provider\n\nKeys, all of them invented\n";
    for provider in Provider::ALL {
        let account = Account::built_in(provider);
        let name = provider.to_string();
        let _ = writeln!(
            page,
            "  {name:<14} {:<20} {}",
            account.id(),
            account.secret()
        );
    }
    page += "\nEnvironment, to paste into a shell\n\n";
    page += &exports(&emulator.environment());
    page += "\nRequests\n";
    page
}

/// The environment as a shell reads it. No value needs quotes.
pub(crate) fn exports(environment: &[(&str, String)]) -> String {
    let line = |(name, value): &(&str, String)| match &**value {
        "" => format!("unset {name}\n"),
        value => format!("export {name}={value}\n"),
    };
    environment.iter().map(line).collect()
}

/// The same for programs, as one line.
pub(crate) fn json(emulator: &Emulator) -> String {
    let services = emulator.services();
    let services: Vec<Value> = services
        .iter()
        .map(|service| {
            json!({
                "name": service.name,
                "title": service.title,
                "provider": service.provider,
                "actions": service.actions,
            })
        })
        .collect();
    let variables = emulator.environment().into_iter();
    let environment: Map<String, Value> = variables
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    let greeting = json!({
        "url": emulator.url(),
        "port": emulator.address().port(),
        "environment": environment,
        "services": services,
    });
    format!("{greeting}\n")
}
