//! For whom findings are written.

use std::str::FromStr;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// In words, for people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// Workflow commands of GitHub, which shows them beside the lines of a pull request.
    Github,
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "human" => Ok(Self::Human),
            "json" => Ok(Self::Json),
            "github" => Ok(Self::Github),
            _ => Err("it is `human`, `json` or `github`"),
        }
    }
}
