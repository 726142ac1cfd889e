/** `ha up` at a real IPVS: a real server is drained by hand, and by a reload that takes it out, while a client is on it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BalancedLan, VIRTUAL } from "../support/balanced-lan.ts";
import { HaUp } from "../support/ha-up.ts";
import { withIpvs } from "../support/ipvs-lab.ts";
import { sorted } from "../support/notified.ts";
import type { Program } from "../support/program.ts";
import { VIPKIT } from "../support/vipkit.ts";

const SERVICE = `-A -t ${VIRTUAL}:80 -s rr`;
const server = (weight: number) => `-a -t ${VIRTUAL}:80 -r 10.0.0.3:80 -g -w ${weight}`;
/** It is never down: its check has time. */
const conf = (real: string): string => `virtual_server ${VIRTUAL} 80 {
delay_loop 60
lvs_sched rr
lvs_method DR
protocol TCP
${real}
}
`;
const REAL = "real_server 10.0.0.3 80 {\nweight 5\nTCP_CHECK {\n}\n}";

withIpvs(import.meta.url, [], () => {
  let lan: BalancedLan;
  before(async () => {
    lan = await BalancedLan.open();
  });
  after(() => lan[Symbol.asyncDispose]());
  const drain = (...words: readonly string[]): Program =>
    lan.hosts.balancer.spawn(
      process.execPath,
      VIPKIT,
      "ha",
      "drain",
      ...words,
      "--name",
      "balancer",
    );

  test("ha drain keeps the connection, and --wait sees it end; --undo gives the weight back", async () => {
    const ha = new HaUp(lan.hosts.balancer, conf(REAL));
    try {
      await ha.program.lines.next(/connections to .* weight 5$/);
      const connection = await lan.connect();
      const program = drain("10.0.0.3", "--wait");
      await program.lines.next(/^active 1, inactive 0, persistent 0$/);
      assert.deepEqual(await lan.saved(), [SERVICE, server(0)]);
      await connection.stop();
      await program.lines.next(/^active 0, inactive 0, persistent 0$/);
      assert.equal((await program.ended).code, 0);
      assert.deepEqual(await lan.saved(), [SERVICE, server(0)]);
      assert.equal((await drain("10.0.0.3", "--undo").ended).code, 0);
      await ha.program.lines.next(/connections to .* weight 5$/);
      assert.deepEqual(await lan.saved(), [SERVICE, server(5)]);
    } finally {
      await ha.stop();
    }
  });

  test("with --drain a server that a reload takes out goes when its connection is over", async () => {
    const ha = new HaUp(lan.hosts.balancer, conf(REAL), ["--drain", "10m"]);
    try {
      await ha.program.lines.next(/connections to .* weight 5$/);
      const connection = await lan.connect();
      ha.write(conf("real_server 10.0.0.9 80 {\n}"));
      ha.program.signal("SIGHUP");
      await ha.program.lines.next(/connections to .*9\S+ weight 1, .*3\S+ weight 0$/);
      const other = `-a -t ${VIRTUAL}:80 -r 10.0.0.9:80 -g -w 1`;
      assert.deepEqual(sorted(await lan.saved()), sorted([SERVICE, server(0), other]));
      await connection.stop();
      await ha.program.lines.next(/connections to .*9\S+ weight 1$/);
      assert.deepEqual(await lan.saved(), [SERVICE, other]);
    } finally {
      await ha.stop();
    }
  });
});
