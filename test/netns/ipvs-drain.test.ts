/** `ipvs drain` at a real IPVS, with connections that a client has open through it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BalancedLan, VIRTUAL } from "../support/balanced-lan.ts";
import { withIpvs } from "../support/ipvs-lab.ts";
import type { Program } from "../support/program.ts";
import { VIPKIT } from "../support/vipkit.ts";

const SERVICE = `-A -t ${VIRTUAL}:80 -s rr`;
const weight = (number: number) => `-a -t ${VIRTUAL}:80 -r 10.0.0.3:80 -g -w ${number}`;

withIpvs(import.meta.url, [], () => {
  let lan: BalancedLan;
  before(async () => {
    lan = await BalancedLan.open();
  });
  after(() => lan[Symbol.asyncDispose]());
  const drain = (...words: readonly string[]): Program =>
    lan.hosts.balancer.spawn(process.execPath, VIPKIT, "ipvs", "drain", ...words);

  test("a server stays as long as a connection is open, and is gone behind it", async () => {
    await lan.restore(SERVICE, weight(5));
    const connection = await lan.connect();
    const program = drain("10.0.0.3:80");
    await program.lines.next(/^active 1, inactive 0, persistent 0$/);
    assert.deepEqual(await lan.saved(), [SERVICE, weight(0)]);
    await connection.stop();
    await program.lines.next(/^no connection is left: removed from 1 service$/);
    assert.equal((await program.ended).code, 0);
    assert.deepEqual(await lan.saved(), [SERVICE]);
  });

  test("Ctrl-C gives the weight back", async () => {
    await lan.restore(SERVICE, weight(5));
    const connection = await lan.connect();
    const program = drain("10.0.0.3");
    await program.lines.next(/^active 1,/);
    assert.equal((await program.stop("SIGINT")).signal, "SIGINT");
    assert.deepEqual(await lan.saved(), [SERVICE, weight(5)]);
    await connection.stop();
  });

  test("a client that has a template goes on coming, until templates end at weight 0", async () => {
    const service = `${SERVICE} -p 300`;
    await lan.restore(service, weight(5));
    await (await lan.connect()).stop();
    const first = drain("10.0.0.3:80", "--timeout", "4s");
    await first.lines.next(/^1 persistent template: .* 5m after/);
    await (await lan.connect()).stop();
    await first.lines.next(/the time is over with .* persistent 1/);
    assert.equal((await first.ended).code, 1);
    assert.deepEqual(await lan.saved(), [service, weight(0)]);
    const expire = "echo 1 >/proc/sys/net/ipv4/vs/expire_quiescent_template";
    await lan.hosts.balancer.run("sh", "-c", expire);
    const again = drain("10.0.0.3:80", "--service", `tcp/${VIRTUAL}:80`);
    await again.lines.next(/^1 persistent template: not waited for/);
    assert.equal((await again.ended).code, 0);
    assert.deepEqual(await lan.saved(), [service]);
  });
});
