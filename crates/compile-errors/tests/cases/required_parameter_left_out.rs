use tencent_redis::DescribeInstanceBackups;

fn main() {
    let _ = DescribeInstanceBackups::new().limit(5);
}
