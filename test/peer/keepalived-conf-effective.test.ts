/** What is in force of small files is what the real keepalived dumps of them, line by line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { effectiveVrrp } from "../../src/config/effective/configuration.ts";
import { readConf } from "../support/conf.ts";
import { dumpOf } from "../support/keepalived-conf.ts";
import { dumpLines, readDump } from "../support/keepalived-dump.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { CONF_FILES } from "../vectors/conf-files.ts";

const skip = labMissing("keepalived");

const AT_ONCE = 8; // each takes a second to end

test("what is in force is what keepalived dumps", { skip }, async (t) => {
  await using lan = await Lan.open("a");
  await lan.plugSecond(lan.hosts.a);
  const files = CONF_FILES.flatMap(({ name, lines }) => {
    const vrrp = effectiveVrrp(readConf(...lines).conf, null, () => {});
    return vrrp.refusals.length > 0 ? [] : [{ name, lines, vrrp }];
  });
  let compared = 0;
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE);
    const dumps = await Promise.all(some.map(({ lines }) => dumpOf(lan.hosts.a, lines)));
    for (const [index, { name, vrrp }] of some.entries()) {
      const ours = dumpLines(vrrp);
      assert.deepEqual(ours, readDump(dumps[index] ?? []), name);
      compared += ours.length;
    }
  }
  t.diagnostic(`${compared} lines of ${files.length} files`);
});
