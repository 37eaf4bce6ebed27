"""Says who the official Python SDKs take one for: `tencent` or `aliyun`, by the files below HOME and the environment."""

import json
import sys


def tencent():
    from tencentcloud.common.credential import DefaultCredentialProvider

    key = DefaultCredentialProvider().get_credentials()
    return key.secret_id, key.secret_key, key.token


def aliyun():
    from alibabacloud_credentials.client import Client

    key = Client().get_credential()
    return key.access_key_id, key.access_key_secret, key.security_token


names = ["id", "secret", "token"]
print(json.dumps(dict(zip(names, {"tencent": tencent, "aliyun": aliyun}[sys.argv[1]]()))))
