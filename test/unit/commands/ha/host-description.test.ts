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

for (const [text, mistake] of [
  ["", /^h:1:1: is no map of what the host has/],
  ["users: {}", /^h:1:1: 'users' is not interfaces$/],
  ["interfaces: [eth0]", /^h:1:13: is no map of interfaces$/],
  ["interfaces: {a/b: {}}", /^h:1:14: 'a\/b' is no name of an interface$/],
  ["interfaces: {eth0: {mtu: 1}}", /^h:1:26: '1' is no MTU of 68..65536$/],
  ["interfaces: {eth0: {multicast: yes}}", /^h:1:32: 'yes' is not true or false$/],
  ["interfaces: {eth0: {addresses: 10.0.0.1}}", /^h:1:32: is no list of addresses$/],
  ["interfaces: {eth0: {addresses: [10.0.0.1/33]}}", /^h:1:33: '10.0.0.1\/33' is no address/],
  ["interfaces: {eth0: {mac: x}}", /^h:1:21: 'mac' is none of mtu, multicast, addresses$/],
  ["[".repeat(1000), /^h:1:\d+: is nested too deeply$/],
] as const) {
  test(`refused: ${text.slice(0, 50)}`, async () => {
    await assert.rejects(parseHost(text, "h"), { name: "UsageError", message: mistake });
  });
}
