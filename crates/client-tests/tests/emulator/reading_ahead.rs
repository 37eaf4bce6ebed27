//! Reading ahead over a real connection, whose timers run on while the reader is busy.

use std::time::Duration;

use aliyun_hbr::describe_backup_clients::ClientType;
use aliyun_hbr::{DescribeBackupClients, Hbr};
use cloud_core::{Client, Policy, System};
use cloud_emulator::{Emulator, Provider};

use crate::{builder, key};

#[tokio::test]
async fn a_reader_who_is_busy_for_longer_than_a_call_may_take() {
    let emulator = Emulator::start_blocking().unwrap();
    let timeout = Duration::from_secs(2);
    let policy = Policy::new().attempts(1).attempt_timeout(timeout);
    let client = builder(
        Client::<Hbr>::builder(),
        &emulator,
        key(Provider::Aliyun),
        policy,
        System,
    );
    let client = client.build().unwrap();
    let request = DescribeBackupClients::new(ClientType::EcsClient).page_size(5);
    let total = client.send(&request).await.unwrap().total_count.unwrap();
    let mut clients = client.items(request).read_ahead();
    let mut count = 0;
    while let Some(found) = clients.next().await {
        found.unwrap();
        count += 1;
        if count == 1 {
            tokio::time::sleep(timeout + Duration::from_millis(100)).await;
        }
    }
    assert_eq!(count, total);
    assert!(total > 5, "{total}");
}
