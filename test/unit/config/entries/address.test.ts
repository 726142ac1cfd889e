/** Entries of virtual_ipaddress and static_ipaddress. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { staticAddress, virtualAddress } from "../../../../src/config/entries/address.ts";
import { formatCidr, parseIp } from "../../../../src/core/addr.ts";
import { readEntries, said } from "../../../support/conf.ts";

const read = (line: string) => {
  const { values, found } = readEntries(virtualAddress, line);
  const [entry] = values;
  const address = entry && formatCidr(entry.address);
  return { address, options: entry && said(entry.options), found };
};

test("an address without a prefix length is that of a host", () => {
  assert.deepEqual(read("10.0.0.9"), { address: "10.0.0.9/32", options: {}, found: [] });
  assert.equal(read("fe80::9").address, "fe80::9/128");
});

test("options stand in any order, and the two names of one are one", () => {
  const line = "10.0.0.9/24 dev eth0 broadcast + label eth0:1 scope link preferred_lft 5 no_track";
  assert.deepEqual(read(line).options, {
    dev: "eth0",
    brd: "+",
    label: "eth0:1",
    scope: 253,
    preferred_lft: 5,
    no_track: true,
  });
  assert.deepEqual(read("10.0.0.9 peer 10.0.0.8").options, { peer: parseIp("10.0.0.8") });
});

test("an unknown word is told where it stands, with what was meant, and the rest counts", () => {
  assert.deepEqual(read("10.0.0.9 no_trak dev eth0"), {
    address: "10.0.0.9/32",
    options: { dev: "eth0" },
    found: ["a.conf:2:10 vk217 'no_trak' means nothing in an address (did you mean 'no_track'?)"],
  });
});

test("prefix lengths that there are not", () => {
  assert.deepEqual(read("10.0.0.9/33"), {
    address: "10.0.0.9/32",
    options: {},
    found: ["a.conf:2:1 vk211 /33 is no prefix length of 0..32: /32 is used"],
  });
  assert.deepEqual(read("10.0.0.9/"), {
    address: "10.0.0.9/0",
    options: {},
    found: ["a.conf:2:1 vk212 '10.0.0.9/' is read as 10.0.0.9/0"],
  });
});

test("what is no address is told once, whatever stands behind it", () => {
  for (const word of ["10.0.0", "010.0.0.9", "10.0.0.9-12", "fe80::9%eth0", "default"]) {
    assert.deepEqual(read(`${word} dev`).found, [`a.conf:2:1 vk205 '${word}' is no address`]);
  }
});

test("options that do not go together", () => {
  const codes = {
    "10.0.0.9/31 brd +": "2:17 vk218",
    "10.0.0.9/24 peer 10.0.0.8": "2:13 vk218",
    "10.0.0.9 peer 10.0.0.8 brd 10.0.0.255": "2:24 vk218",
    "10.0.0.9 peer fe80::1": "2:15 vk214",
    "fe80::9/64 label a": "2:18 vk214",
    "fe80::9/64 brd 10.0.0.255": "2:16 vk214",
    "10.0.0.9 dev eth0 dev eth1": "2:19 vk122",
    "10.0.0.9 scope galobal": "2:16 vk204",
    "10.0.0.9 label a234567890123456": "2:16 vk210",
    "10.0.0.9 brd": "2:13 vk201",
  };
  for (const [line, code] of Object.entries(codes)) {
    const { found } = read(line);
    assert.equal(found.length, 1, `${line}: ${found}`);
    assert.ok(found[0]?.startsWith(`a.conf:${code}`), `${line}: ${found}`);
  }
});

test("track_group is for static addresses, use_vmac for virtual ones", () => {
  assert.match(read("10.0.0.9 track_group G").found[0] ?? "", /vk217 'track_group'/);
  const { values, found } = readEntries(
    staticAddress,
    "10.0.0.9 track_group G",
    "10.0.0.8 use_vmac",
  );
  assert.deepEqual(values[0] && said(values[0].options), { track_group: "G" });
  assert.match(found[0] ?? "", /vk217 'use_vmac'/);
});
