/** Small files that say something of what VRRP and virtual servers come to: `keepalived -t` refuses exactly those with an error of ours. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { examine } from "../../src/config/examine.ts";
import { readConf } from "../support/conf.ts";
import { refusedOf } from "../support/keepalived-conf.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { CONF_FILES } from "../vectors/conf-files.ts";
import { CONF_LVS_FILES } from "../vectors/conf-lvs-files.ts";

const skip = labMissing("keepalived");

/** Where we differ from 2.2.7, and why. */
const DIFFERENT: Readonly<Record<string, string>> = {};

const FILES = [...CONF_FILES, ...CONF_LVS_FILES];

test("keepalived -t refuses a file exactly where an error is found in it", { skip }, async (t) => {
  await using lan = await Lan.open("a");
  await lan.plugSecond(lan.hosts.a);
  const refused = await refusedOf(
    lan.hosts.a,
    FILES.map(({ lines }) => lines),
  );
  const different = FILES.filter(({ lines }, index) => {
    const { conf, findings } = readConf(...lines);
    examine(conf, null, (one) => void findings.push(one));
    return findings.some(({ kind }) => kind.severity === "error") !== refused[index];
  });
  t.diagnostic(`${FILES.length} files, ${refused.filter(Boolean).length} refused by keepalived`);
  assert.deepEqual(new Set(different.map(({ name }) => name)), new Set(Object.keys(DIFFERENT)));
});
