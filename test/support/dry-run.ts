/** `vipkit vrrp run --dry-run` in this process, on a fake host with eth0 and files of secrets. */
import { HMAC_KEYS } from "../vectors/hmac.ts";
import { type Ran, runInProcess } from "./cli.ts";
import { FakeKernel } from "./fake-kernel.ts";

export const kernel = new FakeKernel().addLink("eth0").addAddress("eth0", "192.0.2.1/24");
kernel.ports.secretFiles
  .set("/keys", { text: `1:hex:${HMAC_KEYS[1]}\n7:${HMAC_KEYS[7]}`, mode: 0o600 })
  .set("/open", { text: "s3cret\n", mode: 0o644 })
  .set("/pass", { text: "ninebytes\n", mode: 0o600 });

/** `line` is what stands behind `-I eth0`. */
export async function dryRun(line: string): Promise<Ran> {
  const { ports } = kernel;
  const words = ["vrrp", "run", "-I", "eth0", "--dry-run", ...line.split(" ")];
  return await ports.clock.passUntil(runInProcess(words, { ports }), 1000); // it listens for an interval
}
