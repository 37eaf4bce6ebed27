//! Where in an answer something went wrong: `BackupSet[3].Status`, `InstanceInfos["i-1"].Status`.

use std::fmt;

/// One step from an answer to a value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Field(&'static str),
    Item(usize),
    Key(String),
}

/// The way to a value, collected from the inside out while an error travels up.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    inside_out: Vec<Step>,
}

impl Path {
    pub(crate) fn push_outer(&mut self, step: Step) {
        self.inside_out.push(step);
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.inside_out.iter().rev().enumerate() {
            match step {
                Step::Field(name) if index == 0 => formatter.write_str(name)?,
                Step::Field(name) => write!(formatter, ".{name}")?,
                Step::Item(number) => write!(formatter, "[{number}]")?,
                // A key comes from the provider: a line of a message must survive whatever it holds.
                Step::Key(key) => match key.chars().count() {
                    0..=40 => write!(formatter, "[{key:?}]")?,
                    length => write!(formatter, "[a key of {length} characters]")?,
                },
            }
        }
        Ok(())
    }
}
