//! `[accounts.NAME]`: a provider, where its keys come from, and where it is.

use std::collections::BTreeMap;

use super::mistakes::Mistakes;
use super::reader::{Located, Section, one_of, suggestion, text};

/// Who runs a cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provider {
    Ucloud,
    Tencent,
    Aliyun,
}

impl Provider {
    /// Its name in the configuration.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Ucloud => "ucloud",
            Self::Tencent => "tencent",
            Self::Aliyun => "aliyun",
        }
    }
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) provider: Provider,
    /// Without them the variables of the provider's own tools are read.
    pub(crate) keys: Option<Variables>,
    /// Without it the provider's own.
    pub(crate) endpoint: Option<String>,
}

/// The names of the environment variables that hold a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variables {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
}

/// The accounts of a configuration. One that has a mistake in it is `None`, so that it is not said to be missing as well.
#[derive(Debug, Default)]
pub(super) struct Accounts(BTreeMap<String, Option<Account>>);

impl Accounts {
    pub(super) fn into_known(self) -> BTreeMap<String, Account> {
        let accounts = self.0.into_iter();
        accounts
            .filter_map(|(name, account)| Some((name, account?)))
            .collect()
    }

    /// The name of an account that is there and is one of this provider.
    pub(super) fn name(
        &self,
        value: &Located<'_>,
        provider: Provider,
        mistakes: &mut Mistakes,
    ) -> Option<String> {
        let name = text(value, mistakes)?;
        match self.0.get(&name) {
            None => {
                let names: Vec<&str> = self.0.keys().map(String::as_str).collect();
                let help = match names.is_empty() {
                    true => format!("add `[accounts.{name}]`"),
                    false => suggestion(&name, &names, "is one of"),
                };
                mistakes.push(value.span(), format!("there is no account `{name}`"), help);
                None
            }
            Some(Some(account)) if account.provider != provider => {
                let (is, wanted) = (account.provider.id(), provider.id());
                let message = format!("`{name}` is an account of `{is}`");
                let help = format!("this service is one of `{wanted}`; name an account of it");
                mistakes.push(value.span(), message, help);
                None
            }
            Some(_) => Some(name),
        }
    }
}

/// Reads all accounts.
pub(super) fn read(file: &Section<'_>, mistakes: &mut Mistakes) -> Accounts {
    let Some(all) = file.get("accounts") else {
        return Accounts::default();
    };
    let Some(table) = all.get_ref().as_table() else {
        let help = "write `[accounts.NAME]` and what belongs to it below";
        mistakes.push(all.span(), "`accounts` is a table of accounts", help);
        return Accounts::default();
    };
    let accounts = table.iter().map(|(name, account)| {
        let name = name.get_ref().to_string();
        let account = read_one(&name, account, mistakes);
        (name, account)
    });
    Accounts(accounts.collect())
}

fn read_one<'a>(name: &str, value: &'a Located<'a>, mistakes: &mut Mistakes) -> Option<Account> {
    let keys = ["provider", "keys", "endpoint"];
    let section = Section::open(value, format!("[accounts.{name}]"), &keys, mistakes)?;
    let provider = section.required("provider", read_provider, mistakes);
    let keys = section.optional("keys", read_variables, mistakes);
    let endpoint = section.optional("endpoint", read_endpoint, mistakes);
    Some(Account {
        provider: provider?,
        keys: keys?,
        endpoint: endpoint?,
    })
}

fn read_provider(value: &Located<'_>, mistakes: &mut Mistakes) -> Option<Provider> {
    const ALL: [Provider; 3] = [Provider::Ucloud, Provider::Tencent, Provider::Aliyun];
    let word = one_of(value, &ALL.map(Provider::id), mistakes)?;
    ALL.into_iter().find(|provider| provider.id() == word)
}

fn read_variables<'a>(value: &'a Located<'a>, mistakes: &mut Mistakes) -> Option<Variables> {
    let section = Section::open(value, "keys", &["id", "secret", "token"], mistakes)?;
    let id = section.required("id", read_variable, mistakes);
    let secret = section.required("secret", read_variable, mistakes);
    let token = section.optional("token", read_variable, mistakes);
    Some(Variables {
        id: id?,
        secret: secret?,
        token: token?,
    })
}

/// The name of a variable. A key that somebody wrote here instead shall not be repeated, so what is wrong does not quote it.
fn read_variable(value: &Located<'_>, mistakes: &mut Mistakes) -> Option<String> {
    let name = text(value, mistakes)?;
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if is_name {
        return Some(name);
    }
    let message = "this is no name of an environment variable";
    let help = "write the name of the variable that holds the key, as in `SHOP_SECRET`; a key itself must not be in this file";
    mistakes.push(value.span(), message, help);
    None
}

fn read_endpoint(value: &Located<'_>, mistakes: &mut Mistakes) -> Option<String> {
    let endpoint = text(value, mistakes)?;
    if endpoint.starts_with("https://") || endpoint.starts_with("http://") {
        return Some(endpoint);
    }
    let help = "write it like `https://api.example.com` or `http://127.0.0.1:4080`";
    mistakes.push(value.span(), "this is no endpoint", help);
    None
}
