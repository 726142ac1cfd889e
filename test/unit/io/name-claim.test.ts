import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { claimName } from "../../../src/io/name-claim.ts";

const NAME = `test/${process.pid}`;
const MODULE = new URL("../../../src/io/name-claim.js", import.meta.url).href;

test("a name is held by one at a time and free again after close", () => {
  const mine = claimName(NAME);
  assert.ok(mine);
  assert.equal(claimName(NAME), undefined);
  const other = claimName(`${NAME}/2`);
  assert.ok(other);
  mine.close();
  const again = claimName(NAME);
  assert.ok(again);
  again.close();
  other.close();
});

test("the kernel frees the name of a process that was killed, whatever its children do", async () => {
  const code = `
    import { spawn } from "node:child_process";
    import { claimName } from "${MODULE}";
    globalThis.claim = claimName("${NAME}");
    const child = spawn("sleep", ["1000"], { stdio: "ignore" });
    child.on("spawn", () => console.log(child.pid));
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module", "--eval", code]);
  const [childPid] = await once(holder.stdout, "data");
  try {
    assert.equal(claimName(NAME), undefined);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const claim = claimName(NAME);
    assert.ok(claim);
    claim.close();
  } finally {
    process.kill(Number(childPid));
  }
});
