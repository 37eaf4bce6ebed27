"""ucloud-sdk-python3, which knows UDB's operations and sends any other by its name."""

from ucloud.client import Client

from driver import run


def call(request):
    client = Client({
        "region": request["region"],
        "public_key": request["id"],
        "private_key": request["secret"],
        "base_url": request["url"],
        "max_retries": 0,
        "log_level": 50,
    })
    if request["action"] == "DescribeUDBInstanceBackupState":
        return client.udb().describe_udb_instance_backup_state(request["parameters"])
    return client.invoke(request["action"], request["parameters"])


run(call)
