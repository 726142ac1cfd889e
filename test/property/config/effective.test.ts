/** Whatever lines a file has, and in whatever order, all that is in force and found of it stands somewhere in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { examine } from "../../../src/config/examine.ts";
import type { Finding } from "../../../src/config/finding.ts";
import { readConf } from "../../support/conf.ts";
import { hostOf } from "../../support/effective.ts";
import { CONF_FILES } from "../../vectors/conf-files.ts";
import { CONF_LVS_FILES } from "../../vectors/conf-lvs-files.ts";

const FILES = [...CONF_FILES, ...CONF_LVS_FILES];
const lines = [...new Set(FILES.flatMap((file) => file.lines))];
const hosts = [null, hostOf({ eth0: "10.0.0.1/24", eth1: "" }, 0)];

test("files of lines of other files", () => {
  const some = fc.array(fc.constantFrom(...lines), { maxLength: 60 });
  fc.assert(fc.property(some, check), { numRuns: 300 });
});

test("files whose lines were shuffled, doubled and dropped", () => {
  const changed = fc
    .tuple(fc.constantFrom(...FILES), fc.constantFrom(...FILES), fc.infiniteStream(fc.nat(99)))
    .map(([one, other, random]) =>
      [...one.lines, ...other.lines].flatMap((line) => {
        const next = random.next().value ?? 0;
        return next < 5 ? [] : next < 10 ? [line, line] : [line];
      }),
    );
  fc.assert(fc.property(changed, check), { numRuns: 300 });
});

function check(file: readonly string[]): void {
  const { conf } = readConf(...file);
  for (const host of hosts) {
    const findings: Finding[] = [];
    const report = (one: Finding): void => void findings.push(one);
    const { vrrp, lvs } = examine(conf, host, report);
    for (const { span, related } of findings) {
      for (const { place } of [span, ...related.map((one) => one.span)]) {
        assert.ok(
          place.line <= file.length && place.column <= (file[place.line - 1]?.length ?? 0) + 1,
        );
      }
    }
    for (const { priority, advert_int } of vrrp.instances) {
      assert.ok(priority.value >= 1 && priority.value <= 255 && advert_int.value >= 10);
    }
    for (const { quorum, hysteresis, servers } of lvs.servers) {
      assert.ok(hysteresis.value < Math.max(quorum.value, 1) && servers.length > 0);
      for (const { checks } of servers) {
        for (const { values } of checks) {
          if ("delay_loop" in values) assert.ok(values.delay_loop.value > 0);
        }
      }
    }
  }
}
