/** The generated capture is what it claims to be, as tcpdump reads it: the bench and tests build on it. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { writeCapture } from "../support/generated-capture.ts";
import { labMissing } from "../support/netns.ts";

const folder = mkdtempSync(join(tmpdir(), "vipkit-capture-"));
after(() => rmSync(folder, { recursive: true }));

describe("a generated capture", { skip: labMissing("tcpdump") }, () => {
  for (const version of [2, 3] as const) {
    test(`version ${version}: adverts of all virtual routers, spread over the second, without a flaw`, () => {
      const path = join(folder, `v${version}.pcap`);
      assert.deepEqual(writeCapture(path, { adverts: 600, vrids: 200, version }), []);
      const text = tcpdump(path, "-v", "-tt");
      const heads = [...text.matchAll(/^([\d.]+) IP \(tos 0xc0, ttl 255, id (\d+),/gm)];
      assert.equal(heads.length, 600);
      const seconds = heads.map(([, at]) => Number(at));
      for (const [index, at] of seconds.entries()) assert.ok(at >= (seconds[index - 1] ?? 0));
      assert.ok((seconds.at(-1) as number) - (seconds[0] as number) < 3.01);
      assert.deepEqual(new Set(heads.map(([, , id]) => id)), new Set(["1", "2", "3"]));
      assert.equal(new Set([...text.matchAll(/vrid (\d+)/g)].map(([, vrid]) => vrid)).size, 200);
      assert.match(text, new RegExp(`VRRPv${version}, Advertisement`));
      assert.doesNotMatch(text, /bad/);
    });
  }

  test("masters change as often as asked for: one resigns, the next dies", () => {
    const path = join(folder, "failovers.pcap");
    const failovers = writeCapture(path, { adverts: 3000, vrids: 20, failoverEveryMs: 10_000 });
    assert.ok(failovers.length >= 12, `${failovers.length}`);
    const waits = { resigned: [414.0625, 609.375], died: [3414.0625, 3609.375] };
    for (const { manner, atMs, followedMs } of failovers) {
      const waitedMs = followedMs - atMs;
      assert.ok(
        waits[manner].some((ms) => waitedMs >= ms && waitedMs < ms + 1),
        `${waitedMs}`,
      );
    }
    const resigned = tcpdump(path, "-v").match(/prio 0,/g) ?? [];
    assert.equal(resigned.length, failovers.filter((it) => it.manner === "resigned").length);
  });

  test("as many bytes for each advert as on an Ethernet", () => {
    const path = join(folder, "size.pcap");
    writeCapture(path, { adverts: 50_000, vrids: 250 });
    assert.equal(statSync(path).size, 24 + 50_000 * (16 + 60));
  });
});

const tcpdump = (path: string, ...options: string[]): string =>
  execFileSync("tcpdump", ["-nnr", path, ...options], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    stdio: ["ignore", "pipe", "ignore"],
  });
