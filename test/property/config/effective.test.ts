/** Whatever lines a file has, and in whatever order, all that is in force and found of it stands somewhere in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { effectiveVrrp } from "../../../src/config/effective/configuration.ts";
import type { Finding } from "../../../src/config/finding.ts";
import { checkVrrp } from "../../../src/config/rules/vrrp.ts";
import { readConf } from "../../support/conf.ts";
import { hostOf } from "../../support/effective.ts";
import { CONF_FILES } from "../../vectors/conf-files.ts";

const lines = [...new Set(CONF_FILES.flatMap((file) => file.lines))];
const hosts = [null, hostOf({ eth0: "10.0.0.1/24", eth1: "" }, 0)];

test("files of lines of other files", () => {
  const some = fc.array(fc.constantFrom(...lines), { maxLength: 60 });
  fc.assert(fc.property(some, check), { numRuns: 300 });
});

test("files whose lines were shuffled, doubled and dropped", () => {
  const changed = fc
    .tuple(
      fc.constantFrom(...CONF_FILES),
      fc.constantFrom(...CONF_FILES),
      fc.infiniteStream(fc.nat(99)),
    )
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
    const vrrp = effectiveVrrp(conf, host, report);
    checkVrrp({ vrrp, host, report });
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
  }
}
