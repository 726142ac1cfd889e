/** The description of a host: what it says, and mistakes with their places. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHost } from "../../../../src/commands/ha/host-description.ts";
import { formatCidr } from "../../../../src/core/addr.ts";

test("interfaces with MTU, multicast and addresses; what is left out is usual", async () => {
  const text = `
interfaces:
  eth0:
    mtu: 9000
    multicast: false
    addresses: [192.0.2.2/24, 'fe80::1/64']
  eth1: {}
`;
  const { interfaces } = await parseHost(text, "h");
  const told = [...interfaces].map(([name, { mtu, hasMulticast, addresses }]) => [
    ...[name, mtu, hasMulticast],
    addresses.map(formatCidr).join(" "),
  ]);
  assert.deepEqual(told, [
    ["eth0", 9000, false, "192.0.2.2/24 fe80::1/64"],
    ["eth1", 1500, true, ""],
  ]);
});

test("JSON is read too", async () => {
  const { interfaces } = await parseHost('{"interfaces": {"eth0": {"mtu": 1400}}}', "h");
  assert.equal(interfaces.get("eth0")?.mtu, 1400);
});

test("of accounts and programs nothing is known unless they are described", async () => {
  const { users, programs, networkd } = await parseHost("interfaces: {}", "h");
  assert.deepEqual([users, programs, networkd], [null, null, null]);
  assert.equal((await parseHost("users: {root: 0}", "h")).programs, null);
});

test("a path has its mode and owners; those above it are there, what is not described is not", async () => {
  const text = `
paths:
  /opt/chk: {mode: 0764, owner: ops, group: "50"}
  /opt: {mode: 0775, group: ops}
  /usr/bin/chk: {link: ../../opt/chk}
users: {ops: 1000}
groups: {ops: 1001}
`;
  const { programs, users } = await parseHost(text, "h");
  const told = (name: string) =>
    programs
      ?.get(name)
      ?.map(
        ({ path, kind, mode, uid, gid }) => `${path} ${kind} ${mode.toString(8)} ${uid}:${gid}`,
      );
  assert.deepEqual([users?.get("ops"), users?.get("root")], [1000, undefined]);
  const way = ["/ directory 755 0:0", "/opt directory 775 0:1001", "/opt/chk file 764 1000:50"];
  assert.deepEqual(told("/opt/chk"), way);
  assert.deepEqual(told("/usr/bin/chk"), way);
  assert.deepEqual(told("chk"), way);
  assert.deepEqual(told("/opt/no"), [...way.slice(0, 2), "/opt/no missing 0 0:0"]);
});

test("who has an interface in hand, and what systemd-networkd drops", async () => {
  const text = `
networkd: {drops_routes: false}
interfaces:
  eth0: {manager: {daemon: systemd-networkd, file: a.network, keeps_addresses: true}}
  eth1: {manager: {daemon: NetworkManager}}
`;
  const { interfaces, networkd } = await parseHost(text, "h");
  assert.deepEqual(networkd, { dropsRoutes: false, dropsRules: true });
  const own = { daemon: "systemd-networkd", file: "a.network", keepsAddresses: true };
  assert.deepEqual(interfaces.get("eth0")?.manager, own);
  const other = { daemon: "NetworkManager", file: null, keepsAddresses: false };
  assert.deepEqual(interfaces.get("eth1")?.manager, other);
});

for (const [text, mistake] of [
  ["", /^h:1:1: is no map of what the host has/],
  [
    "user: {}",
    /^h:1:1: 'user' is none of interfaces, networkd, users, groups, search_path, paths$/,
  ],
  ["users: {a: -1}", /^h:1:12: '-1' is no number of one$/],
  ["paths: {}", /^h:1:8: needs users too/],
  ["users: {}\npaths: {x/y: {}}", /^h:2:9: 'x\/y' is no absolute path$/],
  ["users: {}\npaths: {/x: {mode: 9}}", /^h:2:20: '9' is no mode, as 0755$/],
  ["users: {}\npaths: {/x: {type: fifo}}", /^h:2:20: 'fifo' is none of file, directory, other$/],
  ["users: {}\npaths: {/x: {owner: me}}", /^h:2:21: 'me' is no user that is described/],
  ["interfaces: {a: {manager: {daemon: x}}}", /^h:1:36: 'x' is none of systemd-networkd, /],
  ["interfaces: {a: {manager: {daemon: systemd-networkd}}}", /^h:1:27: needs the file/],
  ["networkd: {drops_rules: 1}", /^h:1:25: '1' is not true or false$/],
  ["interfaces: [eth0]", /^h:1:13: is no map of interfaces$/],
  ["interfaces: {a/b: {}}", /^h:1:14: 'a\/b' is no name of an interface$/],
  ["interfaces: {eth0: {mtu: 1}}", /^h:1:26: '1' is no MTU of 68..65536$/],
  ["interfaces: {eth0: {multicast: yes}}", /^h:1:32: 'yes' is not true or false$/],
  ["interfaces: {eth0: {addresses: 10.0.0.1}}", /^h:1:32: is no list of addresses$/],
  ["interfaces: {eth0: {addresses: [10.0.0.1/33]}}", /^h:1:33: '10.0.0.1\/33' is no address/],
  ["interfaces: {eth0: {mac: x}}", /^h:1:21: 'mac' is none of mtu, multicast, addresses, manager$/],
  ["[".repeat(1000), /^h:1:\d+: is nested too deeply$/],
] as const) {
  test(`refused: ${text.slice(0, 50)}`, async () => {
    await assert.rejects(parseHost(text, "h"), { name: "UsageError", message: mistake });
  });
}
