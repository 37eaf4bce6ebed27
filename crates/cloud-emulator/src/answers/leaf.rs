//! Single values of an answer.

use serde_json::{Number, Value};
use time::format_description::FormatItem;
use time::macros::{datetime, format_description};
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

use super::seed::Seed;
use crate::parameters::scalar;
use crate::tables::{EnumValue, Field, Format, Scalar, Type};

/// When everything happened that no example says the time of.
const THEN: PrimitiveDateTime = datetime!(2024-01-01 00:00:00);

/// A value to be made.
pub(super) struct Leaf<'l> {
    pub action: &'l str,
    pub field: &'l Field,
    pub ty: Scalar,
    pub seed: Seed,
    /// Which item of a list it is in.
    pub index: Option<usize>,
    /// Whether it tells that item from the others.
    pub is_apart: bool,
}

impl Leaf<'_> {
    /// The value. `hint` is what an example has there; `record` makes a record that the text carries.
    pub(super) fn value(&self, hint: Option<&Value>, record: impl Fn(&str) -> Value) -> Value {
        if self.ty == Scalar::Any {
            return hint.cloned().unwrap_or_else(|| serde_json::json!({}));
        }
        let example = || scalar::from_text(self.field.example.as_deref()?, self.ty);
        let hint = hint
            .and_then(|hint| scalar::from_json(hint, self.ty))
            .or_else(example);
        match &self.field.format {
            Some(format) => self.formatted(format, hint, record),
            None => match hint {
                Some(Value::String(text)) if text.contains('*') => masked(&text, self.seed).into(),
                Some(hint) if self.is_apart => varied(hint, self.index.unwrap_or(0), self.ty),
                Some(hint) => hint,
                None => self.made_up(),
            },
        }
    }

    /// How long before the others it happened.
    fn before(&self) -> Duration {
        Duration::hours(i64::try_from(self.index.unwrap_or(0)).unwrap_or(0))
    }

    fn formatted(
        &self,
        format: &Format,
        hint: Option<Value>,
        record: impl Fn(&str) -> Value,
    ) -> Value {
        let text = hint.as_ref().and_then(scalar::text);
        let seconds = THEN.assume_utc().unix_timestamp();
        let unix = |unit: i64| {
            let hinted = text.as_ref().and_then(|text| text.parse::<i64>().ok());
            let time = hinted.unwrap_or(seconds * unit) - self.before().whole_seconds() * unit;
            scalar::from_text(&time.to_string(), self.ty).unwrap_or_default()
        };
        let made = match format {
            Format::UnixSeconds => return unix(1),
            Format::UnixMillis => return unix(1000),
            Format::DateTime => {
                let time = match &text {
                    Some(text) => scalar::date_time(text),
                    None => Some(THEN),
                };
                // A time of zeros is none, and stays what it is.
                time.and_then(|time| written(time - self.before()))
            }
            Format::Hour => return hint.unwrap_or_else(|| self.seed.below(24).into()),
            Format::Record(name) if hint.is_none() => Some(record(name).to_string()),
            Format::DownloadUrl if hint.is_none() => {
                let number = self.seed.below(1 << 32);
                Some(format!(
                    "https://download.example.com/{}/{number:08x}",
                    self.action
                ))
            }
            _ => None,
        };
        let simple = || match format {
            Format::Bool => "true",
            Format::I64 | Format::U64 => "1",
            Format::F64 => "0.5",
            Format::Json => "{}",
            Format::Base64 => "ZXhhbXBsZQ==",
            Format::Date => "2024-01-01",
            Format::Time => "08:00",
            Format::TimeRange => "08:00-09:00",
            _ => "",
        };
        let made = made.map(Value::from).or(hint);
        made.unwrap_or_else(|| simple().into())
    }

    /// A value that no example helps with.
    fn made_up(&self) -> Value {
        let limit = |limit: &Option<Number>| limit.as_ref().and_then(Number::as_u64);
        let least = limit(&self.field.minimum).unwrap_or(1);
        let most = limit(&self.field.maximum).unwrap_or(least + 99);
        match self.ty {
            Scalar::String => {
                let name = kebab(&self.field.name);
                let name = name.strip_suffix("-id").unwrap_or(&name);
                match self.index {
                    Some(index) => format!("{name}-{}", index + 1).into(),
                    None => format!("{name}-{:08x}", self.seed.below(1 << 32)).into(),
                }
            }
            Scalar::Bool => (self.seed.below(2) == 1).into(),
            Scalar::F64 => {
                let tenths = i32::try_from(self.seed.below(1000)).unwrap_or(0);
                (f64::from(tenths) / 10.0).into()
            }
            _ if self.is_apart => (least + self.index.unwrap_or(0) as u64).into(),
            _ => (least + self.seed.below(most.saturating_sub(least) + 1)).into(),
        }
    }
}

/// A time in the provider's form.
pub(crate) fn written(time: PrimitiveDateTime) -> Option<String> {
    const FORM: &[FormatItem<'_>] =
        format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    time.format(FORM).ok()
}

/// A point in time as the provider's clocks show it: all three have their home in China.
pub(crate) fn local(time: OffsetDateTime) -> PrimitiveDateTime {
    let time = time.to_offset(time::macros::offset!(+8));
    PrimitiveDateTime::new(time.date(), time.time())
}

/// The member that tells the items of a list apart: an id, or else the first text, or else the first number.
pub(super) fn telling_apart(fields: &[Field]) -> Option<&Field> {
    let is = |field: &Field, types: &[Scalar]| match field.ty {
        Type::Scalar(ty) => field.format.is_none() && types.contains(&ty),
        _ => false,
    };
    let numbers = [Scalar::I32, Scalar::I64, Scalar::U64];
    let is_id = |field: &&Field| {
        let name = field.name.ends_with("Id") || field.name.ends_with("ID");
        name && (is(field, &[Scalar::String]) || is(field, &numbers))
    };
    let first = |types: &[Scalar]| fields.iter().find(|field| is(field, types));
    fields
        .iter()
        .find(is_id)
        .or_else(|| first(&[Scalar::String]))
        .or_else(|| first(&numbers))
}

/// The value that follows from another for an item of a list: another for each index.
fn varied(value: Value, index: usize, ty: Scalar) -> Value {
    match value {
        Value::String(text) => {
            let digits = text
                .bytes()
                .rev()
                .take(9)
                .take_while(u8::is_ascii_digit)
                .count();
            let (stem, number) = text.split_at(text.len() - digits);
            match number.parse::<usize>() {
                Ok(number) => format!("{stem}{:0digits$}", number + index).into(),
                Err(_) if index == 0 => text.into(),
                Err(_) => format!("{text}-{}", index + 1).into(),
            }
        }
        Value::Number(number) => {
            let step = index as i128;
            let number = number
                .as_i64()
                .map(i128::from)
                .or_else(|| number.as_u64().map(i128::from));
            let fits = |number: i128| scalar::from_text(&number.to_string(), ty);
            // The largest number of its type counts down.
            let varied =
                number.and_then(|number| fits(number + step).or_else(|| fits(number - step)));
            varied.unwrap_or_default()
        }
        other => other,
    }
}

/// Text whose stars stand for what the page does not show.
fn masked(text: &str, seed: Seed) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let shown = text.chars().enumerate().map(|(index, letter)| {
        let digit = usize::try_from(seed.item(index).below(36))
            .ok()
            .and_then(|digit| DIGITS.get(digit));
        match (letter, digit) {
            ('*', Some(digit)) => char::from(*digit),
            _ => letter,
        }
    });
    shown.collect()
}

/// The canonical spelling of a value of an enum.
pub(super) fn spelling(values: &[EnumValue], text: &str) -> Option<Value> {
    let mut values = values.iter().map(|value| &value.value);
    values
        .find(|value| scalar::text(value).is_some_and(|spelling| spelling == text))
        .cloned()
}

/// Whether a value is one of an enum.
pub(super) fn is_known(values: &[EnumValue], value: &Value) -> bool {
    values.iter().any(|known| known.value == *value)
}

/// One of the values of an enum that are not on their way out.
pub(super) fn pick(values: &[EnumValue], seed: Seed) -> Value {
    let current: Vec<_> = values.iter().filter(|value| !value.deprecated).collect();
    let index = usize::try_from(seed.below(current.len() as u64)).unwrap_or(0);
    current
        .get(index)
        .map(|value| value.value.clone())
        .unwrap_or_default()
}

/// `OrderId` as `order-id`.
fn kebab(name: &str) -> String {
    let mut text = String::new();
    let mut was_small = false;
    for letter in name.chars() {
        if letter.is_uppercase() && was_small {
            text.push('-');
        }
        was_small = !letter.is_uppercase();
        text.extend(letter.to_lowercase());
    }
    text
}
