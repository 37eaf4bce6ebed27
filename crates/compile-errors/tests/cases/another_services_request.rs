use tencent_redis::Client;
use ucloud_udb::DescribeUdbInstanceBackupState;

async fn mixed_up(client: Client) {
    let _ = client.send(DescribeUdbInstanceBackupState::new(8880)).await;
}

fn main() {}
