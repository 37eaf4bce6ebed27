//! Calls without a signature: what they show instead is among their parameters.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Request};

use super::{CONTENT_TYPE_FORM, acs3, form};
use crate::error::Error;
use crate::protocol::Unsigned;
use crate::time::civil::{Utc, unix_seconds};

/// The request, with the action in the query, as before there were signatures of the third version. The parameters are in the body,
/// which keeps them out of addresses and logs.
pub(super) fn request(unsigned: &Unsigned<'_>) -> Result<Request<Bytes>, Error> {
    let date = Utc::from_unix(unix_seconds(unsigned.now)).date_time();
    let query = acs3::canonical_query([
        ("Action", unsigned.action),
        ("Format", "JSON"),
        ("Timestamp", &date),
        ("Version", unsigned.service.version),
    ]);
    let mut headers = HeaderMap::with_capacity(3);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE_FORM));
    unsigned.post(&query, headers, form(unsigned.params))
}
