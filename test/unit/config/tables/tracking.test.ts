/** Blocks that define what is tracked, and groups: scripts, files, processes, BFD, sync groups. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import { readConf, said } from "../../../support/conf.ts";

test("a script, whose arguments outside quotes are dropped", () => {
  const { conf, found } = readConf(
    "vrrp_script s {",
    "script /bin/check a b",
    "interval 0.5",
    "weight -20 reverse",
    "user root",
    "}",
  );
  assert.deepEqual(conf.vrrp_script[0] && said(conf.vrrp_script[0].value.body), {
    script: { argv: ["/bin/check"] },
    interval: 500,
    weight: { weight: -20, isReversed: true },
    user: { user: "root", group: null },
  });
  assert.deepEqual(found, ["a.conf:2:19 vk220 'script' drops what stands behind the command"]);
});

test("an argument where the user of a notify script belongs", () => {
  const read = (words: string) => readConf("vrrp_instance v {", `notify_master ${words}`, "}");
  const told = (word: string, column: number): string =>
    `a.conf:2:${column} vk241 '${word}' stands where 'notify_master' has the user and the group, and can be neither`;
  const { conf, found } = read("/n.sh MASTER");
  assert.deepEqual(found, [told("MASTER", 21)]);
  assert.equal(conf.vrrp_instance[0]?.value.body.notify_master, null, "it is not run");
  assert.deepEqual(read('"/n.sh" root /var/log/x').found, [told("/var/log/x", 28)]);
  assert.deepEqual(read('"/n.sh MASTER" nobody nogroup').found, []);
});

test("a file under its old name, and what is written into it", () => {
  const { conf, found } = readConf(
    "vrrp_track_file f {",
    "file /run/f",
    "init_file 5 overwrite",
    "}",
  );
  assert.deepEqual(conf.track_file[0] && said(conf.track_file[0].value.body), {
    file: "/run/f",
    init_file: { value: 5, isOverwriting: true },
  });
  assert.deepEqual(found, ["a.conf:1:1 vk121 'vrrp_track_file' is deprecated"]);
  const wrong = readConf("track_file f {", "init_file five", "weight 1 noreverse", "}");
  assert.deepEqual(wrong.found, [
    "a.conf:2:11 vk204 'five' is neither a number nor overwrite",
    "a.conf:3:10 vk204 'noreverse' is not reverse (did you mean reverse?)",
  ]);
});

test("a process with arguments", () => {
  const { conf, found } = readConf(
    "vrrp_track_process p {",
    "process haproxy -f x",
    "param_match partial",
    "quorum_max 0",
    "delay 0.000001",
    "process other",
    "}",
  );
  assert.deepEqual(conf.vrrp_track_process[0] && said(conf.vrrp_track_process[0].value.body), {
    process: { argv: ["haproxy", "-f", "x"] },
    param_match: "partial",
    quorum_max: 0,
    delay: 0.001,
  });
  assert.deepEqual(found, [
    "a.conf:6:1 vk122 'process' was written before, and the first one counts",
  ]);
});

test("a BFD session, in both spellings", () => {
  const { conf, found } = readConf(
    "bfd_instance b {",
    "neighbour_ip 10.0.0.2",
    "min_rx 3.312",
    "max_hops -1",
    "hoplimit 64",
    "}",
  );
  assert.deepEqual(conf.bfd_instance[0] && said(conf.bfd_instance[0].value.body), {
    neighbor_ip: parseIp("10.0.0.2"),
    min_rx: 3.312,
    max_hops: -1,
    ttl: 64,
  });
  assert.deepEqual(found, []);
  const long = `bfd_instance ${"b".repeat(32)} {`;
  assert.match(readConf(long, "}").found[0] ?? "", /^a.conf:1:14 vk227/);
});

test("a sync group has one list of members, and notify_deleted is none of its keywords", () => {
  const { conf, found } = readConf(
    "vrrp_sync_group G {",
    "group {",
    "VI_1 VI_2",
    "}",
    "group {",
    "VI_3",
    "}",
    "notify_deleted /bin/true",
    "global_tracking",
    "}",
  );
  const { group } = said(conf.vrrp_sync_group[0]?.value.body ?? {});
  assert.deepEqual(
    (group as { value: string }[]).map(({ value }) => value),
    ["VI_1", "VI_2"],
  );
  assert.deepEqual(found, [
    "a.conf:5:1 vk122 'group' was written before, and the first one counts",
    "a.conf:8:1 vk103 unknown keyword 'notify_deleted' in vrrp_sync_group",
    "a.conf:9:1 vk120 'global_tracking' is deprecated",
  ]);
});
