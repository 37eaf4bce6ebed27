use tencent_redis::Client;

fn main() {
    let _ = Client::builder().zone("cn-bj2-04");
}
