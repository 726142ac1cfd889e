import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { test } from "node:test";
import { findLink, listAddresses, listLinks, readLink } from "../../src/app/rtnl.ts";
import { formatIp, formatMac, parseCidr, parseIp, parseMac } from "../../src/core/addr.ts";
import type { NetlinkRequest } from "../../src/core/netlink/message.ts";
import { addAddress, FOREVER } from "../../src/core/netlink/rtnl-address.ts";
import { createLink, deleteLink, setLink } from "../../src/core/netlink/rtnl-link.ts";
import {
  decodeNeighbour,
  deleteNeighbour,
  dumpNeighbours,
  replaceNeighbour,
} from "../../src/core/netlink/rtnl-neighbour.ts";
import {
  addRoute,
  decodeRoute,
  deleteRoute,
  dumpRoutes,
  getRoute,
} from "../../src/core/netlink/rtnl-route.ts";
import { openNetlink } from "../../src/io/netlink-socket.ts";
import { enterOwnNetns, ownNetnsMissing } from "../support/own-netns.ts";

const skip = ownNetnsMissing;
if (!skip) await enterOwnNetns();

const ip = (text: string) => parseIp(text) ?? assert.fail(text);
const cidr = (text: string) => parseCidr(text) ?? assert.fail(text);
/** What iproute2 says, of which the tests look at a few fields. */
const iproute = (line: string): Record<string, unknown>[] =>
  JSON.parse(execFileSync("ip", ["-j", "-d", ...line.split(" ")], { encoding: "utf8" }));
const netlink = skip ? undefined : openNetlink(0);
function ask(...requests: NetlinkRequest[]) {
  const answers = netlink?.transact(requests) ?? [];
  for (const { refusal } of answers) assert.equal(refusal, undefined);
  return answers.flatMap(({ messages }) => messages.map(({ body }) => body));
}
const link = (name: string) => findLink(netlink ?? assert.fail(), name);

test("links of all kinds are made, and iproute2 sees what was asked for", { skip }, () => {
  const mac = parseMac("00:00:5e:00:01:07") ?? assert.fail();
  ask(
    createLink({ kind: "veth", name: "va", mtuBytes: 1400, up: true, peer: { name: "vb", mac } }),
    createLink({ kind: "bridge", name: "br0" }),
  );
  const { ifIndex } = link("va");
  ask(
    createLink({ kind: "macvlan", name: "mv0", lowerIndex: ifIndex, mode: "private", mac }),
    setLink(link("vb").ifIndex, { up: true, masterIndex: link("br0").ifIndex }),
  );
  const seen = new Map(iproute("link show").map((other) => [other.ifname, other]));
  assert.deepEqual(
    [seen.get("va")?.mtu, seen.get("vb")?.address, seen.get("vb")?.master],
    [1400, "00:00:5e:00:01:07", "br0"],
  );
  const info = JSON.stringify(seen.get("mv0")?.linkinfo);
  assert.match(info, /"info_kind":"macvlan".*"mode":"private"/);
});

test("the list of links is that of iproute2", { skip }, () => {
  const ours = listLinks(netlink ?? assert.fail()).map((own) => ({
    ifindex: own.ifIndex,
    ifname: own.name,
    mtu: own.mtuBytes,
    address: formatMac(own.mac),
    operstate: own.operState.replaceAll("-", "").toUpperCase(),
    up: own.up,
    carrier: own.carrier,
    multicast: own.multicast,
    loopback: own.loopback,
  }));
  const theirs = iproute("link show").map((other) => {
    const flags = other.flags as string[];
    const { ifindex, ifname, mtu, address, operstate } = other;
    return {
      ...{ ifindex, ifname, mtu, address, operstate },
      up: flags.includes("UP"),
      carrier: flags.includes("LOWER_UP"),
      multicast: flags.includes("MULTICAST"),
      loopback: flags.includes("LOOPBACK"),
    };
  });
  assert.deepEqual(ours, theirs);
});

test("a link that loses its peer loses its carrier", { skip }, () => {
  assert.deepEqual([link("va").running, link("va").operState], [true, "up"]);
  ask(setLink(link("vb").ifIndex, { up: false }));
  assert.deepEqual([link("va").up, link("va").running], [true, false]);
  ask(setLink(link("vb").ifIndex, { up: true, masterIndex: 0 }));
  assert.deepEqual([link("va").running, link("vb").masterIndex], [true, null]);
});

test("an unknown interface is named with the one that was perhaps meant", { skip }, () => {
  assert.equal(readLink(netlink ?? assert.fail(), "nosuch"), undefined);
  assert.equal(readLink(netlink ?? assert.fail(), "a-name-that-no-interface-can-have"), undefined);
  assert.throws(() => link("mv1"), { code: "ENODEV", detail: /did you mean mv0\?/ });
});

test("a link moves into another namespace, and is gone here", { skip }, async () => {
  const holder = spawn("unshare", ["--net", "sh", "-c", "echo ready; cat >&2; ip -br link >&2"], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  await once(holder.stdout, "data");
  const netnsFd = openSync(`/proc/${holder.pid}/ns/net`, "r");
  ask(setLink(link("mv0").ifIndex, { netnsFd }));
  closeSync(netnsFd);
  assert.equal(readLink(netlink ?? assert.fail(), "mv0"), undefined);
  let there = "";
  holder.stderr.setEncoding("utf8").on("data", (text: string) => {
    there += text;
  });
  holder.stdin.end();
  await once(holder, "close");
  assert.match(there, /^mv0@/m);
});

test("addresses are read as iproute2 reads them", { skip }, () => {
  const { ifIndex } = link("va");
  ask(
    addAddress({ ...cidr("192.0.2.1/24"), ifIndex, label: "va:vip", broadcast: ip("192.0.2.255") }),
    addAddress({ ...cidr("192.0.2.2/32"), ifIndex, peer: ip("192.0.2.99"), scope: 253 }),
    addAddress({ ...cidr("2001:db8::1/64"), ifIndex, flags: 2, validLftS: 3600, protocol: 112 }),
  );
  const [own] = iproute("address show dev va") as { addr_info: Record<string, unknown>[] }[];
  const theirs = own?.addr_info.map((other) => ({
    local: other.local,
    broadcast: other.broadcast ?? null,
    label: other.label ?? null,
    peer: other.address ?? null,
    finite: (other.valid_life_time as number) < 2 ** 32 - 1,
  }));
  const addresses = listAddresses(netlink ?? assert.fail(), { ifIndex });
  const ours = addresses.map((address) => ({
    local: formatIp(address.ip),
    broadcast: address.broadcast && formatIp(address.broadcast),
    label: address.label,
    peer: address.peer && formatIp(address.peer),
    finite: address.validLftS !== FOREVER,
  }));
  assert.deepEqual(ours, theirs);
  const marked = addresses.find((address) => address.protocol === 112);
  assert.deepEqual(marked?.ip, ip("2001:db8::1"));
});

test("routes are added, found, used and deleted", { skip }, () => {
  const { ifIndex } = link("va");
  const route = { destination: cidr("203.0.113.0/24"), gateway: ip("192.0.2.7"), ifIndex };
  const found = () =>
    ask(dumpRoutes({ family: 4 }))
      .map(decodeRoute)
      .filter((own) => own.ok && formatIp(own.value.destination.ip) === "203.0.113.0");
  ask(addRoute({ ...route, metric: 50, protocol: 112 }));
  assert.match(execFileSync("ip", ["route"], { encoding: "utf8" }), /^203.*metric 50/m);
  assert.equal(found().length, 1);
  const taken = ask(getRoute(ip("203.0.113.9"))).map(decodeRoute)[0];
  assert.ok(taken?.ok);
  assert.deepEqual([taken.value.gateway, taken.value.ifIndex], [route.gateway, ifIndex]);
  ask(deleteRoute({ destination: route.destination }));
  assert.equal(found().length, 0);
});

test("neighbours are added, found and deleted", { skip }, () => {
  const { ifIndex } = link("va");
  const key = { ifIndex, ip: ip("192.0.2.50") };
  const mac = parseMac("02:00:00:00:00:50") ?? assert.fail();
  const found = () =>
    ask(dumpNeighbours({ family: 4, ifIndex }))
      .map(decodeNeighbour)
      .filter((own) => own.ok && formatIp(own.value.ip) === "192.0.2.50");
  ask(replaceNeighbour({ ...key, mac, state: "permanent" }));
  const value = { ...key, mac, state: "permanent", router: false };
  assert.deepEqual(found(), [{ ok: true, value }]);
  ask(deleteNeighbour(key));
  assert.deepEqual(found(), []);
});

test("a link is deleted, and its peer with it", { skip }, () => {
  ask(deleteLink(link("va").ifIndex));
  assert.equal(readLink(netlink ?? assert.fail(), "vb"), undefined);
});
