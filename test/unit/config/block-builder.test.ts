/** Braces: what belongs together, and that one mistake makes one finding, with the rest read as it was meant. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readSmall } from "../../support/conf.ts";

function reads(text: string, written: readonly string[], ...found: string[]): void {
  const read = readSmall(text);
  assert.deepEqual(read.written, written);
  assert.deepEqual(read.found, found);
}

test("a brace may stand on its line, on the next, and between other text", () => {
  reads("vrrp_instance a\n\n{ priority 1\n nopreempt }", [
    "vrrp_instance a { priority 1 nopreempt }",
  ]);
  reads("x1 { y1 } x2 {z} global_defs{} a", ["x1 { y1 }", "x2 { z }", "global_defs { }", "a"]);
  reads('x "a {b}" {\n}', ['x "a {b}" { }']);
});

test("a } too many is told, those behind it are the same mistake", () => {
  const told = "no block is open that this } could close";
  reads(
    "x {\n}\n}}\n}\ny\n}",
    ["x { }", "y"],
    `a.conf:3:1 vk117 ${told}`,
    `a.conf:6:1 vk117 ${told}`,
  );
});

test("a { without a keyword is told, what is inside counts as outside", () => {
  reads(
    "{\na\n}\nb { {\nc\n} }\nd",
    ["a", "b { c }", "d"],
    "a.conf:1:1 vk116 no keyword stands before this {",
    "a.conf:4:5 vk116 no keyword stands before this {",
  );
});

test("a keyword that needs a block has one without its {", () => {
  reads(
    "global_defs\n router_id a\n}\nx",
    ["global_defs { router_id a }", "x"],
    "a.conf:1:12 vk105 'global_defs' has no { behind it",
  );
  reads(
    "vrrp_instance a {\n virtual_ipaddress\n 1.2.3.4\n }\n priority 1\n}\nx",
    ["vrrp_instance a { virtual_ipaddress { 1.2.3.4 } priority 1 }", "x"],
    "a.conf:2:19 vk105 'virtual_ipaddress' has no { behind it",
  );
});

test("without both braces a block ends where its outer block goes on", () => {
  reads(
    "vrrp_instance a {\n virtual_ipaddress\n 1.2.3.4\n priority 1\n}\nx",
    ["vrrp_instance a { virtual_ipaddress { 1.2.3.4 } priority 1 }", "x"],
    "a.conf:2:19 vk105 'virtual_ipaddress' has no { behind it",
  );
  reads(
    "global_defs\nvrrp_instance a {\n}",
    ["global_defs { }", "vrrp_instance a { }"],
    "a.conf:1:12 vk105 'global_defs' has no { behind it",
  );
});

test("an unclosed block ends where a keyword stands that belongs outside", () => {
  reads(
    "vrrp_instance a {\n priority 1\nvrrp_instance b {\n}\nx",
    ["vrrp_instance a { priority 1 }", "vrrp_instance b { }", "x"],
    "a.conf:1:17 vk118 the block of 'vrrp_instance' is not closed before 'vrrp_instance', which stands outside of all blocks",
  );
  reads(
    "vrrp_instance a {\n virtual_ipaddress {\n 1.2.3.4\nglobal_defs {\n}",
    ["vrrp_instance a { virtual_ipaddress { 1.2.3.4 } }", "global_defs { }"],
    "a.conf:2:20 vk118 the block of 'virtual_ipaddress' is not closed before 'global_defs', which stands outside of all blocks, nor are 1 around it",
  );
});

test("a keyword that may stand inside too ends nothing", () => {
  reads("vrrp_instance a {\n track_file {\n f\n }\n}", ["vrrp_instance a { track_file { f } }"]);
  reads("x {\n  track_file a {\n }\n}", ["x { track_file a { } }"]);
  reads(
    "x {\n y\ntrack_file a {\n}",
    ["x { y }", "track_file a { }"],
    "a.conf:1:3 vk118 the block of 'x' is not closed before 'track_file', which stands outside of all blocks",
  );
});

test("a block that the end of the file leaves open is told once", () => {
  reads(
    "x {\ny {\nz",
    ["x { y { z } }"],
    "a.conf:2:3 vk118 the block of 'y' is not closed before the file ends, nor are 1 around it",
  );
  reads("global_defs", ["global_defs { }"], "a.conf:1:12 vk105 'global_defs' has no { behind it");
});

test("blocks inside each other without end are not followed", () => {
  assert.deepEqual(readSmall("a {\n".repeat(100_000)).found, [
    "a.conf:65:1 vk115 reading stops here, where more than 64 blocks are inside each other",
  ]);
});

test("braces without a keyword, one behind the other, are one mistake", () => {
  const { found } = readSmall("{\n{\n{\n}\n}\n}\nglobal_defs {\n}\n{\n}\n");
  assert.deepEqual(
    found.map((line) => line.replace(/(vk\d+).*/, "$1")),
    ["a.conf:1:1 vk116", "a.conf:9:1 vk116"],
  );
});

test("a } that is missing before a block of the block around it is told where it is missing", () => {
  reads(
    "vrrp_instance a {\n track_file {\n f\n virtual_ipaddress {\n 1.2.3.4\n }\n priority 1\n}\nx",
    ["vrrp_instance a { track_file { f } virtual_ipaddress { 1.2.3.4 } priority 1 }", "x"],
    "a.conf:2:13 vk118 the block of 'track_file' is not closed before 'virtual_ipaddress', which stands in vrrp_instance",
  );
});
