/** What `ha check` says of two files is what two of keepalived do with them: two masters, or one. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { keepalivedConf } from "../support/keepalived.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { type RouterOptions, startRouter, WIRE_FORMATS } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("keepalived");
const folder = mkdtempSync(join(tmpdir(), "vipkit-cluster-"));
after(() => rmSync(folder, { recursive: true }));

const ROUTER = WIRE_FORMATS["version 2 with PASS"];
const { password: _, ...PLAIN } = ROUTER;
const UNICAST = { source: "10.0.0.2", peers: ["10.0.0.1"] };
const LOST = { source: "10.0.0.1", peers: ["10.0.0.9"] };

/** What the first and the second node have otherwise, and what is told of it. */
const SPLITS: Readonly<Record<string, readonly [Partial<RouterOptions>, Partial<RouterOptions>]>> =
  {
    vk701: [PLAIN, { ...PLAIN, version: 3 }],
    vk702: [{}, { vrid: 52 }],
    vk721: [{}, { intervalMs: 2000 }],
    vk706: [{}, { password: "0ther" }],
    vk709: [{}, { unicast: UNICAST }],
    vk710: [{ unicast: LOST }, { unicast: UNICAST }],
  };

describe("two files and two of keepalived", { concurrency: 3, skip }, () => {
  for (const [code, [ofA, ofB]] of Object.entries(SPLITS)) {
    test(`${code}: both become MASTER`, async () => {
      const base = code === "vk701" ? PLAIN : ROUTER;
      const [a, b] = [
        { ...base, ...ofA, priority: 150 },
        { ...base, ...ofB, priority: 100 },
      ];
      await using lan = await Lan.open("a", "b");
      assert.deepEqual(await codesOf(lan.hosts.a, a, b), [code]);
      const routers = [
        startRouter("keepalived", lan.hosts.a, a),
        startRouter("keepalived", lan.hosts.b, b),
      ];
      await Promise.all(routers.map((router) => router.becomes("MASTER")));
      const vip = "10.0.0.100";
      assert.ok(await lan.hosts.a.holds(vip));
      assert.ok(await lan.hosts.b.holds(vip));
    });
  }
});

/** What is found between the files of two nodes. */
async function codesOf(
  host: Lan<"a">["hosts"]["a"],
  ...nodes: readonly RouterOptions[]
): Promise<string[]> {
  const own = mkdtempSync(join(folder, "nodes-"));
  const paths = nodes.map((options, index) => {
    const path = join(own, `${index}.conf`);
    writeFileSync(path, keepalivedConf(options));
    return path;
  });
  const program = host.spawn(process.execPath, VIPKIT, "ha", "check", "-j", ...paths);
  const { code } = await program.ended;
  const found = program.lines.all
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { code?: string; severity?: string });
  const hasError = found.some(({ severity }) => severity === "error");
  assert.equal(code, hasError ? 1 : 0, program.lines.all.join("\n"));
  return found.flatMap(({ code: one = "" }) => (one >= "vk700" ? [one] : []));
}
