// tencentcloud-sdk-nodejs-common: the core, which sends any action by its name.
import { Agent } from "node:http";
import { connect } from "node:net";

import { run, sdk } from "./driver.mjs";

const { CommonClient } = sdk("tencentcloud-sdk-nodejs-common");

run(async (request) => {
  // It takes the service from the host and signs the host without a port. So the host is the real one, and only the connection goes
  // to the emulator.
  const agent = new Agent();
  const { hostname, port } = new URL(request.url);
  agent.createConnection = () => connect(Number(port), hostname);
  const client = new CommonClient("redis.tencentcloudapi.com", "2018-04-12", {
    credential: { secretId: request.id, secretKey: request.secret, token: request.token },
    region: request.region,
    profile: {
      signMethod: "TC3-HMAC-SHA256",
      httpProfile: { protocol: "http://", reqMethod: request.method ?? "POST", agent },
    },
  });
  return await client.request(request.action, request.parameters);
});
