/** What keywords of a keepalived.conf do in the kernel while `ha up` runs, and that nothing of it is left. */
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";

const skip = labMissing();

const instance = (priority: number, more: string, place = "interface eth0"): string =>
  `vrrp_instance VI {
${place}
state BACKUP
version 3
advert_int 0.1
virtual_router_id 51
priority ${priority}
${more}
virtual_ipaddress {\n10.0.0.100/24\n}\n}\n`;

/** By the notifications of the kernel: what `ip` shows is another one then. */
async function until(host: Host, isSo: (shown: string) => boolean, ...show: string[]) {
  const monitor = host.spawn("ip", "monitor", "address", "route", "rule");
  const look = async (): Promise<string> => await host.run("ip", ...show);
  let shown = await look();
  while (!isSo(shown)) {
    await monitor.lines.next(/./);
    shown = await look();
  }
  await monitor.stop();
  return shown;
}

test("routes and rules follow the MASTER, static things are there all the time", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const conf = `static_ipaddress {\n10.9.0.1/24 dev eth0\n}
static_routes {\n10.8.0.0/16 dev eth0 via 10.9.0.9\n}
static_rules {\nfrom 10.9.0.0/24 table 9 preference 9\n}
${instance(
  100,
  `promote_secondaries
virtual_routes {\n10.1.0.0/24 dev eth0 via 10.0.0.9 metric 7\n10.2.0.0/24 dev eth0 nexthop via 10.0.0.9 dev eth0\n}
virtual_rules {\nfrom 10.1.0.0/24 table 100 preference 50\n}`,
)}`;
  const before = {
    address: await a.run("ip", "-4", "address"),
    route: await a.run("ip", "route"),
    rule: await a.run("ip", "rule"),
    promote: await a.run("cat", PROMOTE),
  };
  const up = new HaUp(a, conf);
  await up.program.lines.next(/note: VI: route to 10\.2\.0\.0\/24 is left out: nexthop/);
  await up.becomes("MASTER");
  await until(a, (text) => text.includes("10.1.0.0/24 via 10.0.0.9 dev eth0"), "route");
  await until(a, (text) => text.includes("from 10.1.0.0/24 lookup 100"), "rule");
  assert.equal((await a.run("cat", PROMOTE)).trim(), "1");
  assert.match(await a.run("ip", "route"), /10\.8\.0\.0\/16 via 10\.9\.0\.9 dev eth0/);
  assert.match(await a.run("ip", "rule"), /9:\s+from 10\.9\.0\.0\/24 lookup 9/);

  await a.run("ip", "address", "delete", "10.9.0.1/24", "dev", "eth0");
  await until(a, (text) => text.includes("10.9.0.1/24"), "address");
  await until(a, (text) => text.includes("10.8.0.0/16"), "route");

  await up.stop();
  assert.deepEqual(
    {
      address: await a.run("ip", "-4", "address"),
      route: await a.run("ip", "route"),
      rule: await a.run("ip", "rule"),
      promote: await a.run("cat", PROMOTE),
    },
    before,
  );
});

test("adverts are signed by the keys of the file, and others are not believed", {
  skip,
}, async () => {
  const hmac = (key: string): string =>
    `auth_hmac {\nkey 1 ${key.repeat(32)}\nactive_key 1\nmode enforce\n}`;
  await using lan = await Lan.open("a", "b", "c");
  const { a, b, c } = lan.hosts;
  const master = new HaUp(a, instance(200, hmac("k")));
  await master.becomes("MASTER");
  const backup = new HaUp(b, instance(100, hmac("k")));
  await backup.becomes("BACKUP");
  const stranger = new HaUp(c, instance(50, hmac("x")));
  await stranger.becomes("MASTER");
  await stranger.stop();
  await master.stop();
  await backup.becomes("MASTER");
});

test("unicast without an interface is on that which has the source address", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const unicast = (own: Host, peer: Host): string =>
    `unicast_src_ip ${own.ipv4}\nunicast_peer {\n${peer.ipv4}\n}`;
  const master = new HaUp(a, instance(200, unicast(a, b), ""));
  await master.becomes("MASTER");
  const backup = new HaUp(b, instance(100, unicast(b, a), ""));
  await backup.becomes("BACKUP");
  assert.equal(await a.holds("10.0.0.100"), true);
  await master.stop();
  await backup.becomes("MASTER");
});

test("a tracked process makes and unmakes a MASTER", { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-ha-process-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const program = join(folder, `vkp${process.pid}`);
  copyFileSync("/bin/sleep", program);
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const tracked = `vrrp_track_process p {\nprocess ${program}\nfull_command\n}\n`;
  const up = new HaUp(a, tracked + instance(100, "track_process {\np\n}"));
  await up.becomes("FAULT");
  const running = a.spawn(program, "600");
  await up.becomes("MASTER");
  await running.stop();
  await up.becomes("FAULT");
  assert.equal(await a.holds("10.0.0.100"), false);
});

const PROMOTE = "/proc/sys/net/ipv4/conf/eth0/promote_secondaries";

test("no_accept drops what comes for the addresses, also while others are MASTER", {
  skip: labMissing("ping", "nft"),
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const up = new HaUp(a, instance(100, "no_accept"));
  await up.becomes("MASTER");
  await until(a, (text) => text.includes("10.0.0.100"), "address");
  await b.run("ping", "-c", "1", "-W", "2", a.ipv4);
  await assert.rejects(b.run("ping", "-c", "1", "-W", "1", "10.0.0.100"));
  await up.stop();
  assert.equal(await a.run("nft", "list", "ruleset"), "");
});

test("an interface that is missing at the start is waited for", { skip }, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const late = instance(100, "", "interface late0");
  const up = new HaUp(a, `global_defs {\ndynamic_interfaces allow_if_changes\n}\n${late}`);
  await up.becomes("FAULT");
  const make = async (kind: string): Promise<void> => {
    const script = `ip link add late0 type ${kind}; ip address add 10.3.0.1/24 dev late0; ip link set late0 up`;
    await a.run("sh", "-euc", script);
  };
  await make("veth peer name far0; ip link set far0 up");
  await up.becomes("MASTER");
  await a.run("ip", "link", "delete", "late0");
  await up.becomes("FAULT");
  await make(
    "bridge; ip link add port0 type veth peer name far1; ip link set port0 master late0 up; ip link set far1 up",
  );
  await up.becomes("MASTER");
  await until(a, (text) => text.includes("10.0.0.100/24"), "address", "show", "dev", "late0");
});
