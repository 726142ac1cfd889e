/** The examples of share/examples, which README shows: each mode of `ha up` serves, and goes on when a node is gone. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EXAMPLES, example, held, is, start } from "../support/ha-modes.ts";
import type { HaUp } from "../support/ha-up.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { readSource } from "../support/sources.ts";

test("README shows the examples as they are", () => {
  const readme = readSource("README.md");
  for (const name of EXAMPLES) assert.ok(readme.includes(example(name).trimEnd()), name);
});

describe("modes", { skip: labMissing(), concurrency: 4 }, () => {
  test("two masters: each serves, and one takes both when the other dies", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const conf = example("dual-master");
    const first = start(a, conf);
    await is(first, "one", "MASTER");
    const second = start(b, conf);
    await is(second, "two", "MASTER");
    await is(first, "two", "BACKUP");
    assert.equal(await held("192.0.2.10", a, b), "a");
    assert.equal(await held("192.0.2.20", a, b), "b");
    await second.kill();
    await is(first, "two", "MASTER");
    await lan.cut(b); // the kernel of b ends the lease in its own time
    assert.equal(await held("192.0.2.20", a), "a");
  });

  test("five nodes lose any four", async () => {
    await using lan = await Lan.open("a", "b", "c", "d", "e");
    const { a, b, c, d, e } = lan.hosts;
    const conf = example("five-nodes");
    const ups = new Map<Host, HaUp>();
    const of = (host: Host): HaUp => ups.get(host) ?? assert.fail(host.name);
    for (const host of [c, a, b, d, e]) {
      ups.set(host, start(host, conf));
      await is(of(host), "cluster", host === c ? "MASTER" : "BACKUP");
    }
    for (const [gone, next] of [
      [c, a],
      [a, b],
      [b, d],
      [d, e],
    ] as const) {
      await of(gone).stop();
      await is(of(next), "cluster", "MASTER");
      assert.equal(await held("192.0.2.30", a, b, c, d, e), next.name);
    }
  });

  test("a sync group: who loses one side gives up the other", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    await lan.plugSecond(a, b);
    const conf = example("sync-group");
    const first = start(a, conf);
    await is(first, "outside", "MASTER");
    const second = start(b, conf);
    await is(second, "outside", "BACKUP");
    await a.run("ip", "link", "set", "eth1", "down");
    await is(second, "outside", "MASTER");
    assert.equal(await held("192.0.2.1", a, b), "b");
    assert.equal(await held("198.51.100.1", a, b), "b");
  });

  test("unicast", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    await a.run("ip", "address", "add", "192.0.2.2/24", "dev", "eth0");
    await b.run("ip", "address", "add", "192.0.2.3/24", "dev", "eth0");
    await lan.dropMulticast();
    const first = start(a, example("unicast"));
    await is(first, "cloud", "MASTER");
    const second = start(b, example("unicast"));
    await is(second, "cloud", "BACKUP");
    await first.stop();
    await is(second, "cloud", "MASTER");
    assert.equal(await held("192.0.2.40", a, b), "b");
  });

  test("IPv6", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const first = start(a, example("ipv6"));
    await is(first, "six", "MASTER");
    const second = start(b, example("ipv6"));
    await is(second, "six", "BACKUP");
    assert.equal(await held("2001:db8::50", a, b), "a");
    await first.stop();
    await is(second, "six", "MASTER");
    assert.equal(await held("2001:db8::50", a, b), "b");
  });
});
