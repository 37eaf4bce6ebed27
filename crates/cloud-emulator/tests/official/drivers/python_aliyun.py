"""alibabacloud_hbr20170908: the typed client of Cloud Backup."""

from alibabacloud_hbr20170908.client import Client
from alibabacloud_hbr20170908.models import DescribeBackupClientsRequest
from alibabacloud_tea_openapi.models import Config

from driver import run


def call(request):
    client = Client(Config(
        access_key_id=request["id"],
        access_key_secret=request["secret"],
        security_token=request.get("token"),
        region_id=request["region"],
        endpoint=request["url"].removeprefix("http://"),
        protocol="http",
    ))
    typed = DescribeBackupClientsRequest().from_map(request["parameters"])
    return client.describe_backup_clients(typed).body.to_map()


run(call)
