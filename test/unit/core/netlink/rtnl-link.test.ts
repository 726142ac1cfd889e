import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMac } from "../../../../src/core/addr.ts";
import { decodeNetlinkMessages } from "../../../../src/core/netlink/message.ts";
import {
  createLink,
  decodeLink,
  deleteLink,
  dumpLinks,
  getLink,
  setLink,
} from "../../../../src/core/netlink/rtnl-link.ts";
import * as vectors from "../../../vectors/rtnl.ts";

const mac = parseMac("00:00:5e:00:01:07") as Uint8Array;
const bodyOf = (datagram: Uint8Array): Uint8Array => {
  const messages = decodeNetlinkMessages(datagram);
  assert.ok(messages.ok);
  return messages.value[0]?.body ?? new Uint8Array();
};
/** The link that a request to make one describes, as the kernel will see it. */
const described = (body: Uint8Array) => {
  const link = decodeLink(body);
  assert.ok(link.ok);
  return link.value;
};

test("a link that iproute2 asked for is read", () => {
  assert.deepEqual(decodeLink(bodyOf(vectors.linkReply)), {
    ok: true,
    value: {
      ifIndex: 4,
      name: "mv0",
      mac,
      mtuBytes: 1500,
      hardwareType: 1,
      up: false,
      carrier: false,
      running: false,
      loopback: false,
      multicast: true,
      noArp: false,
      operState: "down",
      kind: "macvlan",
      alias: null,
      masterIndex: null,
      lowerIndex: 3,
    },
  });
});

test("making a veth pair means what iproute2's request means, peer included", () => {
  const { body } = createLink({ kind: "veth", name: "va", peer: { name: "vb" } });
  const theirs = bodyOf(vectors.createVeth);
  assert.deepEqual(described(body), described(theirs));
  const peer = theirs.subarray(-28 + 4); // behind the header, on which we set NLA_F_NESTED
  assert.deepEqual(body.subarray(-peer.length), peer);
});

test("making a macvlan means what iproute2's request means, mode included", () => {
  const link = { kind: "macvlan", name: "mv0", mac, lowerIndex: 3, mode: "private" } as const;
  const { body } = createLink(link);
  const theirs = bodyOf(vectors.createMacvlan);
  assert.deepEqual(described(body), described(theirs));
  assert.deepEqual(body.subarray(-8), theirs.subarray(-8));
});

test("setting a master says what iproute2 says", () => {
  assert.deepEqual(setLink(3, { masterIndex: 5 }).body, bodyOf(vectors.setMaster));
});

test("up and down are set by flag and mask, and left alone when not asked for", () => {
  const flagsAndMask = (body: Uint8Array) => [body[8], body[12]];
  assert.deepEqual(flagsAndMask(setLink(3, { up: true }).body), [1, 1]);
  assert.deepEqual(flagsAndMask(setLink(3, { up: false }).body), [0, 1]);
  assert.deepEqual(flagsAndMask(setLink(3, {}).body), [0, 0]);
});

test("a link is asked for by name or by index, without statistics", () => {
  const byIndex = getLink({ ifIndex: 7 });
  assert.deepEqual([byIndex.type, byIndex.flags, byIndex.body[4]], [18, 0, 7]);
  const byName = Buffer.from(getLink({ name: "eth0" }).body);
  assert.ok(byName.includes("eth0\0"));
  assert.ok(byName.includes(Buffer.from("08001d0008000000", "hex")));
  assert.equal(dumpLinks().flags, 0x300);
});

test("deleting goes by index", () => {
  assert.deepEqual([deleteLink(7).type, deleteLink(7).body[4]], [17, 7]);
});

test("what a bridge tells of a port is not taken for a link", () => {
  const body = bodyOf(vectors.linkReply);
  body[0] = 7; // AF_BRIDGE
  const result = decodeLink(body);
  assert.equal(!result.ok && result.fault.code, "other-family");
});

test("an operational state of a later kernel is unknown", () => {
  const body = bodyOf(vectors.linkReply);
  const at = Buffer.from(body).indexOf(Buffer.from("0500100002", "hex"));
  assert.ok(at > 0);
  body[at + 4] = 99;
  const result = decodeLink(body);
  assert.equal(result.ok && result.value.operState, "unknown");
});

test("an alias is the text that iproute2 sends, with its zero counted", () => {
  const { body } = setLink(4, { alias: "vipkit arp_ignore=0" });
  const theirs = bodyOf(vectors.setAlias);
  const lengthAt = 16;
  assert.equal(body[lengthAt], (theirs[lengthAt] ?? 0) + 1);
  assert.deepEqual(body.subarray(lengthAt + 1), theirs.subarray(lengthAt + 1));
  const named = createLink({ kind: "bridge", name: "br0", alias: "a word" });
  assert.equal(described(named.body).alias, "a word");
});
