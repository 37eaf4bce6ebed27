//! An answer made of its types.

use serde_json::{Map, Value};

use super::leaf::{self, Leaf};
use super::place::At;
use super::seed::Seed;
use super::{REQUEST_ID, TOTAL, Window};
use crate::call::Refusal;
use crate::parameters::{Parameters, scalar};
use crate::tables::{Field, Operation, Paging, Scalar, Type, TypeDef, Types};

/// How many items a list has that does not come in pages.
const ITEMS: usize = 2;

/// Deeper in than this, lists that no example fills are empty: a record may hold a list of itself.
const DEPTH: usize = 3;

/// Answers an operation.
pub(crate) fn answer(
    operation: &Operation,
    types: Types<'_>,
    parameters: &Parameters,
) -> Result<Map<String, Value>, Refusal> {
    let examples = operation.examples.iter();
    let hint = examples
        .filter_map(|example| example.response.as_ref())
        .find_map(Value::as_object);
    let maker = Maker {
        operation,
        types,
        parameters,
        window: Window::of(operation, parameters)?,
    };
    let at = At::top(seed(operation, parameters));
    Ok(maker.record(&operation.response, hint, &at))
}

/// The seed of a request. It is the same for every page, so that the pages are of one list.
fn seed(operation: &Operation, parameters: &Parameters) -> Seed {
    let is_paging = |name: &str| {
        operation
            .pages
            .as_ref()
            .is_some_and(|pages| pages.is_parameter(name))
    };
    let others = parameters
        .values()
        .iter()
        .filter(|(name, _)| !is_paging(name));
    let seed = Seed::of(&operation.action);
    others.fold(seed, |seed, (name, value)| {
        seed.and(name).and(&value.to_string())
    })
}

/// Makes the values of one answer.
struct Maker<'m> {
    operation: &'m Operation,
    types: Types<'m>,
    parameters: &'m Parameters,
    window: Option<Window>,
}

impl Maker<'_> {
    fn record(
        &self,
        fields: &[Field],
        hint: Option<&Map<String, Value>>,
        at: &At,
    ) -> Map<String, Value> {
        let apart = leaf::telling_apart(fields);
        let mut record = Map::new();
        for field in fields {
            let member = at.member(&field.name);
            let is_member_of_answer = at.depth == 0;
            if is_member_of_answer && field.name == REQUEST_ID {
                continue;
            }
            let value = is_member_of_answer
                .then(|| self.of_the_call(field))
                .flatten();
            let is_apart = at.is_made && apart.is_some_and(|apart| apart.name == field.name);
            let hint = hint.and_then(|hint| hint.get(&field.name));
            let value = value
                .or_else(|| self.of_the_pages(field, &member))
                .unwrap_or_else(|| {
                    let wrapper = field.wrapper.as_deref();
                    let inside = wrapper.and_then(|wrapper| hint?.get(wrapper));
                    let value = self.value(field, &field.ty, inside.or(hint), &member, is_apart);
                    match wrapper {
                        Some(wrapper) => {
                            Value::Object(Map::from_iter([(wrapper.to_owned(), value)]))
                        }
                        None => value,
                    }
                });
            record.insert(field.name.clone(), value);
        }
        record
    }

    /// What the request itself says. What was asked for is told again: the page, the id. A token is not: it stands for the next page.
    fn of_the_call(&self, field: &Field) -> Option<Value> {
        let parameter = self
            .operation
            .parameter(&field.name)
            .filter(|parameter| parameter.ty == field.ty)?;
        let next = self
            .operation
            .pages
            .as_ref()
            .and_then(|pages| pages.next.as_deref());
        if next == Some(&field.name) {
            return None;
        }
        let default = || match (&parameter.ty, &parameter.default) {
            (Type::Scalar(ty), Some(default)) => scalar::from_text(default, *ty),
            (Type::Text { .. }, Some(default)) => Some(Value::from(&**default)),
            _ => None,
        };
        self.parameters.get(&field.name).cloned().or_else(default)
    }

    /// The total of a list, or the token of the next page.
    fn of_the_pages(&self, field: &Field, at: &At) -> Option<Value> {
        let (paging, window) = (self.operation.pages.as_ref()?, self.window?);
        // Where several lists turn their pages together, each may have a count of its own.
        let is_count = |items: &String| at.path.strip_suffix("Count") == Some(items);
        if paging.total.as_ref() == Some(&at.path) || paging.items.iter().any(is_count) {
            return Some(match &field.ty {
                Type::Scalar(Scalar::String) | Type::Text { .. } => TOTAL.to_string().into(),
                _ => TOTAL.into(),
            });
        }
        (paging.next.as_ref() == Some(&at.path)).then(|| window.next(TOTAL, &field.ty))
    }

    fn value(
        &self,
        field: &Field,
        ty: &Type,
        hint: Option<&Value>,
        at: &At,
        is_apart: bool,
    ) -> Value {
        match ty {
            Type::List((item,)) => self.list(field, item, hint, at),
            Type::Map { map } => {
                let hinted = hint
                    .and_then(Value::as_object)
                    .filter(|hint| !hint.is_empty());
                let entry = |name: &str, hint| {
                    (
                        name.to_owned(),
                        self.value(field, map, hint, &at.member(name), false),
                    )
                };
                Value::Object(match hinted {
                    Some(hint) => hint
                        .iter()
                        .map(|(name, hint)| entry(name, Some(hint)))
                        .collect(),
                    None if at.depth > DEPTH => Map::new(),
                    None => ["first", "second"]
                        .map(|name| entry(name, None))
                        .into_iter()
                        .collect(),
                })
            }
            Type::Named(name) => match self.types.get(name) {
                Some(TypeDef::Record { fields }) => {
                    let hint = hint.and_then(Value::as_object);
                    Value::Object(self.record(fields, hint, at))
                }
                Some(TypeDef::Enum { values, .. }) => {
                    let ended = self.ended(at).and_then(|end| leaf::spelling(values, end));
                    let hinted = || hint.cloned().filter(|hint| leaf::is_known(values, hint));
                    ended
                        .or_else(hinted)
                        .unwrap_or_else(|| leaf::pick(values, at.seed))
                }
                None => hint.cloned().unwrap_or_default(),
            },
            Type::Json { json } => {
                let hinted = hint.filter(|hint| hint.is_string()).cloned();
                hinted.unwrap_or_else(|| match &**json {
                    // A record may hold its like as JSON in text.
                    Type::Named(_) if at.depth > DEPTH => "{}".into(),
                    json => self.value(field, json, None, at, false).to_string().into(),
                })
            }
            Type::Text { text } => {
                let ended = self.ended(at).map(Value::from);
                ended.unwrap_or_else(|| self.leaf(field, *text, at, is_apart).text(hint))
            }
            Type::Scalar(ty) => {
                let ended = self.ended(at).and_then(|end| scalar::from_text(end, *ty));
                ended.unwrap_or_else(|| self.leaf(field, *ty, at, is_apart).value(hint))
            }
        }
    }

    fn leaf<'l>(&'l self, field: &'l Field, ty: Scalar, at: &At, is_apart: bool) -> Leaf<'l> {
        Leaf {
            action: &self.operation.action,
            field,
            ty,
            seed: at.seed,
            index: at.index,
            is_apart,
        }
    }

    fn list(&self, field: &Field, item: &Type, hint: Option<&Value>, at: &At) -> Value {
        let is_paged = |paging: &Paging| paging.items.contains(&at.path);
        let window = self
            .window
            .filter(|_| self.operation.pages.as_ref().is_some_and(is_paged));
        let hints = hint
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let indices = match window {
            Some(window) => window.range(TOTAL),
            None if !hints.is_empty() => 0..hints.len(),
            None if at.depth > DEPTH => 0..0,
            None => 0..ITEMS,
        };
        // The items that an example shows are taken as they are. Those of pages are not: there are more of them.
        let is_made = window.is_some() || hints.is_empty();
        let apart = self.types.members(item).and_then(leaf::telling_apart);
        let items = indices.map(|index| {
            let hint = index
                .checked_rem(hints.len())
                .and_then(|index| hints.get(index));
            let hint = match (hint, hints.first()) {
                (Some(hint), Some(first)) if is_made => Some(told_by(apart, hint, first)),
                _ => hint.cloned(),
            };
            self.value(
                field,
                item,
                hint.as_ref(),
                &at.item(index, is_made),
                is_made,
            )
        });
        items.collect()
    }

    /// How it ended, where the value is what one polls for: who waits has waited long enough.
    fn ended(&self, at: &At) -> Option<&str> {
        let waiter = self
            .operation
            .waiters
            .first()
            .filter(|waiter| waiter.path == at.path)?;
        waiter.success.first().map(String::as_str)
    }
}

/// What an example says of an item, but told apart by what it says of the first one: ids follow from that, since those that follow from
/// several would meet some time.
fn told_by(apart: Option<&Field>, hint: &Value, first: &Value) -> Value {
    let (Value::Object(members), Some(apart)) = (hint, apart) else {
        return first.clone();
    };
    let mut members = members.clone();
    match first.get(&apart.name) {
        Some(first) => members.insert(apart.name.clone(), first.clone()),
        None => members.remove(&apart.name),
    };
    Value::Object(members)
}
