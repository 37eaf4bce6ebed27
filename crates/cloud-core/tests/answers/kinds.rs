//! What the providers' codes mean: every code that their documentation names.

use cloud_core::ErrorKind::{
    self, Authentication, Conflict, Internal, InvalidParameter, NotFound, Other, PermissionDenied,
    QuotaExceeded, Throttled, Unavailable,
};

use crate::common::memory::answer;
use crate::common::services::{Hbr, Redis, Udb};
use crate::failure;

/// Checks the codes of one provider, and that only those that may help are worth another try.
fn check(codes: &[(ErrorKind, &[&str])], kind_of: impl Fn(&str) -> ErrorKind) {
    for (kind, codes) in codes {
        for code in *codes {
            assert_eq!(kind_of(code), *kind, "{code}");
        }
    }
}

#[test]
fn retrying_helps_against_what_passes() {
    for kind in [
        Throttled,
        Unavailable,
        Internal,
        ErrorKind::Timeout,
        ErrorKind::Transport,
    ] {
        assert!(kind.is_retryable(), "{kind:?}");
    }
    for kind in [
        Authentication,
        PermissionDenied,
        NotFound,
        InvalidParameter,
        QuotaExceeded,
        Conflict,
        Other,
        ErrorKind::Decode,
        ErrorKind::Configuration,
    ] {
        assert!(!kind.is_retryable(), "{kind:?}");
    }
}

#[test]
fn ucloud() {
    check(
        &[
            (Throttled, &["153"]),
            (Unavailable, &["110", "130", "150", "200", "7183"]),
            (Authentication, &["170", "171", "172", "174", "295"]),
            (PermissionDenied, &["293", "294", "299"]),
            (NotFound, &["7085"]),
            (InvalidParameter, &["160", "161", "292"]),
            (Other, &["-1", "7058", "17", "1530", "0153"]),
        ],
        |code| {
            let body = format!(r#"{{"RetCode":"{code}","Message":"m"}}"#);
            failure::<Udb>(&answer(200, &[], body)).kind()
        },
    );
}

#[test]
fn tencent() {
    check(
        &[
            (
                Throttled,
                &[
                    "RequestLimitExceeded",
                    "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
                    "RequestLimitExceeded.IPLimitExceeded",
                    "RequestLimitExceeded.UinLimitExceeded",
                ],
            ),
            (
                Authentication,
                &[
                    "AuthFailure",
                    "AuthFailure.InvalidAuthorization",
                    "AuthFailure.InvalidSecretId",
                    "AuthFailure.MFAFailure",
                    "AuthFailure.SecretIdNotFound",
                    "AuthFailure.SignatureExpire",
                    "AuthFailure.SignatureFailure",
                    "AuthFailure.TokenFailure",
                ],
            ),
            (
                PermissionDenied,
                &[
                    "AuthFailure.UnauthorizedOperation",
                    "UnauthorizedOperation",
                    "UnauthorizedOperation.NoCAMAuthed",
                    "InvalidParameter.PermissionDenied",
                    "IpInBlacklist",
                    "IpNotInWhitelist",
                ],
            ),
            (
                NotFound,
                &["ResourceNotFound", "ResourceNotFound.InstanceNotExists"],
            ),
            (
                QuotaExceeded,
                &[
                    "LimitExceeded",
                    "LimitExceeded.Backups",
                    "ResourceInsufficient",
                ],
            ),
            (
                Conflict,
                &[
                    "ResourceInUse",
                    "ResourceUnavailable",
                    "ResourceUnavailable.InstanceStatusError",
                ],
            ),
            (Unavailable, &["ServiceUnavailable"]),
            (
                Internal,
                &[
                    "InternalError",
                    "InternalError.DbOperationFailed",
                    "InternalError.InternalError",
                    // From the service's own table.
                    "FailedOperation.SystemError",
                ],
            ),
            (
                InvalidParameter,
                &[
                    "InvalidAction",
                    "InvalidParameter",
                    "InvalidParameter.InvalidParameter",
                    "InvalidParameterValue",
                    "InvalidParameterValue.Limit",
                    "InvalidRequest",
                    "MissingParameter",
                    "NoSuchProduct",
                    "NoSuchVersion",
                    "RequestSizeLimitExceeded",
                    "ResponseSizeLimitExceeded",
                    "UnknownParameter",
                    "UnsupportedProtocol",
                    "UnsupportedRegion",
                ],
            ),
            (
                Other,
                &[
                    "ActionOffline",
                    "DryRunOperation",
                    "FailedOperation",
                    "UnsupportedOperation",
                    // Codes are compared part by part, not by their beginning.
                    "AuthFailures",
                    "requestlimitexceeded",
                ],
            ),
        ],
        |code| {
            let body = format!(r#"{{"Response":{{"Error":{{"Code":"{code}"}},"RequestId":"r"}}}}"#);
            failure::<Redis>(&answer(200, &[], body)).kind()
        },
    );
}

#[test]
fn aliyun() {
    check(
        &[
            (
                Throttled,
                &["Throttling", "Throttling.User", "Throttling.Api"],
            ),
            (
                Authentication,
                &[
                    "InvalidAccessKeyId.NotFound",
                    "InvalidAccessKeyId.Inactive",
                    "InvalidSecurityToken.Expired",
                    "InvalidSecurityToken.Malformed",
                    "InvalidSecurityToken.MismatchWithAccessKey",
                    "InvalidTimeStamp.Format",
                    "InvalidTimeStamp.Expired",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "MissingSecurityToken",
                ],
            ),
            (
                PermissionDenied,
                &["Forbidden.RAM", "Forbidden", "NoPermission"],
            ),
            (
                NotFound,
                &[
                    "InvalidInstanceId.NotFound",
                    "InvalidVaultId.NotExist",
                    "VaultNotExist",
                ],
            ),
            (Unavailable, &["ServiceUnavailable"]),
            (Internal, &["InternalError", "UnknownError"]),
            (
                InvalidParameter,
                &[
                    "InvalidParameter",
                    "InvalidProtocol.NeedSsl",
                    // From the gateway, which has found no service that could find anything.
                    "InvalidAction.NotFound",
                    "InvalidApi.NotFound",
                    "InvalidProduct.NotFound",
                    "InvalidRegionId.NotFound",
                    "InvalidVersion",
                    "InvalidVersion.NotFound",
                    "InvalidZoneId.NotFound",
                    "ApiNotFound",
                    "MissingVaultId",
                    "InvalidStatus",
                ],
            ),
            (QuotaExceeded, &["QuotaExceeded.Vault"]),
            (Other, &["VaultLocked", "400"]),
        ],
        |code| {
            let body = format!(r#"{{"Code":"{code}","Message":"m","RequestId":"r"}}"#);
            failure::<Hbr>(&answer(400, &[], body)).kind()
        },
    );
}

#[test]
fn the_status_says_the_kind_where_the_code_says_none() {
    for (status, kind) in [
        (429, Throttled),
        (500, Unavailable),
        (502, Unavailable),
        (503, Unavailable),
        (504, Unavailable),
    ] {
        let errors = [
            failure::<Udb>(&answer(status, &[], r#"{"RetCode":5999,"Message":"m"}"#)),
            failure::<Redis>(&answer(
                status,
                &[],
                r#"{"Response":{"Error":{"Code":"Never.Heard","Message":"m"},"RequestId":"r"}}"#,
            )),
            failure::<Hbr>(&answer(
                status,
                &[],
                r#"{"Code":"Never.Heard","Message":"m","RequestId":"r"}"#,
            )),
        ];
        for error in errors {
            assert_eq!(error.kind(), kind, "{error}");
        }
    }
    // A code that says something says more than the status.
    let body = r#"{"Code":"InvalidParameter","Message":"m","RequestId":"r"}"#;
    assert_eq!(
        failure::<Hbr>(&answer(503, &[], body)).kind(),
        InvalidParameter
    );
}
