/** Keywords whose effect is on the wire or in the kernel: keepalived and `ha up` have the same one of the same file. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { Keepalived } from "../support/keepalived.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";

type Router = HaUp | Keepalived;
type Observe = (lan: Lan<"a" | "b">, start: () => Router) => Promise<unknown>;

interface Row {
  readonly name: string;
  readonly conf: string;
  readonly observe: Observe;
  readonly set?: (lan: Lan<"a" | "b">) => Promise<unknown>;
  readonly expected?: unknown; // what both are to find
}

const instance = (more: string, vips = "10.0.0.100/24", before = ""): string =>
  `${before}vrrp_instance VI {
interface eth0
state BACKUP
version 3
advert_int 0.2
virtual_router_id 51
priority 200
garp_master_delay 0
garp_master_repeat 1
${more}
virtual_ipaddress {\n${vips}\n}\n}\n`;

/** Addresses as `ip` shows them, but for how long they stay and who added them. */
const addresses: Observe = async ({ hosts: { a } }, start) => {
  const router = start();
  await router.becomes("MASTER");
  let shown = "";
  for (let left = 50; left > 0 && !shown.includes("10.0.0.100"); left -= 1) {
    shown = await a.run("ip", "-o", "address", "show", "dev", "eth0");
  }
  return shown
    .split("\n")
    .map((line) =>
      line
        .replace(/\\.*|proto \S+|dynamic|^\d+: /g, "")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .filter((line) => !line.includes(" fe80:"))
    .sort();
};

/** How many announcements came at once, one time after the other, until there were so many in so many bursts. */
const bursts =
  (count: number, last = 1, ifName = "eth0", provoke: (host: Host) => void = () => {}): Observe =>
  async ({ hosts: { b } }, start) => {
    const wire = b.spawn("tcpdump", "-l", "-n", "-tt", "-i", ifName, "arp");
    await wire.lines.next(/listening on/);
    const router = start();
    await router.becomes("MASTER");
    const sizes: number[] = [];
    let lastS = 0;
    while (sizes.length < count || (sizes.at(-1) ?? 0) < last) {
      const [, at] = await wire.lines.next(
        /^([\d.]+) ARP, Request who-has (10\.\d\.0\.[12]\d\d)\b.* tell \2,/,
      );
      if (Number(at) - lastS < APART_S) sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + 1;
      else if (sizes.push(1) === 1) provoke(b);
      lastS = Number(at);
    }
    return sizes;
  };
const APART_S = 0.15;

/** One advert of a lower priority. */
const lowerAdvert = (host: Host): void => {
  const script = join(import.meta.dirname, "../support/advert-flood.js");
  host.spawn(process.execPath, script, host.ipv4, "51", "1", "1");
};

const ttl: Observe = async ({ hosts: { b } }, start) => {
  const wire = b.spawn("tcpdump", "-l", "-n", "-v", "-i", "eth0", "proto 112 or ip6 proto 112");
  await wire.lines.next(/listening on/);
  start();
  return (await wire.lines.next(/ttl (\d+)|hlim (\d+)/)).slice(1, 3).filter(Boolean);
};

const unicast = "unicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.2\n}";

const ROWS: readonly Row[] = [
  {
    name: "broadcast, routes of prefixes, peers",
    conf: instance(
      "",
      "10.0.0.100/24 brd +\n10.0.0.101/24 brd - noprefixroute\n10.2.0.102/24 brd 10.2.0.200 scope link\n10.0.0.103 peer 10.7.0.9",
    ),
    observe: addresses,
  },
  {
    name: "flags and lifetimes of IPv6 addresses",
    conf: instance(
      "virtual_ipaddress_excluded {\nfd00::100/64\nfd00::101/128\nfd00::102/64 -nodad home\nfd00::103/64 mngtmpaddr noprefixroute preferred_lft 0\nfd00::104/128 preferred_lft forever\n}",
    ),
    observe: addresses,
  },
  {
    name: "garp_master_refresh_repeat",
    conf: instance("garp_master_refresh 1\ngarp_master_refresh_repeat 3"),
    observe: bursts(3, 3),
    expected: [1, 3, 3],
  },
  {
    name: "vrrp_garp_interval",
    conf: instance(
      "garp_master_repeat 4",
      "10.0.0.100/24",
      "global_defs {\nvrrp_garp_interval 0.4\n}\n",
    ),
    observe: bursts(2), // keepalived forgets the others
    expected: [1, 1],
  },
  {
    name: "garp_group",
    conf: instance(
      "garp_master_repeat 3",
      "10.0.0.100/24",
      "garp_group {\ngarp_interval 0.4\ninterfaces {\neth0\n}\n}\n",
    ),
    observe: bursts(2),
    expected: [1, 1],
  },
  {
    name: "garp_extra_if all",
    conf: instance("garp_extra_if all 1", "10.0.0.100/24\n10.1.0.100/24 dev eth1"),
    set: async (lan) => await lan.plugSecond(lan.hosts.a, lan.hosts.b),
    observe: bursts(3, 1, "eth1"),
    expected: [1, 1, 1],
  },
  {
    name: "after an advert of a lower priority",
    conf: instance("garp_lower_prio_repeat 2\ngarp_lower_prio_delay 1", "10.0.0.200"),
    observe: bursts(3, 2, "eth0", lowerAdvert),
    expected: [1, 2, 2],
  },
  {
    name: "unicast_ttl",
    conf: instance(`${unicast}\nunicast_ttl 9`),
    observe: ttl,
    expected: ["9"],
  },
  { name: "the TTL of unicast", conf: instance(unicast), observe: ttl, expected: ["255"] },
];

const PEERS = { keepalived: Keepalived, "ha up": HaUp } as const;

describe("keywords with the effect that keepalived gives them", {
  skip: labMissing("keepalived", "tcpdump"),
  concurrency: 4,
}, () => {
  for (const { name, conf, set, observe, expected } of ROWS) {
    test(name, async () => {
      const [theirs, ours] = await Promise.all(
        Object.values(PEERS).map(async (Peer) => {
          await using lan = await Lan.open("a", "b");
          await set?.(lan);
          return await observe(lan, () => new Peer(lan.hosts.a, conf));
        }),
      );
      assert.deepEqual(ours, theirs);
      if (expected !== undefined) assert.deepEqual(ours, expected);
    });
  }
});
