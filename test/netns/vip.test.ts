import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { changeAddresses } from "../../src/app/address-changes.ts";
import { findLink, listAddresses } from "../../src/app/rtnl.ts";
import { parseCidr } from "../../src/core/addr.ts";
import type { NewAddress } from "../../src/core/netlink/rtnl-address.ts";
import { openNetlink } from "../../src/io/netlink-socket.ts";
import { systemPorts } from "../../src/io/system-ports.ts";
import { runInProcess } from "../support/cli.ts";
import { enterOwnNetns, ownNetnsMissing } from "../support/own-netns.ts";

// eth0 of this namespace is joined to far, which stands in the namespace "there" of the same test.
const skip = ownNetnsMissing;
if (!skip) await enterOwnNetns();

const run = (line: string): string => {
  const [file = "", ...args] = line.split(" ");
  return execFileSync(file, args, { encoding: "utf8" });
};
const FAR_MAC = "02:00:00:00:00:02";
const THERE = `vk-vip-${process.pid}`;
if (!skip) {
  for (const line of [
    `ip netns add ${THERE}`,
    `ip link add eth0 address 02:00:00:00:00:01 type veth peer name far address ${FAR_MAC} netns ${THERE}`,
    "ip link set eth0 up",
    "ip address add 192.0.2.1/24 dev eth0",
    `ip -n ${THERE} link set far up`,
    `ip -n ${THERE} address add 192.0.2.2/24 dev far`,
    `ip -n ${THERE} address add 2001:db8::2/64 dev far nodad`,
  ]) {
    run(line);
  }
  process.on("exit", () => run(`ip netns del ${THERE}`));
}

const vip = (line: string) =>
  runInProcess(["vip", ...line.split(" "), "-I", "eth0"], { ports: systemPorts(undefined) });
const held = (): string[] =>
  [...run("ip -o address show dev eth0 scope global").matchAll(/inet6? (\S+)/g)].map(
    ([, own]) => own ?? "",
  );

test("addresses of both families are added, and said", { skip }, async () => {
  const ran = await vip("add 192.0.2.10 2001:db8::10");
  assert.deepEqual(ran, {
    exitCode: 0,
    stdout: "192.0.2.10/32: added to eth0\n2001:db8::10/128: added to eth0\n",
    stderr: "",
  });
  assert.deepEqual(held(), ["192.0.2.1/24", "192.0.2.10/32", "2001:db8::10/128"]);
});

test("list and show tell which addresses are there and which are ours", { skip }, async () => {
  const ports = systemPorts(undefined);
  const list = await runInProcess(["vip", "list", "-4", "-I", "eth0"], { ports });
  const rows = ["eth0  192.0.2.1/24   global", "eth0  192.0.2.10/32  global  vipkit"];
  assert.deepEqual([list.exitCode, list.stdout], [0, `${rows.join("\n")}\n`]);
  const shown = await runInProcess(["vip", "show", "2001:db8::10", "-j"], { ports });
  assert.deepEqual(JSON.parse(shown.stdout), {
    present: true,
    addresses: [
      {
        interface: "eth0",
        address: "2001:db8::10",
        prefix_length: 128,
        scope: "global",
        label: null,
        flags: ["nodad", "deprecated"],
        by_vipkit: true,
        valid_s: null,
        preferred_s: 0,
      },
    ],
  });
  const absent = await runInProcess(["vip", "show", "192.0.2.10/24"], { ports });
  assert.deepEqual([absent.exitCode, absent.stdout], [1, "192.0.2.10/24: not on this host\n"]);
  const quiet = await runInProcess(["vip", "show", "-q", "192.0.2.10"], { ports });
  assert.deepEqual([quiet.exitCode, quiet.stdout], [0, ""]);
});

test("a lone IPv6 address is no source of our own traffic unless that is asked for", {
  skip,
}, async () => {
  const deprecated = () => / deprecated /.test(run("ip -6 -o address show dev eth0 scope global"));
  assert.equal(deprecated(), true);
  const ran = await vip("add 2001:db8::10 --preferred");
  assert.match(ran.stdout, /its use as source is changed/);
  assert.equal(deprecated(), false);
});

test("adding what is there and removing what is not are successes that say so", {
  skip,
}, async () => {
  const added = await vip("add 192.0.2.10");
  assert.deepEqual([added.exitCode, added.stdout], [0, "192.0.2.10/32: was on eth0 already\n"]);
  const gone = await vip("del 192.0.2.77 192.0.2.10/24");
  const words = "192.0.2.77: was not on eth0\n192.0.2.10/24: was not on eth0\n";
  assert.deepEqual([gone.exitCode, gone.stdout], [0, words]);
});

test("an address of another host is refused with its MAC, and nothing is added", {
  skip,
}, async () => {
  const before = held();
  const ran = await vip("add 192.0.2.20 192.0.2.2 2001:db8::2/64 -j");
  assert.equal(ran.exitCode, 1);
  const result = (address: string, length: number, became: string, mac: string | null) => ({
    address,
    prefix_length: length,
    result: became,
    holder_mac: mac,
  });
  assert.deepEqual(JSON.parse(ran.stdout), {
    interface: "eth0",
    addresses: [
      result("192.0.2.20", 32, "refused", null),
      result("192.0.2.2", 32, "taken", FAR_MAC),
      result("2001:db8::2", 64, "taken", FAR_MAC),
    ],
    omitted: [],
  });
  assert.deepEqual(held(), before);
});

test("the kernel's own detection refuses as well, and everything is taken back", {
  skip,
}, async () => {
  const before = held();
  const ran = await vip("add 192.0.2.21 2001:db8::2/64 --dad kernel");
  assert.equal(ran.exitCode, 1);
  assert.match(ran.stdout, /2001:db8::2: another host has it\n/);
  assert.deepEqual(held(), before);
});

test("an interrupt while the kernel looks for duplicates ends it at once, with all taken back", {
  skip,
}, async () => {
  const before = held();
  const stop = new AbortController();
  const words = "vip add 192.0.2.21 2001:db8::21/64 --dad kernel -I eth0".split(" ");
  const ports = systemPorts(undefined);
  const ran = runInProcess(words, { ports, stop, interruptedBy: "SIGINT" });
  while (!held().includes("2001:db8::21/64")) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  assert.deepEqual(await ran, { exitCode: 130, stdout: "", stderr: "" });
  assert.deepEqual(held(), before);
});

test("neighbours learn of an added address at once", { skip }, async () => {
  run(`ip -n ${THERE} neighbour replace 192.0.2.30 lladdr 02:00:00:00:00:99 dev far nud stale`);
  await vip("add 192.0.2.30 --dad none");
  assert.match(run(`ip -n ${THERE} neighbour show 192.0.2.30 dev far`), /02:00:00:00:00:01/);
});

test("what the kernel refuses in the middle leaves nothing behind", { skip }, async () => {
  const netlink = openNetlink(0);
  const link = findLink(netlink, "eth0");
  const before = listAddresses(netlink, { ifIndex: link.ifIndex });
  const address = (text: string): NewAddress => ({
    ...(parseCidr(text) ?? assert.fail(text)),
    ifIndex: link.ifIndex,
  });
  const plan = ["192.0.2.40/24", "192.0.2.41/24", "192.0.2.42/24"].map((text) => ({
    kind: "add" as const,
    address: { ...address(text), ...(text.includes(".41") && { validLftS: 1, preferredLftS: 9 }) },
  }));
  assert.throws(() => changeAddresses(netlink, link, plan, before), {
    name: "SystemError",
    code: "EINVAL",
    subject: "192.0.2.41/24 on eth0",
  });
  assert.deepEqual(listAddresses(netlink, { ifIndex: link.ifIndex }), before);
  netlink.close();
});

test("the others of a prefix survive the removal of its first address", { skip }, async () => {
  run("sysctl -q net.ipv4.conf.eth0.promote_secondaries=0 net.ipv4.conf.all.promote_secondaries=0");
  await vip("add 198.51.100.1/24 198.51.100.2/24 198.51.100.3/24 --dad none");
  const ran = await vip("del 198.51.100.1");
  assert.equal(ran.stdout, "198.51.100.1/24: removed from eth0\n");
  const left = held().filter((own) => own.startsWith("198"));
  assert.deepEqual(left, ["198.51.100.2/24", "198.51.100.3/24"]);
});

test("an unknown interface is exit status 2, with the one that was perhaps meant", {
  skip,
}, async () => {
  const ports = systemPorts(undefined);
  const ran = await runInProcess(["vip", "add", "192.0.2.1", "-I", "eht0"], { ports });
  assert.equal(ran.exitCode, 2);
  assert.match(ran.stderr, /eht0: no such interface \(did you mean eth0\?\)/);
});

test("what the kernel has no words for is refused before anything is done", { skip }, async () => {
  for (const line of [
    "add 192.0.2.50 --not-as-source",
    "add 2001:db8::50 --label eth0:1",
    "add 192.0.2.50 --preferred --not-as-source",
  ]) {
    assert.equal((await vip(line)).exitCode, 2, line);
  }
});

test("a link that is down is not asked, and that is said", { skip }, async () => {
  run("ip link set eth0 down");
  const ran = await vip("add 192.0.2.60");
  assert.equal(ran.exitCode, 0);
  assert.match(ran.stderr, /not probed for duplicates: eth0 is down\nnot announced: eth0 is down/);
  run("ip link set eth0 up");
});

test("an address that the kernel found on another host is not here, and is had once that has gone", {
  skip,
}, async () => {
  const ports = systemPorts(undefined);
  run("ip address add 2001:db8::2/64 dev eth0"); // far has it
  for (let tries = 0; !run("ip address show dev eth0").includes("dadfailed"); tries++) {
    assert.ok(tries < 5000, "the kernel has not looked");
  }
  assert.equal((await runInProcess(["vip", "show", "2001:db8::2"], { ports })).exitCode, 1);
  assert.match(
    (await vip("add 2001:db8::2/64")).stdout,
    /another host has it at 02:00:00:00:00:02/,
  );
  run(`ip -n ${THERE} address delete 2001:db8::2/64 dev far`);
  assert.equal((await vip("add 2001:db8::2/64")).stdout, "2001:db8::2/64: added to eth0\n");
  assert.equal((await runInProcess(["vip", "show", "2001:db8::2"], { ports })).exitCode, 0);
  await vip("del 2001:db8::2");
  run(`ip -n ${THERE} address add 2001:db8::2/64 dev far nodad`);
});

test("a label that an address has not got is an error, and it stays as it is", {
  skip,
}, async () => {
  const { exitCode, stderr } = await vip("add 192.0.2.1/24 --label eth0:x");
  assert.equal(exitCode, 2);
  assert.match(
    stderr,
    /192\.0\.2\.1\/24 on eth0: is there with label eth0, which the kernel cannot/,
  );
  assert.ok(held().includes("192.0.2.1/24"));
});
