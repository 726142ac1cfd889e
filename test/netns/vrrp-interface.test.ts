/** What happens to the interface under a router that runs: it survives all of it. */
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";

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
