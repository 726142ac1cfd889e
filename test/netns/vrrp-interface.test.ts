/** What happens to the interface under a router that runs: it survives all of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startPair, startRouter } from "../support/router.ts";

const skip = labMissing();

interface Mishap {
  readonly happens: (lan: Lan<"a" | "client">, a: Host) => Promise<unknown>;
  readonly heals: (lan: Lan<"a" | "client">, a: Host) => Promise<unknown>;
}

const IP_ADDRESS = ["ip", "address"];
const MISHAPS: Readonly<Record<string, Mishap>> = {
  "its cable is pulled": {
    happens: (lan, a) => lan.cut(a),
    heals: (lan, a) => lan.mend(a),
  },
  "it is set down": {
    happens: (_, a) => a.run("ip", "link", "set", "eth0", "down"),
    heals: async (_, a) => {
      await a.run("ip", "link", "set", "eth0", "up");
      // Setting it down took its IPv6 addresses away, and the hosts of a Lan generate none.
      await a.run(...IP_ADDRESS, "replace", `${a.ipv6}/64`, "dev", "eth0");
      await a.run(...IP_ADDRESS, "replace", `${a.linkLocal}/64`, "dev", "eth0");
    },
  },
  "it loses its own addresses": {
    happens: async (_, a) => {
      await a.run(...IP_ADDRESS, "delete", `${a.ipv4}/24`, "dev", "eth0");
      await a.run(...IP_ADDRESS, "delete", `${a.linkLocal}/64`, "dev", "eth0");
    },
    heals: async (_, a) => {
      await a.run(...IP_ADDRESS, "add", `${a.ipv4}/24`, "dev", "eth0");
      await a.run(...IP_ADDRESS, "add", `${a.linkLocal}/64`, "dev", "eth0");
    },
  },
  "it is deleted and made again under the same name": {
    happens: (_, a) => a.run("ip", "link", "delete", "eth0"),
    heals: (lan, a) => lan.replug(a),
  },
};

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  for (const [mishap, { happens, heals }] of Object.entries(MISHAPS)) {
    test(`${family}: a master is in FAULT when ${mishap}, and back when it heals`, {
      skip,
    }, async () => {
      await using lan = await Lan.open("a", "client");
      const { a, client } = lan.hosts;
      const master = startRouter("vipkit", a, { ...router, priority: 200 });
      await master.becomes("MASTER");
      const probe = await Probe.open(client, addressOf(router));
      await happens(lan, a);
      await master.becomes("FAULT");
      await heals(lan, a);
      await master.becomes("MASTER");
      await probe.answer();
    });
  }
}

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  test(`${family}: a master survives that its interface is flushed and gets its addresses again`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const pace = { ...router, intervalMs: 1000 }; // half of it is room for a loaded machine
    const { master, backup } = await startPair([a, b], pace);
    const probe = await Probe.open(client, addressOf(router));
    const own = [`${a.ipv4}/24`, `${a.ipv6}/64`, `${a.linkLocal}/64`];
    const again = own.map((address) => `address add ${address} dev eth0 nodad\n`).join("");
    for (let n = 0; n < 3; n++) {
      await a.run("sh", "-euc", `printf 'address flush dev eth0\n${again}' | ip -b -`);
      const isBack = () => a.holds(addressOf(router));
      for (let looks = 0; looks < 100 && !(await isBack()); looks++);
      assert.ok(await isBack());
      await probe.asks(5);
    }
    for (const { program } of [master, backup]) {
      const later = program.lines.all.filter((line) => / -> (FAULT|MASTER)/.test(line));
      assert.equal(later.length, program === master.program ? 1 : 0, later.join("\n"));
    }
    await master.stop();
    await backup.becomes("MASTER");
    assert.ok(await a.holds(a.ipv4), "the end of the virtual address is not that of the own one");
    await probe.close();
  });
}
