import assert from "node:assert/strict";
import { test } from "node:test";
import { LINKTYPE, nameLinkType } from "../../../../src/core/capture/link-type.ts";

test("a link type has its registered name, and its number where none is known", () => {
  assert.equal(nameLinkType(105), "LINKTYPE_IEEE802_11 (105)");
  assert.equal(nameLinkType(9999), "link type 9999");
  for (const known of Object.values(LINKTYPE)) assert.match(nameLinkType(known), /^LINKTYPE_/);
});
