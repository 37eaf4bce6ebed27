//! `cargo xtask new`: the skeleton of a spec.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use super::console;
use crate::diagnostics::closest;
use crate::model::Provider;
use crate::names;
use crate::pipeline;
use crate::prose::one_of;
use crate::skeleton;
use crate::spec::{Word, words};

/// What `--help` says.
pub const HELP: &str = "\
Usage: cargo xtask new <crate> [--provider PROVIDER] [--title TITLE] [--root DIR]
       cargo xtask new <crate> <Action> [--root DIR]

Writes the skeleton of a spec: `specs/<crate>/service.yaml`, or `specs/<crate>/<Action>.yaml` for an operation of a service that is
there. What only the provider's page knows begins with TODO; `cargo xtask gen` takes the spec once all of it is filled in. A file
that is there already is left alone.

Options:
  --provider PROVIDER  whose service it is: ucloud, tencent or aliyun; if left out, the name of the crate says it, as in tencent-redis
  --title TITLE        what people call the service
  --root DIR           the workspace, if it is not the one this program was built in
";

/// The spec that is wanted.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A `service.yaml`.
    Service {
        /// The crate.
        name: String,
        /// Whose service it is.
        provider: Provider,
        /// What people call it.
        title: Option<String>,
    },
    /// An `<Action>.yaml`.
    Operation {
        /// The crate.
        name: String,
        /// The operation.
        action: String,
    },
}

impl Wanted {
    /// Makes sense of a command line.
    pub fn read(
        name: Option<String>,
        action: Option<String>,
        provider: Option<&str>,
        title: Option<String>,
    ) -> Result<Self, String> {
        let name = name.ok_or("which crate? `cargo xtask new --help` says more")?;
        if !names::is_crate(&name) {
            return Err(format!(
                "`{name}` cannot be the name of a crate\nhelp: use small letters, digits and `-`, as in `tencent-redis`"
            ));
        }
        match action {
            None => Ok(Self::Service {
                provider: read_provider(&name, provider)?,
                name,
                title,
            }),
            Some(_) if provider.is_some() || title.is_some() => Err(
                "`--provider` and `--title` belong to the service: its `service.yaml` says both"
                    .to_owned(),
            ),
            Some(action) if !names::is_action(&action) => Err(format!(
                "`{action}` cannot be the name of an action\nhelp: write it as the provider does, such as `DescribeBackups`"
            )),
            Some(action) => Ok(Self::Operation { name, action }),
        }
    }
}

/// Whose service it is: as said, or as the crate's name begins.
fn read_provider(name: &str, said: Option<&str>) -> Result<Provider, String> {
    let known = words::<Provider>();
    let word = said.unwrap_or_else(|| name.split('-').next().unwrap_or_default());
    Provider::read(word).ok_or_else(|| match said {
        Some(said) => {
            let help = closest(said, known.iter().copied()).map_or_else(
                || format!("it is {}", one_of(&known)),
                |near| format!("did you mean `{near}`?"),
            );
            format!("there is no provider `{said}`\nhelp: {help}")
        }
        None => format!(
            "whose service is it? Say so with `--provider`: {}",
            one_of(&known)
        ),
    })
}

/// Writes the skeleton.
pub fn run(root: &Path, wanted: &Wanted) -> ExitCode {
    match write(root, wanted) {
        Ok(path) => {
            console::out(&format!(
                "wrote {path}\nhelp: replace every TODO by what the provider's page says, then run `cargo xtask gen`\n"
            ));
            ExitCode::SUCCESS
        }
        Err(error) => {
            console::err(&format!("error: {error}\n"));
            ExitCode::FAILURE
        }
    }
}

fn write(root: &Path, wanted: &Wanted) -> Result<String, String> {
    let (path, text) = match wanted {
        Wanted::Service {
            name,
            provider,
            title,
        } => {
            // What a spec makes has a spec; every other crate was written by hand.
            if root.join("crates").join(name).exists() && !root.join("specs").join(name).exists() {
                return Err(format!(
                    "crates/{name} is there already, and no spec makes it"
                ));
            }
            let text = skeleton::service(name, *provider, title.as_deref());
            (format!("specs/{name}/service.yaml"), text)
        }
        Wanted::Operation { name, action } => {
            let specs = root.join("specs");
            if !specs.join(name).join("service.yaml").exists() {
                let services = services(&specs);
                let near = closest(name, services.iter().map(String::as_str));
                let help = near.map_or_else(
                    || format!("`cargo xtask new {name}` writes one"),
                    |near| format!("did you mean `{near}`?"),
                );
                return Err(format!(
                    "there is no specs/{name}/service.yaml\nhelp: {help}"
                ));
            }
            let provider = pipeline::provider(&specs, name).ok_or_else(|| {
                format!("specs/{name}/service.yaml does not say whose service it is\nhelp: `cargo xtask gen` says what is wrong with it")
            })?;
            let text = skeleton::operation(name, action, provider);
            (format!("specs/{name}/{action}.yaml"), text)
        }
    };
    create(&root.join(&path), &text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => format!("{path} is there already"),
        _ => format!("{path} cannot be written: {error}"),
    })?;
    Ok(path)
}

/// The services that are there, sorted.
fn services(specs: &Path) -> Vec<String> {
    let entries = fs::read_dir(specs).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().join("service.yaml").exists())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// Writes a file that is not there yet.
fn create(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::File::create_new(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: [Option<&str>; 3]) -> Result<Wanted, String> {
        let [name, action, provider] = words;
        Wanted::read(
            name.map(str::to_owned),
            action.map(str::to_owned),
            provider,
            None,
        )
    }

    #[test]
    fn the_provider_is_said_or_stands_in_the_name() {
        let service = |name: &str, provider| {
            Ok(Wanted::Service {
                name: name.to_owned(),
                provider,
                title: None,
            })
        };
        assert_eq!(
            read([Some("tencent-cvm"), None, None]),
            service("tencent-cvm", Provider::Tencent)
        );
        assert_eq!(
            read([Some("vault"), None, Some("aliyun")]),
            service("vault", Provider::Aliyun)
        );
        assert!(read([Some("vault"), None, None]).is_err_and(|error| error.contains("--provider")));
        assert!(
            read([Some("vault"), None, Some("alyun")])
                .is_err_and(|error| error.contains("did you mean `aliyun`?"))
        );
    }

    #[test]
    fn names_are_checked_before_anything_is_written() {
        for words in [
            [None, None, None],
            [Some("Tencent_CVM"), None, None],
            [Some("../tencent"), None, None],
            [Some("tencent-cvm"), Some("describe-instances"), None],
            [Some("tencent-cvm"), Some("service"), None],
            [Some("tencent-cvm"), Some("../X"), None],
            [Some("tencent-cvm"), Some("RunInstances"), Some("tencent")],
        ] {
            assert!(read(words).is_err(), "{words:?}");
        }
    }
}
