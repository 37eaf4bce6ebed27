//! Single values of an answer.

use serde_json::{Number, Value};
use time::format_description::FormatItem;
use time::macros::{datetime, format_description};
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

use super::seed::Seed;
use crate::parameters::scalar;
use crate::tables::{EnumValue, Field, Scalar, Type};

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
    /// The value. `hint` is what an example has there.
    pub(super) fn value(&self, hint: Option<&Value>) -> Value {
        if self.ty == Scalar::Any {
            return hint.cloned().unwrap_or_else(|| serde_json::json!({}));
        }
        // A time of zeros is none, and stays what it is.
        let is_zeros = |hint: &&Value| hint.as_str().is_some_and(|text| text.starts_with("0000-"));
        if let Some(zeros) = hint.filter(is_zeros) {
            return zeros.clone();
        }
        let example = || scalar::from_text(self.field.example.as_deref()?, self.ty);
        let hint = hint
            .and_then(|hint| scalar::from_json(hint, self.ty))
            .or_else(example);
        match hint {
            Some(hint) => self.like(hint),
            None => self.made_up(),
        }
    }

    /// The text of a value. `hint` is the text that an example has there.
    pub(super) fn text(&self, hint: Option<&Value>) -> Value {
        let carried = hint.and_then(|hint| scalar::from_text(hint.as_str()?, self.ty));
        let value = self.value(carried.as_ref());
        // `007` stays as it is.
        if let Some(hint) = hint.filter(|_| carried.as_ref() == Some(&value)) {
            return hint.clone();
        }
        scalar::text(&value).map_or(Value::Null, |text| Value::from(text.into_owned()))
    }

    /// A value like the one that an example has.
    fn like(&self, hint: Value) -> Value {
        match self.ty {
            Scalar::UnixSeconds | Scalar::UnixMillis => {
                hint.as_i64().map_or(hint, |time| self.earlier(time).into())
            }
            Scalar::DateTime => {
                let time = hint.as_str().and_then(scalar::date_time);
                time.and_then(|time| written(time - self.before()))
                    .map_or(hint, Value::from)
            }
            Scalar::String if hint.as_str().is_some_and(|text| text.contains('*')) => {
                masked(hint.as_str().unwrap_or_default(), self.seed).into()
            }
            _ if self.is_apart => varied(hint, self.index.unwrap_or(0), self.ty),
            _ => hint,
        }
    }

    /// A point in time that lies before another one as the item lies behind the first.
    fn earlier(&self, time: i64) -> i64 {
        let unit = if self.ty == Scalar::UnixMillis {
            1000
        } else {
            1
        };
        time - self.before().whole_seconds() * unit
    }

    /// How long before the others it happened.
    fn before(&self) -> Duration {
        Duration::hours(i64::try_from(self.index.unwrap_or(0)).unwrap_or(0))
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
            Scalar::Flag => self.seed.below(2).into(),
            Scalar::Hour => self.seed.below(24).into(),
            Scalar::UnixSeconds => self.earlier(THEN.assume_utc().unix_timestamp()).into(),
            Scalar::UnixMillis => self
                .earlier(THEN.assume_utc().unix_timestamp() * 1000)
                .into(),
            Scalar::DateTime => written(THEN - self.before()).into(),
            Scalar::Date => "2024-01-01".into(),
            Scalar::Time => "08:00".into(),
            Scalar::TimeRange => "08:00-09:00".into(),
            Scalar::Base64 => "ZXhhbXBsZQ==".into(),
            Scalar::DownloadUrl => {
                let number = self.seed.below(1 << 32);
                let action = self.action;
                format!("https://download.example.com/{action}/{number:08x}").into()
            }
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
        Type::Scalar(ty) => types.contains(&ty),
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
