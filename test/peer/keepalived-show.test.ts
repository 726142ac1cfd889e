/** What `ha show` prints of Debian's samples is, value by value, what the real keepalived dumps of them. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { examine, type InForceOfAll } from "../../src/config/examine.ts";
import { blocksOf } from "../../src/config/shown/blocks.ts";
import type { Shown } from "../../src/config/shown/shown.ts";
import { readConf } from "../support/conf.ts";
import { bootIpvs, ipvsKernelMissing } from "../support/ipvs-kernel.ts";
import { dumpOf } from "../support/keepalived-conf.ts";
import { dumpLines, readDump } from "../support/keepalived-dump.ts";
import { readLvsDump } from "../support/keepalived-lvs-dump.ts";
import { keepalivedSamples, samplesMissing } from "../support/keepalived-samples.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { type Fields, shownFields } from "../support/shown-fields.ts";

function inForce(lines: readonly string[]): InForceOfAll & { shown: Shown } {
  const { conf } = readConf(...lines);
  const all = examine(conf, null, () => {});
  return { ...all, shown: blocksOf({ configuration: conf, ...all }) };
}

test("VRRP of the samples", {
  skip: labMissing("keepalived") || samplesMissing,
}, async (t) => {
  await using lan = await Lan.open("a");
  await lan.plugSecond(lan.hosts.a);
  for (const ifName of ["eth2", "eth3", "eth0.1"]) {
    const peer = ["type", "veth", "peer", "name", `${ifName}-peer`];
    await lan.hosts.a.run("ip", "link", "add", ifName, ...peer);
  }
  // Its daemon would need IPVS.
  const samples = keepalivedSamples()
    .map(({ name, lines }) => ({
      name,
      lines: lines.filter((line) => !/^\s*lvs_sync_daemon/.test(line)),
    }))
    .filter(({ lines }) => inForce(lines).vrrp.instances.length > 0);
  const dumps = await Promise.all(samples.map(({ lines }) => dumpOf(lan.hosts.a, lines)));
  let compared = 0;
  for (const [index, { name, lines }] of samples.entries()) {
    const ours = dumpLines(inForce(lines).vrrp, ["eth0", "eth1", "eth2", "eth3"]);
    assert.deepEqual(ours, readDump(dumps[index] ?? []), name);
    compared += ours.length;
  }
  t.diagnostic(`${compared} lines of ${samples.length} samples`);
});

const OWN = "test/vectors/conf-lvs.conf";

/** What differs by choice: a keyword, of all samples or of one. */
const DIFFERENT: Readonly<Record<string, string>> = {
  vrrp_version:
    "what global_defs does not say each instance has of its addresses, and tells itself",
  ip_family: "that of a virtual server with an address is told by it",
  log_all_failures:
    "2.2.7 tells what the check says, whatever checker_log_all_failures makes of it",
  smtp_alert_vrrp: "smtp_alert stands for it",
  smtp_alert_checker: "smtp_alert stands for it",
  "SMTP_CHECK connect_timeout":
    "2.2.7 forgets that of SMTP_CHECK in a host block: 0 s, in which nothing can connect",
};

test("virtual servers of the samples, and what is of all processes", {
  skip: ipvsKernelMissing("keepalived") || samplesMissing,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-show-"));
  const own = { name: "conf-lvs.conf", lines: readFileSync(OWN, "utf8").split("\n") };
  const samples = [...keepalivedSamples(), own].filter(
    ({ lines }) => inForce(lines).lvs.servers.length > 0,
  );
  for (const { name, lines } of samples) writeFileSync(join(folder, name), lines.join("\n"));
  const kernel = bootIpvs(folder, [
    ...samples.map(({ name }) => {
      const pids = ["pid", "checkers_pid", "bfd_pid"].map((one) => `--${one} /run/${name}.${one}`);
      const file = join(folder, name);
      return `keepalived -n -l -G -C -d -f ${file} ${pids.join(" ")} >/run/${name}.log 2>&1 &`;
    }),
    ...samples.map(({ name }) => `until grep -q "${LAST}" /run/${name}.log; do sleep 0.2; done`),
    `cp /run/*.log ${folder}`,
    "echo all",
  ]);
  t.after(async () => {
    await kernel.destroy();
    rmSync(folder, { recursive: true });
  });
  await kernel.lines.next(/^all/, BOOT_MS);
  const different = new Map<string, string[]>();
  let compared = 0;
  for (const { name, lines } of samples) {
    const log = readFileSync(join(folder, `${name}.log`), "latin1").split("\n");
    const theirs = readLvsDump(
      log.map((line) => line.replace(/^\w{3} \w{3} +\d+ [\d:]+ \d+: /, "")),
    );
    const ours = shownFields(inForce(lines).shown);
    assert.deepEqual(serversOf(ours), serversOf(theirs), name);
    compared += theirs.size;
    for (const [path, text] of theirs) {
      const own = ours.get(path) ?? null;
      if (own === text) continue;
      const keyword = path.replace(/^.*\//, "");
      const key = keyword in DIFFERENT ? keyword : `${name} ${keyword}`;
      different.set(key, [...(different.get(key) ?? []), `${name}: ${path} ${own}, not ${text}`]);
    }
  }
  t.diagnostic(`${compared} values of ${samples.length} samples`);
  const untold = [...different].filter(([key]) => !(key in DIFFERENT));
  assert.deepEqual(untold, []);
  assert.deepEqual(new Set(different.keys()), new Set(Object.keys(DIFFERENT)));
});

const serversOf = (fields: Fields): ReadonlySet<string> =>
  new Set([...fields.keys()].flatMap((path) => /^virtual_server.*\//.exec(path) ?? []));

const LAST = "Activating BFD"; // what follows the dump
const BOOT_MS = 120_000;
