/** What a keepalived.conf wants of IPVS, and where each part of it stands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { targetOfConfiguration } from "../../../../src/app/ipvs/configured-target.ts";
import { effective } from "../../../support/effective.ts";

function targetOf(text: string) {
  const { lvs, vrrp } = effective(text, null, "k.conf");
  return targetOfConfiguration(lvs, vrrp.globals);
}

const service = (head: string, inside: string): string =>
  `virtual_server ${head} {\nprotocol TCP\n${inside}\n}\n`;

test("all real servers with the weight that is written, and none for a sorry server", () => {
  const { table, timeouts, daemons } = targetOf(
    service("10.0.0.1 80", "sorry_server 10.0.9.9 80\nreal_server 10.0.1.1 80 {\nweight 5\n}"),
  );
  const [one] = table.values();
  assert.deepEqual(
    one?.destinations.map(({ ip, weight }) => [ip.join("."), weight]),
    [["10.0.1.1", 5]],
  );
  assert.deepEqual([table.size, timeouts, daemons], [1, null, null]);
});

test("what groups have in common is one service, of the first, with the servers of both", () => {
  const { table } = targetOf(
    `virtual_server_group a {\n10.0.0.1 80\n}\nvirtual_server_group b {\n10.0.0.1 80\n10.0.0.2 80\n}
${service("group a", "lvs_sched rr\nreal_server 10.0.1.1 80 {\n}")}
${service("group b", "lvs_sched lc\nreal_server 10.0.1.2 80 {\n}")}`,
  );
  assert.deepEqual(
    Array.from(table, ([key, one]) => [key, one.service.scheduler, one.destinations.length]),
    [
      ["tcp 10.0.0.1:80", "rr", 2],
      ["tcp 10.0.0.2:80", "lc", 1],
    ],
  );
});

test("each part has its place", () => {
  const { places } = targetOf(
    `global_defs {\nlvs_timeouts tcp 5\nlvs_sync_daemon eth0\n}\n${service("10.0.0.1 80", "real_server 10.0.1.1 80 {\n}")}`,
  );
  assert.deepEqual(
    [...places],
    [
      ["tcp 10.0.0.1:80", "k.conf:5:16"],
      ["10.0.1.1:80 of tcp 10.0.0.1:80", "k.conf:7:13"],
      ["sync daemon master", "k.conf:3:17"],
      ["sync daemon backup", "k.conf:3:17"],
      ["timeouts", "k.conf:2:14"],
    ],
  );
});

test("a sync daemon that follows an instance is nobody's wish here", () => {
  const text = "global_defs {\nlvs_sync_daemon eth0 v\n}\n";
  assert.equal(targetOf(text).daemons, null);
});
