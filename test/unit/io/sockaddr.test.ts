import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeSockaddr,
  encodeSockaddr,
  LITTLE_ENDIAN,
  type Sockaddr,
} from "../../../src/io/sockaddr.ts";

const LINK_LOCAL = Uint8Array.of(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7);

// Laid out by hand after the kernel's headers, for a host that stores the low byte first.
const VECTORS: readonly { readonly address: Sockaddr; readonly bytes: string }[] = [
  {
    address: { family: "inet", ip: Uint8Array.of(10, 0, 0, 1), port: 0x1234 },
    bytes: "0200 1234 0a000001 0000000000000000",
  },
  {
    address: { family: "inet6", ip: LINK_LOCAL, port: 0x1234, scopeId: 3 },
    bytes: "0a00 1234 00000000 fe800000000000000000000000000007 03000000",
  },
  {
    address: {
      family: "packet",
      etherType: 0x0806,
      ifIndex: 0x0102,
      mac: Uint8Array.of(2, 0, 0, 0, 0, 1),
    },
    bytes: "1100 0806 02010000 0000 00 06 0200000000010000",
  },
  {
    address: { family: "netlink", port: 0x01020304, groups: 0x80000001 },
    bytes: "1000 0000 04030201 01000080",
  },
  { address: { family: "unix", abstractName: "vipkit/x" }, bytes: "0100 00 7669706b69742f78" },
];
const skip = LITTLE_ENDIAN ? false : "the vectors are of a little-endian host";

for (const { address, bytes } of VECTORS) {
  test(`an address of family ${address.family} has the layout of the kernel`, { skip }, () => {
    const laidOut = hex(bytes);
    assert.deepEqual(encodeSockaddr(address), laidOut);
    assert.deepEqual(decodeSockaddr(laidOut), { ok: true, value: address });
  });
}

test("the name of a nameless socket is empty", () => {
  const value = { family: "unix", abstractName: "" };
  assert.deepEqual(decodeSockaddr(encodeSockaddr(VECTORS[4]?.address as Sockaddr).slice(0, 2)), {
    ok: true,
    value,
  });
});

test("an address that is cut short is refused at every length", () => {
  for (const { address } of VECTORS.slice(0, 4)) {
    const bytes = encodeSockaddr(address);
    const least = address.family === "packet" ? 12 : bytes.length;
    for (let length = 0; length < least; length++) {
      const answer = decodeSockaddr(bytes.slice(0, length));
      assert.equal(!answer.ok && answer.fault.code, "short");
    }
  }
});

test("an unknown family is refused, and a hardware length that lies is cut", () => {
  const answer = decodeSockaddr(new Uint8Array(28).fill(0x63));
  assert.equal(!answer.ok && answer.fault.code, "unknown-family");
  const packet = encodeSockaddr(VECTORS[2]?.address as Sockaddr);
  packet[11] = 255;
  const lying = decodeSockaddr(packet);
  assert.equal(lying.ok && lying.value.family === "packet" && lying.value.mac.length, 8);
});

test("what does not fit is a caller's bug", () => {
  const bad: Sockaddr[] = [
    { family: "inet", ip: LINK_LOCAL, port: 0 },
    { family: "inet6", ip: Uint8Array.of(10, 0, 0, 1), port: 0, scopeId: 0 },
    { family: "packet", etherType: 0, ifIndex: 1, mac: new Uint8Array(9) },
    { family: "unix", abstractName: "ä".repeat(54) },
  ];
  for (const address of bad) assert.throws(() => encodeSockaddr(address), RangeError);
});

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.replaceAll(" ", "").match(/../g) ?? [], (it) => Number.parseInt(it, 16));
