//! HBR: are the backup clients there, alive and protected?

use std::collections::BTreeSet;
use std::time::Duration;

use aliyun_hbr::describe_backup_clients::{BackupClient, ClientStatus, ProtectionStatus};
use aliyun_hbr::{Client, DescribeBackupClients, Error};
use cloud_core::UnixSeconds;

use super::Context;
use crate::row::{Moment, Row, Subject, Verdict};
use crate::span;

/// How many clients a page has: as many as the provider allows.
const PAGE: i32 = 99;

/// Clients of one type.
pub(crate) struct Question {
    pub(crate) client: Client,
    /// The type, without the ids.
    pub(crate) request: DescribeBackupClients,
    /// Only these; all of the type if there are none.
    pub(crate) ids: Vec<String>,
    pub(crate) limits: Limits,
}

/// What is still good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) max_heartbeat_age: Duration,
    /// Values of `Status` and `BackupStatus`.
    pub(crate) bad_states: Vec<String>,
}

impl Limits {
    /// The states that are bad unless the configuration says otherwise: all in which a client makes no backups, and won't soon.
    pub(crate) fn usual_bad_states() -> Vec<String> {
        use ClientStatus::{Activated, Installing, Registered, Upgrading};
        let fine = [Registered, Activated, Installing, Upgrading];
        let states = ClientStatus::VALUES.iter();
        let mut bad: Vec<String> = states
            .filter(|state| !fine.contains(state))
            .map(|state| state.as_str().to_owned())
            .collect();
        bad.push(ProtectionStatus::Unprotected.as_str().to_owned());
        bad
    }

    fn forbid(&self, state: &str) -> bool {
        self.bad_states.iter().any(|bad| bad == state)
    }
}

impl Question {
    pub(crate) async fn ask(&self, subject: &Subject, context: &Context) -> Vec<Row> {
        let clients = {
            let _permit = context.permit(subject).await;
            self.clients().await
        };
        match clients {
            Ok(clients) => judge(subject, &clients, &self.ids, &self.limits, context.now()),
            Err(error) => vec![Row::of_error(subject.clone(), &error)],
        }
    }

    async fn clients(&self) -> Result<Vec<BackupClient>, Error> {
        let mut request = self.request.clone().page_size(PAGE);
        if !self.ids.is_empty() {
            request = request.client_ids(&self.ids);
        }
        let mut items = self.client.items(request);
        let mut clients = Vec::new();
        while let Some(client) = items.next().await {
            clients.push(client?);
        }
        Ok(clients)
    }
}

/// What the clients of a list come to: a row each, and one for each that is not in it.
pub(crate) fn judge(
    subject: &Subject,
    clients: &[BackupClient],
    ids: &[String],
    limits: &Limits,
    now: UnixSeconds,
) -> Vec<Row> {
    let mut rows: Vec<Row> = clients
        .iter()
        .map(|client| judge_one(subject, client, limits, now))
        .collect();
    let listed: BTreeSet<&str> = clients
        .iter()
        .filter_map(|client| client.client_id.as_deref())
        .collect();
    let missing = ids.iter().filter(|id| !listed.contains(id.as_str()));
    rows.extend(missing.map(|id| {
        let detail = format!("no {} has this id", subject.id);
        Row::new(subject.with_id(id), Verdict::Missing, detail)
    }));
    if rows.is_empty() {
        let detail = "there is no client of this type";
        rows.push(Row::new(subject.clone(), Verdict::Missing, detail));
    }
    rows
}

fn judge_one(subject: &Subject, client: &BackupClient, limits: &Limits, now: UnixSeconds) -> Row {
    let moment = client.last_heart_beat_time.map(|at| Moment::seen(at, now));
    let status = client.status.as_ref().map(ClientStatus::as_str);
    let protection = client.backup_status.as_ref().map(ProtectionStatus::as_str);
    let forbidden = |state: Option<&str>| state.is_some_and(|state| limits.forbid(state));
    let limit = limits.max_heartbeat_age;
    let (verdict, finding) = match (&client.status, moment) {
        _ if forbidden(status) => (Verdict::Failed, "the client makes no backups".to_owned()),
        (Some(ClientStatus::Installing | ClientStatus::Upgrading), _) => {
            (Verdict::Running, "is not ready yet".to_owned())
        }
        (Some(ClientStatus::Unknown(_)), _) => {
            (Verdict::Unknown, "a state that nobody knew yet".to_owned())
        }
        (None, _) => (Verdict::Unknown, "the answer has no state".to_owned()),
        (_, None) => (Verdict::Unknown, "the answer has no heartbeat".to_owned()),
        (_, Some(moment)) if moment.age > limit => {
            let limit = span::short(limit);
            (Verdict::TooOld, format!("no heartbeat for over {limit}"))
        }
        _ if forbidden(protection) => (Verdict::Missing, "no backup protects it".to_owned()),
        _ => (Verdict::Ok, String::new()),
    };
    let host = client.hostname.as_deref().unwrap_or_default();
    let parts = [host, &finding];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let id = client.client_id.as_deref().unwrap_or("without an id");
    Row::new(subject.with_id(id), verdict, parts.join(": "))
        .state(match verdict {
            Verdict::Missing => protection,
            _ => status,
        })
        .moment(moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{block_on, context, verdict_and_detail};
    use crate::row::Service;
    use crate::row::tests::subject;
    use aliyun_hbr::describe_backup_clients::ClientType;
    use aliyun_hbr::{DescribeBackupClientsResponse, Hbr};
    use cloud_core::testing::Mock;

    const NOW: UnixSeconds = UnixSeconds(1_700_000_000);

    fn limits() -> Limits {
        Limits {
            max_heartbeat_age: Duration::from_secs(600),
            bad_states: Limits::usual_bad_states(),
        }
    }

    fn client(id: &str, status: ClientStatus, seconds_ago: i64) -> BackupClient {
        let mut client = BackupClient::default();
        client.client_id = Some(id.to_owned());
        client.hostname = Some("web-1".to_owned());
        client.status = Some(status);
        client.backup_status = Some(ProtectionStatus::Protected);
        client.last_heart_beat_time = Some(UnixSeconds(NOW.0 - seconds_ago));
        client
    }

    fn unprotected(mut client: BackupClient) -> BackupClient {
        client.backup_status = Some(ProtectionStatus::Unprotected);
        client
    }

    fn judged(clients: &[BackupClient], ids: &[&str], limits: &Limits) -> Vec<Row> {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let subject = subject(Service::Hbr, "ECS_CLIENT");
        judge(&subject, clients, &ids, limits, NOW)
    }

    #[test]
    fn every_state_has_its_verdict() {
        use ClientStatus::{Activated, Disconnected, Installing, Stopped, Unknown, Upgrading};
        let mut without_heartbeat = client("c", Activated, 0);
        without_heartbeat.last_heart_beat_time = None;
        let mut without_state = client("c", Activated, 0);
        without_state.status = None;
        for (client, verdict, detail, state) in [
            (
                client("c", Activated, 20),
                Verdict::Ok,
                "web-1",
                Some("ACTIVATED"),
            ),
            (
                client("c", Activated, 601),
                Verdict::TooOld,
                "web-1: no heartbeat for over 10m",
                Some("ACTIVATED"),
            ),
            (
                client("c", Stopped, 20),
                Verdict::Failed,
                "web-1: the client makes no backups",
                Some("STOPPED"),
            ),
            (
                client("c", Disconnected, 9_999),
                Verdict::Failed,
                "web-1: the client makes no backups",
                Some("UNKNOWN"),
            ),
            (
                unprotected(client("c", Activated, 20)),
                Verdict::Missing,
                "web-1: no backup protects it",
                Some("UNPROTECTED"),
            ),
            (
                unprotected(client("c", Installing, 9_999)),
                Verdict::Running,
                "web-1: is not ready yet",
                Some("INSTALLING"),
            ),
            (
                client("c", Upgrading, 20),
                Verdict::Running,
                "web-1: is not ready yet",
                Some("UPGRADING"),
            ),
            (
                client("c", Unknown("NAPPING".into()), 20),
                Verdict::Unknown,
                "web-1: a state that nobody knew yet",
                Some("NAPPING"),
            ),
            (
                without_heartbeat,
                Verdict::Unknown,
                "web-1: the answer has no heartbeat",
                Some("ACTIVATED"),
            ),
            (
                without_state,
                Verdict::Unknown,
                "web-1: the answer has no state",
                None,
            ),
        ] {
            let rows = judged(&[client], &[], &limits());
            assert_eq!(verdict_and_detail(&rows[0]), (verdict, detail));
            assert_eq!(rows[0].state.as_deref(), state);
        }
    }

    #[test]
    fn the_configuration_says_which_states_are_bad() {
        let lenient = Limits {
            bad_states: vec!["UPGRADING".to_owned()],
            ..limits()
        };
        let stopped = client("a", ClientStatus::Stopped, 20);
        let upgrading = client("b", ClientStatus::Upgrading, 20);
        let bare = unprotected(client("c", ClientStatus::Activated, 20));
        let rows = judged(&[stopped, upgrading, bare], &[], &lenient);
        let verdicts: Vec<Verdict> = rows.iter().map(|row| row.verdict).collect();
        assert_eq!(verdicts, [Verdict::Ok, Verdict::Failed, Verdict::Ok]);
    }

    #[test]
    fn what_is_not_in_the_list_is_missing() {
        let rows = judged(
            &[client("a", ClientStatus::Activated, 1)],
            &["a", "b"],
            &limits(),
        );
        assert_eq!(rows[0].verdict, Verdict::Ok);
        assert_eq!(rows[1].subject.id, "b");
        assert_eq!(
            verdict_and_detail(&rows[1]),
            (Verdict::Missing, "no ECS_CLIENT has this id")
        );
        let rows = judged(&[], &[], &limits());
        assert_eq!(rows[0].subject.id, "ECS_CLIENT");
        assert_eq!(
            verdict_and_detail(&rows[0]),
            (Verdict::Missing, "there is no client of this type")
        );
    }

    #[test]
    fn every_page_is_read_and_only_the_ids_are_asked_for() {
        let mock = Mock::<Hbr>::new();
        mock.on::<DescribeBackupClients>(|request| {
            let page = request.page_number.unwrap_or(1);
            let size = request.page_size.unwrap_or(10);
            let first = (page - 1) * size;
            let numbers = first..120.min(first + size);
            let mut answer = DescribeBackupClientsResponse::default();
            answer.total_count = Some(120);
            let client = |n: i32| client(&format!("c-{n}"), ClientStatus::Activated, 1);
            answer.clients = numbers.map(client).collect();
            Ok(answer)
        });
        let mut question = Question {
            client: mock.client(),
            request: DescribeBackupClients::new(ClientType::EcsClient),
            ids: Vec::new(),
            limits: limits(),
        };
        let subject = subject(Service::Hbr, "ECS_CLIENT");
        let context = context(false);
        assert_eq!(block_on(question.ask(&subject, &context)).len(), 120);
        assert_eq!(mock.count(), 2);
        question.ids = vec!["c-7".to_owned()];
        block_on(question.ask(&subject, &context));
        let asked: Vec<DescribeBackupClients> = mock.calls();
        assert_eq!(asked[0].client_ids, None);
        assert_eq!(
            asked[2].client_ids.as_ref().and_then(|ids| ids.get()),
            Some(vec!["c-7".to_owned()])
        );
    }
}
