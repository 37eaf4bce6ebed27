// What the drivers of the Node SDKs share: a call a line in, what came of it a line out.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

/** An SDK, from the folder that it is installed in. */
export const sdk = createRequire(`${process.env.OFFICIAL_SDKS}/`);

/** Carries out each call that stands on standard input with `call`, which returns the answer or throws the SDK's own error. */
export async function run(call) {
  for await (const line of createInterface({ input: process.stdin })) {
    let outcome;
    try {
      outcome = { ok: await call(JSON.parse(line)) };
    } catch (error) {
      outcome = { error: { type: error.name, code: String(error.code ?? ""), message: String(error.message) } };
    }
    console.log(JSON.stringify(outcome));
  }
}
