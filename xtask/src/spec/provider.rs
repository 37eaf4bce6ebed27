//! `providers/<provider>.yaml`: what every service of a provider has in common.

use super::common::{NOTES, QUIRKS, Remark, name, read_remarks};
use super::keys::{Keys, Text};
use super::shape::{Key, Shape, Table};
use super::types::TypeRef;
use super::words::{Role, words};
use crate::model::ScopeKey;
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node};

/// The file of a provider.
pub const PROVIDER: Table = Table {
    what: "a provider",
    keys: &[
        Key::optional(
            "envelope",
            Shape::Map(&Shape::Table(&ENVELOPE_MEMBER)),
            "the members that every answer has around or beside its data, by their names on the wire",
        ),
        Key::required(
            "request_id",
            Shape::Table(&REQUEST_ID),
            "where an answer has the id of its request",
        ),
        Key::optional(
            "scope",
            Shape::Map(&Shape::Table(&SCOPE_PARAMETER)),
            "the parameters that a client fills, by their names on the wire",
        ),
        Key::optional(
            "description",
            Shape::Prose,
            "what the documentation of each service says about all of them",
        ),
        QUIRKS,
        NOTES,
    ],
};

/// A member of the envelope.
const ENVELOPE_MEMBER: Table = Table {
    what: "a member of the envelope",
    keys: &[
        Key::required(
            "role",
            Shape::Word(words::<Role>),
            "what it tells about the answer",
        ),
        Key::optional("type", Shape::Type, "its type, unless it holds others"),
        Key::optional(
            "success",
            Shape::Scalar,
            "the value of a `code` that means success",
        ),
        Key::optional(
            "code",
            Shape::Text,
            "the member of an `error` with its code",
        ),
        Key::optional(
            "message",
            Shape::Text,
            "the member of an `error` with its message",
        ),
        Key::optional("doc", Shape::Prose, "what it is"),
    ],
};

/// Where the id of a request is.
const REQUEST_ID: Table = Table {
    what: "`request_id`",
    keys: &[
        Key::optional(
            "body",
            Shape::Text,
            "the member of the answer that holds it; every response gets a field for it",
        ),
        Key::optional("header", Shape::Text, "the header that holds it"),
        Key::optional("doc", Shape::Prose, "what it is"),
    ],
};

/// A scope parameter.
const SCOPE_PARAMETER: Table = Table {
    what: "a scope parameter",
    keys: &[
        Key::required(
            "setting",
            Shape::Word(words::<ScopeKey>),
            "the setting of the client that fills it",
        ),
        Key::optional(
            "required",
            Shape::Flag,
            "whether operations need it that say nothing about their scope",
        ),
        Key::optional(
            "sent",
            Shape::Flag,
            "`false` if it chooses the host and is not sent",
        ),
        Key::wanted("doc", Shape::Prose, "what it is"),
    ],
};

/// `providers/<provider>.yaml` as it stands.
pub struct ProviderFile<'t> {
    /// Its name, which is the file's.
    pub name: &'t str,
    /// Where to point for what concerns the file as a whole.
    pub place: Span,
    /// The members around or beside the data of an answer.
    pub envelope: Vec<EnvelopeMember<'t>>,
    /// Where the id of a request is.
    pub request_id: RequestId<'t>,
    /// The parameters that a client fills.
    pub scope: Vec<ScopeParameter<'t>>,
    /// About all of its services.
    pub description: Option<Text<'t>>,
    /// What is odd about all of its services.
    pub quirks: Vec<Remark<'t>>,
    /// What a maintainer has to know.
    pub notes: Vec<Remark<'t>>,
}

/// A member of the envelope as the spec has it.
pub struct EnvelopeMember<'t> {
    /// Its name on the wire.
    pub name: Text<'t>,
    /// What it tells; absent if the spec does not say, which has been reported.
    pub role: Option<Role>,
    /// Its type.
    pub ty: Option<TypeRef<'t>>,
    /// The keys themselves, to point at.
    pub keys: Keys<'t>,
}

/// Where the id of a request is, as the spec has it.
pub struct RequestId<'t> {
    /// The key `request_id`.
    pub place: Span,
    /// The member of the answer.
    pub body: Option<Text<'t>>,
    /// The header.
    pub header: Option<Text<'t>>,
    /// What it is.
    pub doc: Option<Text<'t>>,
}

/// A scope parameter as the spec has it.
pub struct ScopeParameter<'t> {
    /// Its name on the wire.
    pub name: Text<'t>,
    /// The client's setting; absent if the spec does not say, which has been reported.
    pub setting: Option<Spanned<ScopeKey>>,
    /// That it is required unless an operation says otherwise.
    pub required: bool,
    /// That requests have it.
    pub sent: bool,
    /// What it is.
    pub doc: Option<Text<'t>>,
}

/// Reads `providers/<name>.yaml`.
pub fn read<'t>(name: &'t str, root: &'t Node<'t>) -> ProviderFile<'t> {
    let place = super::place_of(root);
    let keys = Keys::of(root, place);
    let (entry, none) = (keys.entry("request_id"), Keys::none(place));
    let id = entry.map_or(none, |entry| Keys::of(&entry.value, entry.key_span));
    ProviderFile {
        name,
        place,
        envelope: keys.entries("envelope").iter().map(member).collect(),
        request_id: RequestId {
            place: entry.map_or(place, |entry| entry.key_span),
            body: id.text("body"),
            header: id.text("header"),
            doc: id.text("doc"),
        },
        scope: keys.entries("scope").iter().map(parameter).collect(),
        description: keys.text("description"),
        quirks: read_remarks(keys.items("quirks")),
        notes: read_remarks(keys.items("notes")),
    }
}

fn member<'t>(entry: &'t Entry<'t>) -> EnvelopeMember<'t> {
    let keys = Keys::of(&entry.value, entry.key_span);
    EnvelopeMember {
        name: name(entry),
        role: keys.word("role").map(|role| role.value),
        ty: keys.node("type").and_then(TypeRef::read),
        keys,
    }
}

fn parameter<'t>(entry: &'t Entry<'t>) -> ScopeParameter<'t> {
    let keys = Keys::of(&entry.value, entry.key_span);
    ScopeParameter {
        name: name(entry),
        setting: keys.word("setting"),
        required: keys.flag("required").is_some(),
        sent: keys.bool("sent") != Some(false),
        doc: keys.text("doc"),
    }
}
