/** The samples that Debian's keepalived ships: all are read, and an error is found exactly where `keepalived -t` has one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { examine } from "../../src/config/examine.ts";
import { readConf } from "../support/conf.ts";
import { refusedOf } from "../support/keepalived-conf.ts";
import { keepalivedSamples, samplesMissing } from "../support/keepalived-samples.ts";
import { Lan, labMissing } from "../support/netns.ts";

const skip = labMissing("keepalived") || samplesMissing;

/** Where we differ from 2.2.7, and why. */
const DIFFERENT: Readonly<Record<string, string>> = {
  track_interface:
    "an interface that the host has not; a route without one is an error up to 2.3.1 alone",
  "vrrp.localcheck": "interfaces that the host has not",
  "vrrp.static_ipaddress": "a route without an interface is an error up to 2.3.1 alone",
};

test("each sample is refused exactly where an error is found in it", { skip }, async (t) => {
  await using lan = await Lan.open("a");
  await lan.plugSecond(lan.hosts.a);
  const samples = keepalivedSamples();
  const refused = await refusedOf(
    lan.hosts.a,
    samples.map(({ lines }) => lines),
  );
  const different = samples.filter(({ lines }, index) => {
    const { conf, findings } = readConf(...lines);
    examine(conf, null, (one) => void findings.push(one));
    return findings.some(({ kind }) => kind.severity === "error") !== refused[index];
  });
  t.diagnostic(
    `${samples.length} samples, ${refused.filter(Boolean).length} refused by keepalived`,
  );
  assert.deepEqual(new Set(different.map(({ name }) => name)), new Set(Object.keys(DIFFERENT)));
});
