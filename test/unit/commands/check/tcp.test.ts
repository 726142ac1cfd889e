import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTcpRan } from "../../../support/check-cli.ts";

test("a port that lets in is up, one that refuses is down", async () => {
  const open = await checkTcpRan("10.0.0.1:80");
  assert.deepEqual([open.exitCode, open.out], [0, ["10.0.0.1:80  UP  L4OK  0.00ms  connected"]]);
  const refused = await checkTcpRan("10.0.0.1:81");
  assert.deepEqual(
    [refused.exitCode, refused.out],
    [1, ["10.0.0.1:81  DOWN  L4CON  -  connection refused"]],
  );
});

test("a port is wanted, and none that there cannot be", async () => {
  for (const target of ["10.0.0.1", "10.0.0.1:0", "10.0.0.1:x"]) {
    const { exitCode, stderr } = await checkTcpRan(target);
    assert.equal(exitCode, 2, target);
    assert.match(stderr, /^vipkit check tcp: "10\.0\.0\.1/);
  }
});
