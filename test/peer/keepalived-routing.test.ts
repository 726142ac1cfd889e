/** Routes and rules in the same words as keepalived's virtual_routes and virtual_rules: the kernel has the same of either. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, type RouterProgram, startRouter } from "../support/router.ts";

const skip = labMissing("keepalived");

const WANTED = {
  IPv4: {
    routes: [
      "default via 10.0.0.9 src 10.0.0.100 table 100",
      "10.8.0.0/16 dev eth0 scope link metric 7",
      "10.7.0.0/16 via 10.200.0.9 dev eth0 onlink mtu 1400",
      "blackhole 10.9.0.0/16",
      "unreachable 10.10.0.0/16 table 1000",
    ],
    rules: [
      "from 10.0.0.100 table 100 priority 1000",
      "not fwmark 0x10/0xf0 table 100 priority 1001",
      "iif eth0 to 10.9.0.0/16 table 1000 priority 1002",
      "from 10.66.0.0/16 priority 1003 prohibit",
    ],
  },
  IPv6: {
    routes: [
      "default via fd00::9 src fd00::100 table 100",
      "2001:db8:8::/48 dev eth0 metric 7",
      "2001:db8:7::/48 via fe80::9 dev eth0",
      "blackhole 2001:db8:9::/48",
    ],
    rules: [
      "from fd00::100 table 100 priority 1000",
      "to 2001:db8:9::/48 table 1000 priority 1002",
    ],
  },
} as const;

/** Without who added them, in one order. */
async function shown(host: Host, family: string): Promise<string[]> {
  const ip = (...words: string[]) =>
    host.run("ip", "-d", family === "IPv6" ? "-6" : "-4", "-j", ...words).then(JSON.parse);
  const routes: Record<string, unknown>[] = await ip("route", "show", "table", "all");
  const rules: Record<string, unknown>[] = await ip("rule", "show");
  return [...routes, ...rules]
    .filter(({ protocol }) => protocol !== "kernel")
    .map(({ protocol, ...rest }) => JSON.stringify(rest))
    .sort((a, b) => (a < b ? -1 : 1));
}

for (const family of ["IPv4", "IPv6"] as const) {
  test(`${family}: the kernel has the same routes and rules of vipkit as of keepalived`, {
    skip,
  }, async () => {
    const kept = async (program: RouterProgram): Promise<string[]> => {
      await using lan = await Lan.open("a");
      const { a } = lan.hosts;
      const before = await shown(a, family);
      const options = { ...FAST_ROUTERS[family], ...WANTED[family], priority: 200 };
      const master = startRouter(program, a, options);
      await master.becomes("MASTER");
      // keepalived says so before it adds the last of them.
      const all = WANTED[family].routes.length + WANTED[family].rules.length + before.length;
      for (let tries = 0; tries < 50 && (await shown(a, family)).length < all; tries++);
      return await shown(a, family);
    };
    assert.deepEqual(await kept("vipkit"), await kept("keepalived"));
  });
}
