/** Routes and rules that follow mastership, as ip(8) shows them on the host. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";

const skip = labMissing();

const WANTED = {
  IPv4: {
    routes: ["default via 10.0.0.9 src 10.0.0.100 table 100", "blackhole 10.9.0.0/16 metric 7"],
    rules: ["from 10.0.0.100 table 100 pref 1000", "not fwmark 0x10/0xf0 table 100"],
  },
  IPv6: {
    routes: ["default via fd00::9 src fd00::100 table 100", "blackhole 2001:db8:9::/48 metric 7"],
    rules: ["from fd00::100 table 100 pref 1000", "not fwmark 0x10/0xf0 table 100"],
  },
} as const;

interface ShownRoute {
  readonly type?: string;
  readonly dst: string;
  readonly gateway?: string;
  readonly prefsrc?: string;
  readonly table?: string;
  readonly metric?: number;
}

interface ShownRule {
  readonly protocol: string;
  readonly not?: null;
  readonly src: string;
  readonly fwmark?: string;
  readonly table: string;
  readonly priority: number;
}

/** What ip(8) shows of ours on the host. */
async function shown(host: Host, family: string): Promise<{ routes: string[]; rules: string[] }> {
  const ip = (...words: string[]) =>
    host.run("ip", family === "IPv6" ? "-6" : "-4", "-j", ...words).then(JSON.parse);
  const routes: ShownRoute[] = await ip("route", "show", "table", "all", "protocol", "112");
  const rules: ShownRule[] = await ip("-d", "rule", "show");
  return {
    routes: routes.map(({ type = "unicast", dst, gateway, prefsrc, table = "main", metric = 0 }) =>
      [type, dst, gateway ?? "-", prefsrc ?? "-", table, metric].join(" "),
    ),
    rules: rules
      .filter(({ protocol }) => protocol === "112")
      .map(({ not, src, fwmark, table, priority }) =>
        [...(not === null ? ["not"] : []), src, fwmark ?? "-", table, priority].join(" "),
      ),
  };
}

for (const family of ["IPv4", "IPv6"] as const) {
  const router = FAST_ROUTERS[family];
  const vip = addressOf(router);
  const wanted = WANTED[family];
  const [gateway, dead, metric] =
    family === "IPv4" ? ["10.0.0.9", "10.9.0.0/16", 0] : ["fd00::9", "2001:db8:9::/48", 1024];
  const all = {
    routes: [`unicast default ${gateway} ${vip} 100 ${metric}`, `blackhole ${dead} - - main 7`],
    rules: [`not all 0x10 100 999`, `${vip} - 100 1000`],
  };
  const none = { routes: [], rules: [] };

  test(`${family}: routes and rules come with mastership and go with it`, { skip }, async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const low = startRouter("vipkit", a, { ...router, priority: 100, ...wanted });
    await low.becomes("MASTER");
    assert.deepEqual(await shown(a, family), all);
    const high = startRouter("vipkit", b, { ...router, priority: 200, ...wanted });
    await high.becomes("MASTER");
    assert.deepEqual(await shown(b, family), all);
    await low.becomes("BACKUP");
    assert.deepEqual(await shown(a, family), none);
    await high.stop();
    assert.deepEqual(await shown(b, family), none);
  });

  test(`${family}: what another program takes away is put back`, { skip }, async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const master = startRouter("vipkit", a, { ...router, priority: 200, ...wanted });
    await master.becomes("MASTER");
    const ip = (...words: string[]) => a.run("ip", family === "IPv6" ? "-6" : "-4", ...words);
    await ip("route", "del", "default", "table", "100");
    await master.program.lines.next(/route .* table 100 was taken away: put back/);
    await ip("rule", "del", "pref", "1000");
    await master.program.lines.next(/rule .* priority 1000 was taken away: put back/);
    // The kernel takes the source out of the route, or the route away, together with the address.
    await ip("address", "del", router.vip, "dev", "eth0");
    await master.program.lines.next(/100 was taken away: put back/);
    await a.run(
      "sh",
      "-c",
      untilThere(`ip ${family === "IPv6" ? "-6" : "-4"} route show table 100`, vip),
    );
    assert.deepEqual(await shown(a, family), all);
  });

  test(`${family}: what a killed master left is swept when it starts again`, { skip }, async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const dying = startRouter("vipkit", a, { ...router, priority: 200, ...wanted });
    await dying.becomes("MASTER");
    const backup = startRouter("vipkit", b, { ...router, priority: 100 });
    await backup.becomes("BACKUP");
    await dying.kill();
    await backup.becomes("MASTER");
    assert.notDeepEqual(await shown(a, family), none);
    const returned = startRouter("vipkit", a, { ...router, priority: 50, ...wanted });
    await returned.program.lines.next(/rule .* was there already, left by a run that died/);
    await returned.becomes("BACKUP");
    assert.deepEqual(await shown(a, family), none);
  });
}

test("what the kernel refuses is told in its words, and the address is held all the same", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const router = FAST_ROUTERS.IPv4;
  const routes = ["10.8.0.0/16 via 203.0.113.1", "10.9.0.0/16 dev eth0"];
  const master = startRouter("vipkit", a, { ...router, priority: 200, routes });
  const [line] = await master.program.lines.next(/route add .*/);
  assert.equal(
    line,
    "route add 10.8.0.0/16 via 203.0.113.1: Nexthop has invalid gateway (ENETUNREACH)",
  );
  await master.becomes("MASTER");
  assert.ok(await a.holds(addressOf(router)));
  assert.deepEqual((await shown(a, "IPv4")).routes, ["unicast 10.9.0.0/16 - - main 0"]);
  // Within reach by then.
  await a.run("ip", "address", "add", "203.0.113.2/24", "dev", "eth0");
  await a.run("sh", "-c", untilThere("ip route", "10.8.0.0/16"));
});

test("a route over another interface is back when that interface is", { skip }, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  await a.run("ip", "link", "add", "up0", "type", "veth", "peer", "name", "up1");
  for (const name of ["up0", "up1"]) await a.run("ip", "link", "set", name, "up");
  const routes = ["10.8.0.0/16 dev up0"];
  const master = startRouter("vipkit", a, { ...FAST_ROUTERS.IPv4, priority: 200, routes });
  await master.becomes("MASTER");
  await a.run("ip", "link", "set", "up0", "down");
  await master.program.lines.next(/route add 10.8.0.0\/16 dev up0: .*\(ENETDOWN\)/);
  await a.run("ip", "link", "set", "up0", "up");
  await a.run("sh", "-c", untilThere("ip route", "10.8.0.0/16"));
  await a.run("ip", "link", "del", "up0");
  await master.program.lines.next(/no such interface: up0/);
});

/** A shell command that ends when `command` shows `text`. */
function untilThere(command: string, text: string): string {
  return `for i in $(seq 100); do ${command} | grep -qF '${text}' && exit; sleep 0.1; done; exit 1`;
}
