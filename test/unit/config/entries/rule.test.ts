/** Entries of virtual_rules and static_rules. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { staticRule, virtualRule } from "../../../../src/config/entries/rule.ts";
import { readEntries, said } from "../../../support/conf.ts";

const read = (line: string) => {
  const { values, found } = readEntries(virtualRule, line);
  return { family: values[0]?.family, options: values[0] && said(values[0].options), found };
};

test("words with two names are one, and numbers may be hex", () => {
  assert.deepEqual(read("not fwmark 0x10/0xff lookup 0x64 order 0x10 dev eth0 dsfield 4"), {
    family: 4,
    options: {
      not: true,
      fwmark: { mark: 16, mask: 255 },
      table: 100,
      preference: 16,
      iif: "eth0",
      tos: 4,
    },
    found: [],
  });
  assert.deepEqual(read("fwmark 24/12 table 1 priority 1").options?.fwmark, {
    mark: 24,
    mask: 12,
  });
});

test("the family is that of the addresses, or is said at the end", () => {
  assert.equal(read("from fd00::/64 table 1 priority 1").family, 6);
  assert.equal(read("from all table 1 priority 1 inet6").family, 6);
  assert.deepEqual(read("inet6 from all table 1 priority 1").found, [
    "a.conf:2:1 vk226 keepalived skips 'from', the word behind 'inet6'",
  ]);
});

test("ranges are written with both ends", () => {
  assert.deepEqual(read("sport 10-20 table 1 priority 1").options?.sport, { from: 10, to: 20 });
  assert.deepEqual(read("sport 80 table 1 priority 1").found, [
    "a.conf:2:7 vk202 '80' is no range",
  ]);
});

test("what keeps keepalived from a rule is told in one finding, at its word", () => {
  const codes = {
    "from all tabel 1 priority 1":
      "2:10 vk217 'tabel' means nothing in a rule (did you mean 'table'?)",
    "from all table 1 pref 1": "2:18 vk217",
    "from all priority 1": "2:20 vk225",
    "from all table 1 blackhole priority 1": "2:18 vk218",
    "from all table 1 table 2 priority 1": "2:18 vk122",
    "from all goto 5 priority 5": "2:15 vk218",
    "from all goto 5": "2:15 vk218",
    "from all nop sup_pl 5 priority 1": "2:14 vk218",
    "from 10.0.0.0/8 to fd00::/8 table 1 priority 1": "2:20 vk214",
    "from fd00::/8 realms 1 table 1 priority 1": "2:15 vk214",
    "from 10.0.0.0/8 table 1 priority 1 inet6": "2:36 vk214",
    "from all table 0 priority 1": "2:16 vk203",
    "from all ipproto 255 table 1 priority 1": "2:18 vk203",
    "from all tunnel-id 18446744073709551616 table 1 priority 1": "2:20 vk202",
    "from all table 1": "2:1 vk224",
    "from all table 1 protocol 5 priority 1": "2:27 vk222",
  };
  for (const [line, code] of Object.entries(codes)) {
    const { found } = read(line);
    assert.ok(found.length === 1 && found[0]?.startsWith(`a.conf:${code}`), `${line}: ${found}`);
  }
});

test("a static rule with track_group names its interface", () => {
  const lines = ["table 1 priority 1 track_group G", "iif eth0 table 1 priority 2 track_group G"];
  assert.deepEqual(readEntries(staticRule, ...lines).found, [
    "a.conf:2:20 vk218 a rule with track_group needs iif",
  ]);
});
