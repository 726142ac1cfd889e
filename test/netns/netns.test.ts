/** Entering the network namespaces that `ip netns` and a process have. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { insideMissing, openInside } from "../support/inside.ts";
import { Lan } from "../support/netns.ts";

test("a program started inside sees the interfaces of the namespace", {
  skip: insideMissing(),
}, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const inside = await openInside(a);
  const list = (): string => execFileSync("ip", ["-o", "address"], { encoding: "utf8" });
  const before = list();
  assert.match(inside.run(list), new RegExp(`inet ${a.ipv4}/24`));
  assert.equal(list(), before); // the door closes behind it
});
