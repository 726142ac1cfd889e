/** On what `vrrp sniff` listens: several interfaces, one that goes away, one that is not there. */
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { openPacketSocket } from "../../src/io/packet-socket.ts";
import { advertFrame } from "../support/foreign.ts";
import { insideMissing, openInside } from "../support/inside.ts";
import { type Host, Lan } from "../support/netns.ts";
import { FAST_ROUTERS, startRouter } from "../support/router.ts";
import { Sniffer } from "../support/sniffer.ts";
import { VIPKIT } from "../support/vipkit.ts";

const SNIFF = [process.execPath, VIPKIT, "vrrp", "sniff"];

describe("an interface", { concurrency: 4, skip: insideMissing() }, () => {
  test("that goes down is told, heard again when it is up, and nobody is heard meanwhile", async (t) => {
    await using lan = await Lan.open("b", "c");
    const { b, c } = lan.hosts;
    const send = await senderAt(b, t);
    const sniffer = await Sniffer.open(c);
    send(advertFrame("10.0.0.9", 100, "02:00:00:00:00:09"));
    await sniffer.next('"type":"advert"');
    await c.run("ip", "link", "set", "eth0", "down");
    await sniffer.next('"type":"link".*"up":false');
    await c.run("ip", "link", "set", "eth0", "up");
    await sniffer.next('"type":"link".*"up":true');
    // The bridge forwards to it again a while after it is up: what is sent before that is lost.
    const resend = setInterval(() => send(advertFrame("10.0.0.9", 100, "02:00:00:00:00:09")), 50);
    t.after(() => clearInterval(resend));
    await sniffer.next('"type":"advert"');
    const { code, summary } = await sniffer.end();
    assert.deepEqual([code, summary.trouble], [0, null]);
  });

  test("that is down at the end could not be heard, whatever was expected", async () => {
    await using lan = await Lan.open("c");
    const { c } = lan.hosts;
    const sniffer = await Sniffer.open(c, "--expect-none");
    await c.run("ip", "link", "set", "eth0", "down");
    const { code, summary } = await sniffer.end();
    assert.deepEqual([code, summary.trouble], [2, "eth0 is down"]);
  });

  test("that is deleted ends it, with what was heard before", async (t) => {
    await using lan = await Lan.open("b", "c");
    const { b, c } = lan.hosts;
    const send = await senderAt(b, t);
    const sniffer = await Sniffer.open(c);
    send(advertFrame("10.0.0.9", 100, "02:00:00:00:00:09"));
    await sniffer.next('"type":"advert"');
    await c.run("ip", "link", "delete", "eth0");
    const { code, summary } = await sniffer.end(null);
    assert.deepEqual([code, summary.adverts, summary.trouble], [2, 1, "eth0 is gone"]);
  });

  test("that is not there is refused with the one that was perhaps meant", async () => {
    await using lan = await Lan.open("c");
    const program = lan.hosts.c.spawn(...SNIFF, "-i", "etho");
    assert.equal((await program.ended).code, 2);
    assert.match(program.lines.all.join("\n"), /etho: no such interface \(did you mean eth0\?\)/);
  });

  test("cannot be listened on without CAP_NET_RAW", async () => {
    await using lan = await Lan.open("c");
    for (const where of ["eth0", "any"]) {
      const words = [...SNIFF, "-i", where, "--expect-none"];
      const program = lan.hosts.c.spawn("setpriv", "--bounding-set", "-net_raw", ...words);
      assert.equal((await program.ended).code, 2);
      assert.match(program.lines.all.join("\n"), /needs CAP_NET_RAW/);
    }
  });

  test("and others are segments of their own with -i any", async (t) => {
    await using lan = await Lan.open("b", "c");
    const { b, c } = lan.hosts;
    await lan.plugSecond(b, c);
    const sniffer = await Sniffer.open(c, "-i", "any");
    const atC = await openInside(c);
    const indices = new Map(
      (await c.run("ip", "-o", "link"))
        .split("\n")
        .map((line) => [/^\d+: (\w+)/.exec(line)?.[1], Number.parseInt(line, 10)] as const),
    );
    const frame = advertFrame("10.0.0.9", 100, "02:00:00:00:00:09");
    for (const [ifName, direction] of [
      ["eth0", "out"],
      ["eth1", "out"],
      ["lo", "in"],
    ] as const) {
      const ifIndex = indices.get(ifName) ?? assert.fail(ifName);
      const socket = atC.run(() => openPacketSocket({ ifName, ifIndex }));
      t.after(() => socket.close());
      socket.send(frame);
      const seen = await sniffer.next('"type":"advert"');
      assert.deepEqual([seen.segment, seen.direction, seen.verdict], [ifName, direction, "ok"]);
    }
    const { code, summary } = await sniffer.end();
    assert.deepEqual([code, summary.adverts, summary.vrids], [0, 3, 3]);
  });

  test("on which the host is master shows its adverts as sent, and nothing looped back", async () => {
    await using lan = await Lan.open("a", "b");
    const { a } = lan.hosts;
    const router = startRouter("vipkit", a, { ...FAST_ROUTERS.IPv4, priority: 100 });
    await router.becomes("MASTER");
    const sniffer = await Sniffer.open(a, "-c", "5");
    const { code } = await sniffer.end(null);
    const seen = sniffer.records("advert").map(({ direction, verdict }) => [direction, verdict]);
    assert.deepEqual([code, new Set(seen.map(String))], [0, new Set(["out,ok"])]);
  });
});

async function senderAt(host: Host, t: TestContext): Promise<(frame: Uint8Array) => void> {
  const inside = await openInside(host);
  const socket = inside.run(() => openPacketSocket(inside));
  t.after(() => socket.close());
  return (frame) => void socket.send(frame);
}
