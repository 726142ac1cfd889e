/** Numbers in files: keepalived adds to its priority what `check file` calls the weight. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileFinding, fileNumber } from "../../src/proto/check/file-number.ts";
import { Lan, labMissing } from "../support/netns.ts";

const CASES: readonly (readonly [text: string, weight: number])[] = [
  ["10", 1],
  ["010", 1],
  ["0x10", 1],
  [" 7 and more", 2],
  ["-20\n", 2],
  ["garbage", 5],
  ["09", 5],
  ["-3", -4],
];

test("keepalived's priority is ours plus the weight of the file", {
  skip: labMissing("keepalived", "tcpdump"),
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-track-file-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = (name: string): string => join(folder, name);
  const blocks = CASES.map(([text, weight], at) => {
    const vrid = at + 1;
    writeFileSync(file(`f${vrid}`), text);
    return `vrrp_track_file f${vrid} {\nfile ${file(`f${vrid}`)}\n}
vrrp_instance i${vrid} {\nstate BACKUP\ninterface eth0\nvirtual_router_id ${vrid}\npriority 100\nadvert_int 1
virtual_ipaddress {\n10.0.0.${100 + vrid}\n}\ntrack_file {\nf${vrid} weight ${weight}\n}\n}`;
  });
  writeFileSync(file("conf"), blocks.join("\n"));

  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const witness = b.spawn("tcpdump", "-l", "-n", "-v", "-i", "eth0", "ip", "proto", "112");
  const pids = ["--pid", file("pid"), "--vrrp_pid", file("vrrp.pid")];
  a.spawn("keepalived", "-n", "-l", "-G", "-P", "--use-file", file("conf"), ...pids);
  for (const [at, [text, weight]] of CASES.entries()) {
    const heard = await witness.lines.next(new RegExp(`vrid ${at + 1}, prio (\\d+)`));
    const { facts } = fileFinding(fileNumber(text), { weight, isReverse: false });
    assert.equal(Number(heard[1]), 100 + Number(facts.weight), JSON.stringify(text));
  }
});
