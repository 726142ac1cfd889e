import assert from "node:assert/strict";
import { test } from "node:test";
import type { StatsAttributes } from "../../../../src/core/netlink/ipvs.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakeIpvs } from "../../../support/fake-ipvs.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

function kernel(): FakeIpvs {
  const ipvs = new FakeIpvs();
  ipvs.add(
    serviceAt("tcp 192.0.2.10:80", {
      ...{ scheduler: "mh", schedulerFlags: 2 },
      persistence: { timeoutS: 300, netmask: 0xffffff00, engine: null },
    }),
    destinationTo("10.0.0.10:80", { weight: 3 }),
    destinationTo("10.0.0.9:80", { upperThreshold: 100 }),
  );
  ipvs.add(serviceAt("fwmark 5 inet6", { onePacket: true }));
  ipvs.add(
    serviceAt("udp 192.0.2.9:53"),
    destinationTo("10.0.0.9:53", {
      forwarding: { by: "tunnel", type: "gue", port: 6080, checksum: "sum" },
    }),
  );
  const stats64: StatsAttributes = {
    ...{ connections: 7n, inPackets: 2n ** 64n - 1n, outPackets: 3n, inBytes: 4n, outBytes: 5n },
    ...{ connectionsPerS: 6n, inPacketsPerS: 8n, outPacketsPerS: 9n },
    ...{ inBytesPerS: 10n, outBytesPerS: 11n },
  };
  ipvs.count(0, { activeConnections: 2, inactiveConnections: 30, persistentConnections: 4 });
  ipvs.count(1, { activeConnections: 5, stats64 });
  return ipvs;
}

const show = async (words: readonly string[], ipvs = kernel(), columns?: number) =>
  await runInProcess(["ipvs", "show", ...words], {
    ports: { openNetlink: ipvs.openNetlink },
    ...(columns === undefined ? {} : { columns }),
  });

test("services are in order of their addresses, with sums of their servers", async () => {
  const { exitCode, stdout } = await show([]);
  assert.equal(exitCode, 0);
  assert.equal(
    stdout,
    `udp 192.0.2.9:53   wlc                           1  0   0
  10.0.0.9:53      tunnel gue:6080 sum           1  0   0
tcp 192.0.2.10:80  mh mh-port persistent 5m /24  4  7  30
  10.0.0.9:80      nat                           1  5   0
  10.0.0.10:80     nat                           3  2  30
fwmark 5 inet6     wlc one-packet                0  0   0
`,
  );
});

test("a terminal has a head; a table that does not fit has no frame", async () => {
  const framed = (await show([], kernel(), 100)).stdout.split("\n");
  assert.match(framed[1] ?? "", /^│ SERVICE, SERVER +│ BY +│ WEIGHT │ ACTIVE │ INACTIVE │$/);
  assert.match(framed[6] ?? "", /^│ {3}10\.0\.0\.9:80 +│ nat +│ {6}1 │ {6}5 │ {8}0 │$/);
  const narrow = (await show([], kernel(), 80)).stdout.split("\n");
  assert.match(narrow[0] ?? "", /^SERVICE, SERVER +BY +WEIGHT {2}ACTIVE {2}INACTIVE$/);
  assert.ok(narrow.every((line) => line.length <= 80));
});

/** Of the second server of the first service, the one that has most. */
const row = async (view: string): Promise<string> =>
  (await show([view])).stdout.split("\n").find((line) => / 10\.0\.0\.9:80/.test(line)) ?? "";

test("each view has its numbers, with all digits", async () => {
  assert.match(await row("--stats"), /nat +7 {2}18446744073709551615 {2}3 {2}4 {2}5$/);
  assert.match(await row("--rate"), /nat +6 {2}8 {2}9 {2}10 {2}11$/);
  assert.match(await row("--connections"), /nat +5 +0 {2}0$/);
  assert.match(await row("--thresholds"), /nat +100 {2}- +5 +0$/);
});

test("timeouts and sync daemons are a view too", async () => {
  const ipvs = kernel();
  ipvs.daemons.set(1, { state: 1, ifName: "eth0", syncId: 7, port: 8848, ttl: 1, maxBytes: 1460 });
  assert.equal(
    (await show(["--settings"], ipvs)).stdout,
    `timeout tcp         15m
timeout tcp-fin     2m
timeout udp         5m
sync daemon master  eth0, id 7, port 8848, ttl 1, 1460 bytes
`,
  );
});

/** Services and servers, in their order. */
const names = async (...words: readonly string[]): Promise<string[]> =>
  (await show(words)).stdout
    .split("\n")
    .flatMap((line) => /^ *(?:\S+ )?[\d.]+:\d+/.exec(line) ?? []);

test("sorted by a number the largest come first, within each service too", async () => {
  assert.deepEqual(await names("--sort", "active"), [
    ...["tcp 192.0.2.10:80", "  10.0.0.9:80", "  10.0.0.10:80"],
    ...["udp 192.0.2.9:53", "  10.0.0.9:53"],
  ]);
  assert.deepEqual((await names("--sort", "weight")).slice(1, 3), [
    "  10.0.0.10:80",
    "  10.0.0.9:80",
  ]);
  assert.equal((await names("--sort", "rate"))[0], "udp 192.0.2.9:53", "of services none has any");
});

test("only services that are named, and 1 where there is none", async () => {
  const one = ["udp 192.0.2.9:53", "  10.0.0.9:53"];
  assert.deepEqual(await names("192.0.2.9"), one);
  assert.deepEqual(await names("udp/192.0.2.9:53", "fwmark/7"), one);
  const none = await show(["192.0.2.99"]);
  assert.deepEqual([none.exitCode, none.stdout, none.stderr], [1, "", "no such service\n"]);
});

test("no service at all is no mistake", async () => {
  const none = await show([], new FakeIpvs());
  assert.deepEqual([none.exitCode, none.stdout, none.stderr], [0, "", "no services\n"]);
});

test("JSON has all of it, counters with all digits", async () => {
  const { stdout } = await show(["-j", "tcp/192.0.2.10:80"]);
  assert.match(stdout, /"in_packets":18446744073709551615,/);
  const { services, timeouts, daemons } = JSON.parse(stdout);
  assert.deepEqual([timeouts, daemons], [{ tcp_s: 900, tcp_fin_s: 120, udp_s: 300 }, []]);
  const [{ servers, ...service }] = services;
  const zeros = {
    ...{ connections: 0, in_packets: 0, out_packets: 0, in_bytes: 0, out_bytes: 0 },
    ...{ connections_per_s: 0, in_packets_per_s: 0, out_packets_per_s: 0 },
    ...{ in_bytes_per_s: 0, out_bytes_per_s: 0 },
  };
  assert.deepEqual(service, {
    ...{ service: "tcp 192.0.2.10:80", scheduler: "mh", flags: ["mh-port"], one_packet: false },
    ...{ persistence_s: 300, netmask: "/24", engine: null },
    ...{ weight: 4, active: 7, inactive: 30, persistent: 4, ...zeros },
  });
  assert.deepEqual(servers[1], {
    ...{ server: "10.0.0.10:80", method: "nat", upper: null, lower: null },
    ...{ weight: 3, active: 2, inactive: 30, persistent: 4, ...zeros },
  });
});

test("one view at a time", async () => {
  for (const words of [
    ["--stats", "--rate"],
    ["--settings", "--stats"],
  ])
    assert.match((await show(words)).stderr, /one at a time/);
});

test("a service is known by the words that are shown, too", async () => {
  const { exitCode, stdout } = await show(["tcp", "192.0.2.10:80", "fwmark", "5", "inet6"]);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^tcp 192/m);
  assert.match(stdout, /^fwmark 5 inet6/m);
  assert.doesNotMatch(stdout, /udp/);
  const { stderr } = await show(["http", "192.0.2.10:80"]);
  assert.match(stderr, /SERVICE "http 192\.0\.2\.10:80" is none of tcp/);
});
