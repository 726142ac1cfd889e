/** The table file in YAML: what it says, and each mistake with its place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseYamlTarget } from "../../../../src/app/ipvs/yaml-target.ts";
import { TABLE_MANUAL } from "../../../../src/commands/ipvs/table-manual.ts";
import { destinationKey, serviceKey } from "../../../../src/proto/ipvs/table.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";
import { readSource } from "../../../support/sources.ts";

const read = (text: string) => parseYamlTarget(text, "f");

/** @param lines of a service behind its name */
const oneService = async (name: string, ...lines: readonly string[]) => {
  const { table, named } = await read(
    ["services:", `  - service: ${name}`, ...lines.map((line) => `    ${line}`)].join("\n"),
  );
  return { ...([...table.values()][0] ?? assert.fail("no service")), named };
};

test("a service alone has the scheduler wlc, and no destination", async () => {
  const { service, destinations } = await oneService("tcp 192.0.2.1:80");
  assert.deepEqual(service, serviceAt("tcp 192.0.2.1:80"));
  assert.deepEqual(destinations, []);
});

test("all that a service has", async () => {
  const { service } = await oneService(
    "fwmark 5 inet6",
    "scheduler: mh",
    "flags: [mh-port, flag-3]",
    "persistence: {timeout: 1m30s, netmask: 64, engine: sip}",
    "one-packet: true",
  );
  assert.deepEqual(
    service,
    serviceAt("fwmark 5 inet6", {
      scheduler: "mh",
      schedulerFlags: 6,
      persistence: { timeoutS: 90, netmask: 64, engine: "sip" },
      onePacket: true,
    }),
  );
});

test("a netmask of IPv4 is a length or a mask; without one each host is a client", async () => {
  const masks = ["24", "255.255.255.0", "0", "32"].map(async (netmask) => {
    const line = `persistence: {timeout: 5m, netmask: ${netmask}}`;
    return (await oneService("tcp 192.0.2.1:80", line)).service.persistence?.netmask;
  });
  assert.deepEqual(await Promise.all(masks), [0xffffff00, 0xffffff00, 0, 0xffffffff]);
  const { service } = await oneService("tcp 192.0.2.1:80", "persistence: 5m");
  assert.deepEqual(service.persistence, { timeoutS: 300, netmask: 0xffffffff, engine: null });
});

test("a destination has weight 1 and the port and method of its service, unless it says otherwise", async () => {
  const { destinations } = await oneService(
    "tcp 192.0.2.1:80",
    "method: direct",
    "destinations:",
    "  - {server: 10.0.0.1}",
    "  - {server: '[2001:db8::1]:8080', weight: 0, method: nat, upper: 100, lower: 50}",
    "  - {server: 10.0.0.2:80, method: tunnel}",
    "  - {server: 10.0.0.3:80, method: tunnel, tunnel: gue, tunnel-port: 6080, checksum: remote}",
  );
  const tunnel = { by: "tunnel", type: "ipip", port: 0, checksum: "none" } as const;
  assert.deepEqual(destinations, [
    destinationTo("10.0.0.1:80", { forwarding: { by: "direct" } }),
    destinationTo("[2001:db8::1]:8080", { weight: 0, upperThreshold: 100, lowerThreshold: 50 }),
    destinationTo("10.0.0.2:80", { forwarding: tunnel }),
    destinationTo("10.0.0.3:80", {
      forwarding: { ...tunnel, type: "gue", port: 6080, checksum: "remote" },
    }),
  ]);
});

test("a server with a name is left to be looked up", async () => {
  const { destinations, named } = await oneService(
    "tcp 192.0.2.1:80",
    "destinations: [{server: web.example, weight: 3, method: nat}]",
  );
  assert.deepEqual(destinations, []);
  const { ip: _, ...destination } = destinationTo("10.0.0.1:80", { weight: 3 });
  const service = serviceAt("tcp 192.0.2.1:80").id;
  assert.deepEqual(named, [{ service, name: "web.example", place: "f:3:29", destination }]);
});

test("timeouts and sync daemons; what is not said is null, and 0 is left as it is", async () => {
  const { timeouts, daemons } = await read(
    "services: []\ntimeouts: {tcp: 15m, udp: 2m}\ndaemons:\n" +
      "- {role: master, interface: eth0}\n" +
      "- {role: backup, interface: eth1, sync-id: 7, max-bytes: 1400, group: 'ff02::5', port: 8849, ttl: 3}\n",
  );
  assert.deepEqual(timeouts, { tcpS: 900, tcpFinS: 0, udpS: 120 });
  const usual = { syncId: 0, maxBytes: 0, group: null, port: 0, ttl: 0 };
  const group = Uint8Array.of(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5);
  assert.deepEqual(daemons, [
    { role: "master", ifName: "eth0", ...usual },
    { role: "backup", ifName: "eth1", syncId: 7, maxBytes: 1400, group, port: 8849, ttl: 3 },
  ]);
  const nothing = await read("services: []");
  assert.deepEqual([nothing.timeouts, nothing.daemons], [null, null]);
});

test("each part has its place", async () => {
  const { places, table } = await read(
    `services:
  - service: tcp 192.0.2.1:80
    destinations:
      - {weight: 1, server: 10.0.0.1:80, method: nat}
timeouts: {tcp: 1m}
daemons: [{role: backup, interface: eth0}]`,
  );
  assert.deepEqual(Object.fromEntries(places), {
    "tcp 192.0.2.1:80": "f:2:14",
    "10.0.0.1:80 of tcp 192.0.2.1:80": "f:4:29",
    timeouts: "f:5:11",
    "sync daemon backup": "f:6:11",
  });
  assert.deepEqual(
    [...table.values()].map(({ service }) => serviceKey(service.id)),
    ["tcp 192.0.2.1:80"],
  );
});

const SERVICE = "services: [{service: tcp 192.0.2.1:80, ";
const SERVER = `${SERVICE}destinations: [{server: '10.0.0.1:80', method: nat, `;
const MISTAKES: readonly (readonly [text: string, told: RegExp])[] = [
  ["", /^f:1:1: is no map of services, timeouts, daemons$/],
  ["timeouts: {}", /^f:1:1: has no services: write services: \[\]/],
  ["services: 5", /^f:1:11: is no list of services$/],
  ["services:", /^f:1:\d+: is no list of services$/],
  ["services: *a", /^f:1:11: an alias \(\*\) is not followed/],
  ["servces: []", /^f:1:1: "servces" is none of .* \(did you mean services\?\)$/],
  ["services: [{}]", /^f:1:12: has no service, such as tcp 192\.0\.2\.1:80$/],
  ["services: [{service: tcp x:80}]", /^f:1:22: "tcp x:80" has a name/],
  [`${SERVICE}schedular: rr}]`, /^f:1:\d+: "schedular" .* \(did you mean scheduler\?\)$/],
  [`${SERVICE}scheduler: 'a b'}]`, /^f:1:51: "a b" is no name of a scheduler$/],
  [`${SERVICE}flags: [sh-port]}]`, /^f:1:48: "sh-port" is a flag of the scheduler sh, not of wlc/],
  [`${SERVICE}persistence: 300}]`, /^f:1:53: "300" has no unit: write 300s/],
  [`${SERVICE}persistence: 1500ms}]`, /^f:1:53: "1500ms" is not whole seconds$/],
  [`${SERVICE}persistence: {netmask: 24}}]`, /^f:1:53: has no timeout/],
  [`${SERVICE}one-packet: yes}]`, /^f:1:52: "yes" is none of true, false/],
  [`${SERVICE}destinations: [{server: '10.0.0.1:80'}]}]`, /^f:1:55: has no method/],
  [`${SERVICE}destinations: [{method: nat}]}]`, /^f:1:55: has no server/],
  [`${SERVER}weight: 2147483648}]}]`, /"2147483648" is no whole number of 0\.\.2147483647$/],
  [`${SERVER}weight: -1}]}]`, /"-1" is no whole number/],
  [`${SERVER}tunnel: gre}]}]`, /is said of a tunnel, but the method is nat$/],
  [`${SERVER}weigth: 1}]}]`, /"weigth" is none of .*\(did you mean weight\?\)$/],
  ["services: []\ndaemons: [{role: master}]", /^f:2:11: has no interface$/],
  ["services: []\ndaemons: [{role: both, interface: a}]", /^f:2:18: "both" is none of master, b/],
  [
    "services: []\ndaemons: [{role: master, interface: a, group: 192.0.2.1}]",
    /^f:2:\d+: "192\.0\.2\.1" is no multicast address$/,
  ],
];

test("a mistake is told with its place, and what would be right", async () => {
  for (const [text, told] of MISTAKES)
    await assert.rejects(read(text), { name: "UsageError", message: told }, text);
});

test("what stands there twice is told with both places", async () => {
  const twice = "services:\n- service: fwmark 5\n- service: fwmark/5\n";
  await assert.rejects(read(twice), /^UsageError: f:3:12: fwmark 5 is there already, at f:2:12$/);
  const server = "{server: 10.0.0.1, method: nat}";
  const servers = `services:\n- service: fwmark 5\n  destinations: [${server}, ${server}]\n`;
  await assert.rejects(read(servers), /10\.0\.0\.1:0 of fwmark 5 is there already, at f:3:27$/);
  const daemon = "{role: master, interface: a}";
  await assert.rejects(
    read(`services: []\ndaemons: [${daemon}, ${daemon}]`),
    /sync daemon master is there already, at f:2:11$/,
  );
});

test("the example that comes with vipkit says what it seems to say", async () => {
  const { table, named, timeouts, daemons } = await read(readSource("share/examples/ipvs.yaml"));
  assert.deepEqual(
    [...table].map(([key, { destinations }]) => [key, ...destinations.map(destinationKey)]),
    [
      ["tcp 192.0.2.1:80", "10.0.0.1:80", "10.0.0.2:80"],
      ["udp [2001:db8::1]:53", "[2001:db8::53]:5353"],
      ["fwmark 5", "10.0.0.1:0"],
    ],
  );
  assert.deepEqual(
    named.map(({ name }) => name),
    ["dns.example.net"],
  );
  assert.deepEqual([timeouts?.udpS, daemons?.length], [300, 1]);
});

test("the example of the man pages is one", async () => {
  const example = TABLE_MANUAL["TABLE IN YAML OR JSON"]?.at(-1) ?? "";
  assert.deepEqual([...(await read(example)).table.keys()], ["tcp 192.0.2.1:80"]);
});
