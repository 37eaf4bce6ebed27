"""tencentcloud-sdk-python: the typed client of Redis, over POST and over GET."""

import json

from tencentcloud.common import credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.redis.v20180412 import models, redis_client

from driver import run


def call(request):
    http = HttpProfile(protocol="http", endpoint=request["url"].removeprefix("http://"), reqMethod=request.get("method", "POST"))
    profile = ClientProfile(signMethod="TC3-HMAC-SHA256", httpProfile=http)
    key = credential.Credential(request["id"], request["secret"], request.get("token"))
    client = redis_client.RedisClient(key, request["region"], profile)
    typed = models.DescribeInstanceBackupsRequest()
    typed.from_json_string(json.dumps(request["parameters"]))
    return json.loads(client.DescribeInstanceBackups(typed).to_json_string())


run(call)
