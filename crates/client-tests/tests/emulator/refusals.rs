//! Keys, clocks and parameters that are wrong.

use cloud_core::{Credentials, ErrorKind, Policy, Service};
use cloud_emulator::{Account, Emulator, Fault, Provider, Rule};
use tencent_redis::{DescribeInstanceBackups, Redis};

use crate::{Caller, Kind, Make as _, both, key};

const TOKEN: &str = "s3cr3t-token";

both!(wrong_keys, wrong_keys_are_refused);
both!(wrong_clocks, a_wrong_clock_is_mended);
both!(
    temporary_keys,
    temporary_keys_are_accepted_until_they_expire
);
both!(wrong_parameters, wrong_parameters_are_refused);
both!(unknown_actions, unknown_actions_are_refused);

/// A request of any service that the emulator knows.
fn raw<S>(provider: Provider) -> cloud_core::RawRequest<S> {
    let request = match provider {
        Provider::Ucloud => cloud_core::RawRequest::new("DescribeUDBInstanceBackupState")
            .param("Zone", "cn-bj2-02")
            .param("BackupId", 8880),
        Provider::Tencent => cloud_core::RawRequest::new("DescribeInstanceBackups")
            .param("InstanceId", "crs-5a4py64p"),
        Provider::Aliyun => {
            cloud_core::RawRequest::new("DescribeBackupClients").param("ClientType", "ECS_CLIENT")
        }
    };
    request.read()
}

/// Does the same for each provider.
macro_rules! each {
    ($kind:ident, $test:ident) => {
        $test::<$kind, ucloud_udb::Udb>(Provider::Ucloud);
        $test::<$kind, Redis>(Provider::Tencent);
        $test::<$kind, aliyun_hbr::Hbr>(Provider::Aliyun);
    };
}

fn wrong_keys_are_refused<K: Kind>() {
    fn check<K: Kind, S: Service>(provider: Provider) {
        let emulator = Emulator::start_blocking().unwrap();
        let account = Account::built_in(provider);
        for wrong in [
            Credentials::new(account.id(), "another-s3cr3t"),
            Credentials::new("another", account.secret()),
        ] {
            let client: K::Client<S> = K::Client::make(&emulator, wrong, Policy::new());
            let error = client.send(raw(provider)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Authentication, "{error}");
            assert_eq!(error.attempts(), 1, "{error}");
            assert!(!error.to_string().contains(account.secret()), "{error}");
        }
    }
    each!(K, check);
}

fn a_wrong_clock_is_mended<K: Kind>() {
    fn check<K: Kind, S: Service>(provider: Provider) {
        let emulator = Emulator::start_blocking().unwrap();
        let client: K::Client<S> = K::Client::make(&emulator, key(provider), Policy::new());
        for shift in [-7_200, 7_200] {
            emulator.clock().shift(shift);
            client.send(raw(provider)).unwrap();
            // What was learnt is known.
            client.send(raw(provider)).unwrap();
            // UCloud does not look at the clock.
            let requests = if provider == Provider::Ucloud { 2 } else { 3 };
            assert_eq!(emulator.requests().len(), requests, "{provider}");
            emulator.clear_requests();
        }
    }
    each!(K, check);
}

fn temporary_keys_are_accepted_until_they_expire<K: Kind>() {
    fn check<K: Kind, S: Service>(provider: Provider) {
        let hour = std::time::Duration::from_secs(3_600);
        let now = cloud_emulator::Clock::system().now();
        let temporary =
            |id, expires| Account::new(provider, id, "s3cr3t").with_token(TOKEN, expires);
        let emulator = Emulator::builder()
            .account(temporary("fresh", now + hour))
            .account(temporary("stale", now - hour))
            .start_blocking()
            .unwrap();
        let send = |id: &str, token: Option<&str>| {
            let key = Credentials::new(id, "s3cr3t");
            let key = match token {
                Some(token) => key.with_token(token),
                None => key,
            };
            let client: K::Client<S> = K::Client::make(&emulator, key, Policy::new());
            client.send(raw(provider)).map_err(|error| error.kind())
        };
        assert!(send("fresh", Some(TOKEN)).is_ok(), "{provider}");
        for (id, token) in [
            ("fresh", None),
            ("fresh", Some("another")),
            ("stale", Some(TOKEN)),
        ] {
            assert_eq!(
                send(id, token),
                Err(ErrorKind::Authentication),
                "{provider} {id} {token:?}"
            );
        }
    }
    each!(K, check);
}

fn wrong_parameters_are_refused<K: Kind>() {
    let emulator = Emulator::start_blocking().unwrap();
    let client: K::Client<Redis> =
        K::Client::make(&emulator, key(Provider::Tencent), Policy::new());
    for (request, kind, said) in [
        (
            DescribeInstanceBackups::new("crs-5a4py64p").limit(101),
            ErrorKind::InvalidParameter,
            "Limit",
        ),
        (
            DescribeInstanceBackups::new("crs-5a4py64p")
                .limit(10)
                .offset(3),
            ErrorKind::InvalidParameter,
            "Offset",
        ),
        (
            DescribeInstanceBackups::new("crs-5a4py64p").begin_time("yesterday"),
            ErrorKind::InvalidParameter,
            "BeginTime",
        ),
        (
            DescribeInstanceBackups::new("crs-00000000"),
            ErrorKind::NotFound,
            "InstanceNotExists",
        ),
    ] {
        let error = client.send(request).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(said), "{error}");
        assert!(error.request_id().is_some(), "{error}");
    }
}

fn unknown_actions_are_refused<K: Kind>() {
    fn check<K: Kind, S: Service>(provider: Provider) {
        let emulator = Emulator::start_blocking().unwrap();
        let client: K::Client<S> = K::Client::make(&emulator, key(provider), Policy::new());
        let error = client
            .send(cloud_core::RawRequest::new("DescribeNothing").read())
            .unwrap_err();
        assert_ne!(error.kind(), ErrorKind::Authentication, "{error}");
        assert!(error.code().is_some(), "{error}");
        assert_eq!(error.attempts(), 1, "{error}");
        // A fault that is for another action does not strike.
        emulator.fail(Rule::new(Fault::Transient).action("DescribeNothing"));
        client.send(raw(provider)).unwrap();
    }
    each!(K, check);
}
