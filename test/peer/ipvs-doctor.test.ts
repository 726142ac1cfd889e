/** `ipvs doctor` on a real balancer: what it says of a table is what becomes of connections. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../src/proto/doctor/finding.ts";
import { withIpvs } from "../support/ipvs-lab.ts";
import { type Host, Lan } from "../support/netns.ts";
import { VIPKIT } from "../support/vipkit.ts";

const [VIP4, VIP6] = ["10.0.0.100", "fd00::100"];

withIpvs(import.meta.url, [], () => {
  test("a real server that answers ARP is found, and what the doctor says for it helps", async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    await c.run("sysctl", "-w", "net.ipv4.conf.all.arp_ignore=1");
    await balance(a, "-t", `${VIP4}:80`, b, c);
    for (const { run } of [b, c]) await run("ip", "address", "add", `${VIP4}/32`, "dev", "lo");
    const [ill, ...others] = await examine(a, "arp");
    assert.deepEqual(others, []);
    assert.equal(
      ill?.seen,
      `10.0.0.2 answers ARP for ${VIP4} on eth0: clients get there past this host`,
    );
    const [there = "", here = ""] = ill?.fix ?? [];
    await b.run("sh", "-euc", there.replace(/^# on 10\.0\.0\.2: .*; /, ""));
    const [, ...words] = here.split(" ");
    await a.run(process.execPath, VIPKIT, ...words);
    const [well, ...more] = await examine(a, "arp");
    assert.deepEqual([well?.verdict, more], ["ok", []]);
    assert.match(well?.seen ?? "", /^no real server answers for 10\.0\.0\.100 on eth0 /);
  });

  test("the same of neighbour solicitations", async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    await balance(a, "-t", `[${VIP6}]:80`, b, c);
    await c.run("ip", "address", "add", `${VIP6}/128`, "dev", "lo");
    const at = (device: string) => [`${VIP6}/128`, "dev", device, "nodad"];
    await b.run("ip", "address", "add", ...at("eth0"));
    const [ill] = await examine(a, "arp");
    assert.match(
      ill?.seen ?? "",
      /^fd00::2 answers neighbour solicitations for fd00::100 on eth0:/,
    );
    await b.run("ip", "address", "del", `${VIP6}/128`, "dev", "eth0");
    await b.run("ip", "address", "add", ...at("lo"));
    assert.deepEqual(
      (await examine(a, "arp")).map(({ verdict }) => verdict),
      ["ok"],
    );
  });

  test("udp of a real server that was removed: lost, as it warns, until the setting is changed", async () => {
    await using lan = await Lan.open("a", "b", "c", "d");
    const { a, b, c, d } = lan.hosts;
    await balance(a, "-u", `${VIP4}:53`, b, c);
    for (const host of [b, c]) await hasQuietly(host);
    await Promise.all([b, c].map(echo));
    const client = d.spawn(process.execPath, "-e", CLIENT);
    await client.lines.next(/^ready$/);
    client.signal("SIGUSR2");
    const [, first = ""] = await client.lines.next(/^answer 1 (.*)$/);
    const [gone, left] = first === b.ipv4 ? [b, c] : [c, b];
    await a.run("ipvsadm", "-d", "-u", `${VIP4}:53`, "-r", `${gone.ipv4}:53`);
    const [removed] = await examine(a, "sysctl");
    assert.match(
      removed?.seen ?? "",
      /^expire_nodest_conn is 0: .* udp from the same port .* lost/,
    );
    for (const number of [2, 3, 4]) {
      client.signal("SIGUSR2");
      await client.lines.next(new RegExp(`^sent ${number}$`));
    }
    for (const line of removed?.fix ?? []) await a.run("sh", "-euc", line);
    client.signal("SIGUSR2");
    assert.deepEqual((await client.lines.next(/^answer (\d) (.*)$/)).slice(1), ["5", left.ipv4]);
  });

  test("sh without its fallback refuses clients of a real server of weight 0, with it none", async () => {
    await using lan = await Lan.open("a", "b", "c", "d");
    const { a, b, c, d } = lan.hosts;
    await balance(a, "-t", `${VIP4}:80`, b, c);
    await a.run("ipvsadm", "-E", "-t", `${VIP4}:80`, "-s", "sh", "-b", "sh-port");
    await a.run("ipvsadm", "-e", "-t", `${VIP4}:80`, "-r", `${c.ipv4}:80`, "-g", "-w", "0");
    await hasQuietly(b);
    await b.spawn(process.execPath, "-e", SERVER).lines.next(/^ready$/);
    const refused = async () => Number(await d.run(process.execPath, "-e", CONNECTS));
    const seen = async () => (await examine(a, "service")).map(({ verdict }) => verdict);
    assert.deepEqual([await seen(), (await refused()) > 0], [["fail"], true]);
    await a.run("ipvsadm", "-E", "-t", `${VIP4}:80`, "-s", "sh", "-b", "sh-port,sh-fallback");
    assert.deepEqual([await seen(), await refused()], [["ok"], 0]);
  });
});

/** Direct routing from `a`, which has the virtual address. */
async function balance(a: Host, kind: string, at: string, ...servers: readonly Host[]) {
  const [, address = "", port] = /^\[?([^\]]*)\]?:(\d+)$/.exec(at) ?? [];
  const isIp6 = address.includes(":");
  await a.run("ip", "address", "add", `${address}/${isIp6 ? 128 : 32}`, "dev", "eth0");
  await a.run("ipvsadm", "-A", kind, at, "-s", "rr");
  for (const { ipv4, ipv6 } of servers) {
    const server = isIp6 ? `[${ipv6}]:${port}` : `${ipv4}:${port}`;
    await a.run("ipvsadm", "-a", kind, at, "-r", server, "-g");
  }
}

/** As a real server should have it. */
async function hasQuietly({ run }: Host): Promise<void> {
  await run("sysctl", "-w", "net.ipv4.conf.all.arp_ignore=1", "net.ipv4.conf.all.arp_announce=2");
  await run("ip", "address", "add", `${VIP4}/32`, "dev", "lo");
}

async function examine(host: Host, check: string): Promise<Finding[]> {
  const program = host.spawn(process.execPath, VIPKIT, "ipvs", "doctor", "-j");
  await program.ended;
  const { findings }: { findings: Finding[] } = JSON.parse(program.lines.all.join("\n"));
  return findings.filter((one) => one.check === check);
}

/** Answers what came, and who it is. */
async function echo(host: Host): Promise<void> {
  const program = `
const socket = require("dgram").createSocket("udp4");
socket.on("message", (text, from) => socket.send(text + " ${host.ipv4}", from.port, from.address));
socket.bind(53, "${VIP4}", () => console.log("ready"));`;
  await host.spawn(process.execPath, "-e", program).lines.next(/^ready$/);
}

/** From one port: sends a number with each signal, tells that, and what comes back. */
const CLIENT = `
const socket = require("dgram").createSocket("udp4");
let number = 0;
socket.on("message", (text) => console.log("answer " + text));
socket.bind(5000, () => console.log("ready"));
process.on("SIGUSR2", () => {
  const text = String(++number);
  socket.send(text, 53, "${VIP4}", () => console.log("sent " + text));
});`;

const SERVER = `require("net").createServer((one) => one.end()).listen(80, "${VIP4}", () => console.log("ready"));`;

/** Of 32 connections, how many are refused. */
const CONNECTS = `
const one = () => new Promise((resolve) => {
  const socket = require("net").connect(80, "${VIP4}");
  socket.on("error", () => resolve(1)).on("close", () => resolve(0)).resume();
});
Promise.all(Array.from({ length: 32 }, one)).then((all) => console.log(all.reduce((a, b) => a + b)));`;
