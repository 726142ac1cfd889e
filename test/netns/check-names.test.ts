/** Names whose name server says nothing, or nothing good: whom that keeps waiting, and what it comes to. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { check, nameServer } from "../support/services.ts";
import { VIPKIT } from "../support/vipkit.ts";

/** A look-up that hangs does so for minutes; nobody here may. */
describe("names", { skip: labMissing(), timeout: 60_000 }, () => {
  let lan: Lan<"client" | "server">;
  let client: Host;
  const hanging = Array.from({ length: 40 }, (_, n) => `hang${n}.test:53`);
  before(async () => {
    lan = await Lan.open("client", "server");
    client = lan.hosts.client;
    await nameServer(lan.hosts.server, lan.hosts.server.ipv4);
    await lan.lookUpAt(lan.hosts.server);
  });
  after(() => lan[Symbol.asyncDispose]());

  test("the end of a check waits for no look-up", async () => {
    const [status, text] = await check(client, "tcp", "hang.test:53", "-t", "200ms");
    assert.match(text, /UNKNOWN {2}SOCKERR {2}- {2}no name server answered within 0.2s/);
    assert.equal(status, 2);
    const [late, told] = await check(client, "icmp", "hang.test", "-t", "9m", "-w", "200ms");
    assert.match(told, /UNKNOWN .*no check of it came to its end/);
    assert.equal(late, 2);
  });

  test("names that hang keep no other from being looked up, at once or in a watch", async () => {
    const words = ["tcp", ...hanging, "up.test:53", "-t", "2s"];
    const [, text] = await check(client, ...words, "--sort");
    assert.match(text, /up\.test:53 {2}UP/);
    const watch = client.spawn(process.execPath, VIPKIT, "check", ...words, "--watch");
    await watch.lines.next(/up\.test:53 {2}UP/);
    await watch.stop("SIGINT");
  });

  test("what a name server says is what clients see; what it cannot say is nothing", async () => {
    for (const [name, state, words, wanted] of [
      ["none.test", "DOWN {2}L4CON", /no such name/, 1],
      ["empty.test", "DOWN {2}L4CON", /the name has no address/, 1],
      ["failing.test", "UNKNOWN {2}SOCKERR", /no name server could say/, 2],
      ["up.test", "UP {2}L4OK", /./, 0],
    ] as const)
      for (const line of [
        ["tcp", `${name}:53`],
        ["icmp", name],
        ["udp", `${name}:53`],
      ]) {
        const [status, text] = await check(client, ...line);
        assert.match(text, new RegExp(` ${state} `));
        assert.match(text, words);
        assert.equal(status, wanted, text);
      }
  });
});
