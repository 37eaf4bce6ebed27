// @alicloud/openapi-core: the core of the typed clients, told what the definition of the operation says.
import { run, sdk } from "./driver.mjs";

const { default: Client, $OpenApiUtil } = sdk("@alicloud/openapi-core");
// As the definition of the operation has it: these travel in the body, and the first two as JSON in text.
const IN_BODY = ["ClientIds", "InstanceIds", "Tag"];
const AS_TEXT = ["ClientIds", "InstanceIds"];

run(async (request) => {
  const client = new Client(new $OpenApiUtil.Config({
    accessKeyId: request.id,
    accessKeySecret: request.secret,
    securityToken: request.token,
    regionId: request.region,
    endpoint: request.url.replace("http://", ""),
    protocol: "http",
  }));
  const params = new $OpenApiUtil.Params({
    action: request.action,
    version: "2017-09-08",
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const query = {};
  const body = {};
  for (const [name, value] of Object.entries(request.parameters)) {
    const place = IN_BODY.includes(name) ? body : query;
    place[name] = AS_TEXT.includes(name) ? JSON.stringify(value) : value;
  }
  const answer = await client.callApi(params, new $OpenApiUtil.OpenApiRequest({ query, body }), {});
  return answer.body;
});
