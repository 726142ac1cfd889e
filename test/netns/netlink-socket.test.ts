import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { parseIp } from "../../src/core/addr.ts";
import { RTM, RTNL_GROUPS } from "../../src/core/netlink/rtnl.ts";
import {
  addAddress,
  decodeAddress,
  deleteAddress,
  dumpAddresses,
} from "../../src/core/netlink/rtnl-address.ts";
import { createLink, dumpLinks, getLink } from "../../src/core/netlink/rtnl-link.ts";
import { openNetlink } from "../../src/io/netlink-socket.ts";
import { watchNetlink } from "../../src/io/netlink-watch.ts";
import type { NetlinkEvent } from "../../src/io/ports.ts";
import { enterOwnNetns, ownNetnsMissing } from "../support/own-netns.ts";

const skip = ownNetnsMissing;
if (!skip) await enterOwnNetns();

const LOOPBACK = 1;
const numbered = (number: number) => ({
  ifIndex: LOOPBACK,
  ip: Uint8Array.of(10, 1, number >> 8, number & 0xff),
  prefixLength: 32,
});
const thousand = Array.from({ length: 1000 }, (_, index) => numbered(index));
const ip = (...args: string[]): string => execFileSync("ip", args, { encoding: "utf8" });
const has = (number: number, text: string) =>
  assert.equal(ip("-4", "-o", "addr").match(new RegExp(text, "g"))?.length ?? 0, number);

test("a thousand addresses go in with one call, each with its own answer", { skip }, () => {
  const netlink = openNetlink(0);
  const answers = netlink.transact(thousand.map(addAddress));
  assert.equal(answers.length, 1000);
  assert.ok(answers.every((answer) => answer.refusal === undefined));
  has(1000, "inet 10\\.1\\.");
  netlink.close();
});

test("a dump of many datagrams is read whole", { skip }, () => {
  const netlink = openNetlink(0);
  const [answer] = netlink.transact([dumpAddresses({ family: 4 })]);
  const found = answer?.messages.map(({ body }) => decodeAddress(body)) ?? [];
  const ips = new Set(found.map((address) => address.ok && address.value.ip.join(".")));
  assert.ok(thousand.every((address) => ips.has(address.ip.join("."))));
  netlink.close();
});

test("dumps and changes in one call are answered in their order", { skip }, () => {
  const netlink = openNetlink(0);
  const requests = [
    dumpLinks(),
    deleteAddress(numbered(0)),
    dumpAddresses({ family: 4 }),
    dumpAddresses({ family: 6 }),
    addAddress(numbered(0)),
  ];
  const answers = netlink.transact(requests);
  const shape = answers.map(({ messages, refusal }) => [messages[0]?.type, refusal]);
  const dumped = RTM.newAddress;
  assert.deepEqual(shape, [
    [RTM.newLink, undefined],
    [undefined, undefined],
    [dumped, undefined],
    [dumped, undefined],
    [undefined, undefined],
  ]);
  assert.equal(answers[2]?.messages.length, 1000); // 127.0.0.1 and 999 of ours
  netlink.close();
});

test("a refusal says what the kernel says, and does not stop what comes behind it", {
  skip,
}, () => {
  const netlink = openNetlink(0);
  const requests = [
    addAddress(numbered(1)),
    deleteAddress(numbered(2)),
    deleteAddress(numbered(2)),
  ];
  const refusals = netlink.transact(requests).map((answer) => answer.refusal);
  assert.deepEqual(refusals, [
    { code: "EEXIST", detail: "ipv4: Address already assigned" },
    undefined,
    { code: "EADDRNOTAVAIL", detail: "ipv4: Address not found" },
  ]);
  const [unknown] = netlink.transact([getLink({ name: "nosuch" })]);
  assert.deepEqual(unknown?.refusal, { code: "ENODEV", detail: "no such device" });
  netlink.close();
});

test("a thousand refusals fit the socket as well", { skip }, () => {
  const netlink = openNetlink(0);
  const answers = netlink.transact([...thousand, ...thousand].map(deleteAddress));
  assert.equal(answers.filter((answer) => answer.refusal === undefined).length, 999);
  has(0, "inet 10\\.1\\.");
  netlink.close();
});

test("an empty list of requests asks for nothing", { skip }, () => {
  const netlink = openNetlink(0);
  assert.deepEqual(netlink.transact([]), []);
  netlink.close();
});

test("a closed socket refuses work with its errno", { skip }, () => {
  const netlink = openNetlink(0);
  netlink.close();
  netlink.close();
  assert.throws(() => netlink.transact([dumpLinks()]), { code: "EBADF" });
});

test("changes are notified in their order", { skip }, async () => {
  const netlink = openNetlink(0);
  const seen: NetlinkEvent[] = [];
  await new Promise<void>((resolve) => {
    const watch = watchNetlink([RTNL_GROUPS.link, RTNL_GROUPS.ip4Address], (event) => {
      seen.push(event);
      if (event.kind === "message" && event.type === RTM.deleteAddress) {
        watch.close();
        resolve();
      }
    });
    const address = { ifIndex: LOOPBACK, ip: parseIp("10.9.9.9") as Uint8Array, prefixLength: 32 };
    netlink.transact([
      createLink({ kind: "bridge", name: "br7" }),
      addAddress(address),
      deleteAddress(address),
    ]);
  });
  const types = seen.map((event) => event.kind === "message" && event.type);
  assert.deepEqual(types, [RTM.newLink, RTM.newAddress, RTM.deleteAddress]);
  netlink.close();
});

test("a flood that the buffer cannot hold is told as loss, without the stale rest", {
  skip,
}, async () => {
  const netlink = openNetlink(0);
  const seen: NetlinkEvent[] = [];
  const marker = numbered(5000);
  await new Promise<void>((resolve) => {
    const watch = watchNetlink(
      [RTNL_GROUPS.ip4Address],
      (event) => {
        seen.push(event);
        if (event.kind === "lost") netlink.transact([addAddress(marker)]);
        else {
          watch.close();
          resolve();
        }
      },
      2048,
    );
    netlink.transact(thousand.map(addAddress));
  });
  assert.equal(seen[0]?.kind, "lost");
  const [, last] = seen;
  const address = last?.kind === "message" ? decodeAddress(last.body) : undefined;
  assert.deepEqual(address?.ok && address.value.ip, marker.ip);
  netlink.transact([...thousand, marker].map(deleteAddress));
  netlink.close();
});
