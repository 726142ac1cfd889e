import assert from "node:assert/strict";
import { test } from "node:test";
import { findGroup, findUser, idNumber } from "../../../src/core/user-database.ts";

const PASSWD = [
  "root:x:0:0:root:/root:/bin/sh",
  "broken:x",
  "+::::::",
  "www:x:33:34::/:/bin/false",
  "www:x:99:99::/:",
  "1000:x:7:7::/:",
].join("\n");

test("a user is found by name or number, the first entry counts", () => {
  assert.deepEqual(findUser(PASSWD, "www"), { uid: 33, gid: 34 });
  assert.deepEqual(findUser(PASSWD, "0"), { uid: 0, gid: 0 });
  for (const nobody of ["broken", "", "+", "ww", "2"])
    assert.equal(findUser(PASSWD, nobody), undefined, nobody);
});

test("a group is found by its name alone", () => {
  const group = "adm:x:4:a,b\nwww:x:34:\nbad:x:minus:\n";
  assert.equal(findGroup(group, "www"), 34);
  for (const none of ["bad", "", "a", "34"]) assert.equal(findGroup(group, none), undefined, none);
});

test("a number is one that the kernel takes for a user", () => {
  assert.equal(idNumber("65534"), 65_534);
  for (const none of ["", "-1", "4294967295", "0x10", "1e3", "99999999999"])
    assert.equal(idNumber(none), undefined, none);
});
