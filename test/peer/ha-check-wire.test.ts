/** `ha check --wire` beside keepalived: its own file agrees with its adverts, and what is changed in it is told. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { keepalivedConf } from "../support/keepalived.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { type RouterOptions, startRouter, WIRE_FORMATS } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("keepalived");
const folder = mkdtempSync(join(tmpdir(), "vipkit-wire-"));
after(() => rmSync(folder, { recursive: true }));

describe("a file and the adverts of keepalived", { concurrency: 4, skip }, () => {
  for (const [format, router] of Object.entries(WIRE_FORMATS)) {
    test(`${format}: the file of a backup agrees with the master`, async () => {
      await using lan = await Lan.open("a", "b");
      const { a, b } = lan.hosts;
      await startRouter("keepalived", a, { ...router, priority: 150 }).becomes("MASTER");
      assert.deepEqual(await codesOf(b, { ...router, priority: 100 }), []);
    });
  }

  test("what the file has otherwise is told", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const router = WIRE_FORMATS["version 2 with PASS"];
    await startRouter("keepalived", a, { ...router, priority: 150 }).becomes("MASTER");
    const file: RouterOptions = { ...router, priority: 100 };
    assert.deepEqual(await codesOf(b, { ...file, password: "0ther" }), ["vk804"]);
    assert.deepEqual(await codesOf(b, { ...file, intervalMs: 2000 }), ["vk802"]);
    assert.deepEqual(await codesOf(b, { ...file, moreVips: ["10.0.0.101/24"] }), ["vk803"]);
    assert.deepEqual(await codesOf(b, { ...file, vip: "10.0.0.101/24" }), ["vk807"]);
    assert.deepEqual(await codesOf(b, { ...file, vrid: 52 }), ["vk811"]);
    const other = { ...file, vrid: 52, vip: "10.0.0.101/24" };
    assert.deepEqual(await codesOf(b, other), ["vk808"]);
    const { password: _, ...plain } = file;
    assert.deepEqual(await codesOf(b, { ...plain, version: 3 }), ["vk801"]);
  });

  test("a unicast router that is no peer is told", async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    const router = { ...WIRE_FORMATS["version 3 over IPv4"], intervalMs: 1000 };
    const unicast = { source: a.ipv4, peers: [b.ipv4] };
    await startRouter("keepalived", a, { ...router, priority: 150, unicast }).becomes("MASTER");
    const at = (peer: Host): RouterOptions => ({
      ...router,
      priority: 100,
      unicast: { source: b.ipv4, peers: [peer.ipv4] },
    });
    assert.deepEqual(await codesOf(b, at(a)), []);
    assert.deepEqual(await codesOf(b, at(c)), ["vk806"]);
  });
});

let files = 0;

/** Of what is found of a file and the link of a host. */
async function codesOf(host: Host, options: RouterOptions): Promise<string[]> {
  files += 1;
  const path = join(folder, `${files}.conf`);
  writeFileSync(path, keepalivedConf(options));
  const check = [VIPKIT, "ha", "check", path, "--wire", "1500ms", "-I", "eth0", "-j"];
  const program = host.spawn(process.execPath, ...check);
  const { code } = await program.ended;
  assert.equal(code, 0, program.lines.all.join("\n"));
  return program.lines.all
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line).code as string | undefined)
    .filter((code) => code !== undefined && code >= "vk800")
    .map(String);
}
