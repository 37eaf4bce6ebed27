//! What an emulator serves, for those who want to show it.

use crate::call::Provider;
use crate::tables::Service;

/// A service that an emulator answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServedService {
    /// The crate of its client: `tencent-redis`.
    pub name: String,
    /// What people call it: `Tencent Cloud Redis`.
    pub title: String,
    /// Whose it is.
    pub provider: Provider,
    /// The names of its operations.
    pub actions: Vec<String>,
}

impl From<&Service> for ServedService {
    fn from(service: &Service) -> Self {
        let operations = service.operations.iter();
        Self {
            name: service.name.clone(),
            title: service.title.clone(),
            provider: service.provider,
            actions: operations
                .map(|operation| operation.action.clone())
                .collect(),
        }
    }
}
