/** What tshark reads in the captures that a router leaves behind. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { arrivingFile } from "../support/arriving-file.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startRouter, WIRE_FORMATS } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("keepalived", "tshark");

test("a killed keepalived: its last advert, the silence, and our takeover", { skip }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-record-"));
  t.after(() => rmSync(directory, { recursive: true }));
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const router = FAST_ROUTERS.IPv4;
  const master = startRouter("keepalived", a, { ...router, priority: 200 });
  await master.becomes("MASTER");
  const more = ["--record", directory];
  const backup = startRouter("vipkit", b, { ...router, priority: 100, more });
  await backup.becomes("BACKUP");
  const arrived = arrivingFile(directory, /^b-.*-master\.ndjson$/);
  await master.kill();
  await backup.becomes("MASTER");
  const events = await arrived;
  assert.equal(statSync(events).mode & 0o777, 0o600);

  const frames = readFrames(events.replace(".ndjson", ".pcapng"));
  const first = frames.findIndex(({ mac, priority }) => mac === b.mac && priority === "100");
  const [last, ours, announcement] = frames.slice(first - 1, first + 2);
  assert.deepEqual([last?.mac, last?.priority, last?.direction], [a.mac, "200", "0x00000001"]);
  assert.deepEqual([ours?.direction, ours?.checksum], ["0x00000002", "1"]);
  assert.deepEqual([announcement?.mac, announcement?.gratuitous], [b.mac, "1"]);
  const silenceS = Number(ours?.epochS) - Number(last?.epochS);
  assert.ok(silenceS > 0.3, `${silenceS}`); // three intervals, and some more
  assert.ok(frames.filter(({ mac }) => mac === b.mac).length > 10, "what follows is there too");
});

test("a router that records nothing on disk is asked what it saw", { skip }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-record-"));
  t.after(() => rmSync(directory, { recursive: true }));
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const more = ["--vmac"];
  const router = startRouter("vipkit", a, { ...FAST_ROUTERS.IPv6, priority: 200, more });
  await router.becomes("MASTER");
  const capture = join(directory, "asked.pcapng");
  const words = ["vrrp", "history", "a", "--pcap", capture];
  assert.match(await a.run(process.execPath, VIPKIT, ...words), /bytes, 0 frames lost/);
  const [advert] = readFrames(capture).filter(({ priority }) => priority !== "");
  const vmac = "00:00:5e:00:02:33"; // its frames pass the interface below it
  assert.deepEqual([advert?.mac, advert?.direction], [vmac, "0x00000002"]);
});

test("a capture with a password in it: blanked, and said so", { skip }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-record-"));
  t.after(() => rmSync(directory, { recursive: true }));
  await using lan = await Lan.open("a");
  const arrived = arrivingFile(directory, /-master\.ndjson$/);
  const router = { ...WIRE_FORMATS["version 2 with PASS"], priority: 255 };
  startRouter("vipkit", lan.hosts.a, { ...router, more: ["--record", directory] });
  const capture = (await arrived).replace(".ndjson", ".pcapng");
  const text = execFileSync("tshark", ["-r", capture, "-V", "-Y", "vrrp"], { encoding: "utf8" });
  assert.match(text, /Auth Type: Simple Text Authentication/);
  assert.match(text, /the password is blanked/);
  assert.doesNotMatch(execFileSync("cat", [capture], { encoding: "latin1" }), /s3cret/);
});

function readFrames(capture: string): Record<(typeof COLUMNS)[number], string>[] {
  const fields = Object.values(FIELDS).flatMap((field) => ["-e", field]);
  const check = ["-o", "vrrp.v3_checksum_as_in_v2:FALSE"];
  const output = execFileSync("tshark", ["-r", capture, ...check, "-T", "fields", ...fields], {
    encoding: "utf8",
  });
  return output
    .trimEnd()
    .split("\n")
    .map((line) => {
      const values = line.split("\t");
      return Object.fromEntries(COLUMNS.map((name, index) => [name, values[index] ?? ""]));
    }) as Record<(typeof COLUMNS)[number], string>[];
}

const FIELDS = {
  epochS: "frame.time_epoch",
  direction: "frame.packet_flags_direction",
  mac: "eth.src",
  priority: "vrrp.prio",
  checksum: "vrrp.checksum.status",
  gratuitous: "arp.isgratuitous",
} as const;
const COLUMNS = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
