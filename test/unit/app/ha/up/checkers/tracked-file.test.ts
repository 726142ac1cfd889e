/** The number in a tracked file: as soon as it has been written, and 0 where there is no file. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TrackedFile } from "../../../../../../src/app/ha/up/checkers/tracked-file.ts";
import type { PlannedFile } from "../../../../../../src/app/ha/up/plan/plan.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";

function setUp(init: PlannedFile["init"] = null) {
  const ports = new FakePorts({ bare: true });
  const values: number[] = [];
  const troubles: string[] = [];
  const file = new TrackedFile({ name: "f", path: "/run/f", init }, ports, {
    onValue: (_, value) => values.push(value),
    onTrouble: (text) => troubles.push(text),
  });
  const write = (text: string | null): void => {
    if (text === null) ports.secretFiles.delete("/run/f");
    else ports.secretFiles.set("/run/f", { text, mode: 0o644 });
    ports.files.watchers.get("/run/f")?.onChange();
  };
  return { ports, file, write, values, troubles };
}

test("it appears, changes and disappears", async () => {
  const { ports, file, write, values } = setUp();
  await file.start(true);
  assert.deepEqual(values, [0]);
  for (const text of ["5", "5\n", "-7", null]) {
    write(text);
    await ports.clock.pass(20);
  }
  assert.deepEqual(values, [0, 5, -7, 0]);
  file.close();
  assert.equal(ports.open, 0);
  assert.equal(ports.files.watchers.size, 0);
});

test("what is being written counts when it is whole, and what never rests all the same", async () => {
  const { ports, file, write, values } = setUp();
  write("9");
  await file.start(true);
  write("");
  await ports.clock.pass(10);
  write("8");
  await ports.clock.pass(20);
  assert.deepEqual(values, [9, 8]);
  for (let at = 0; at < 20; at += 1) {
    write(`${100 + at}`);
    await ports.clock.pass(15);
  }
  assert.ok(values.length > 2);
  file.close();
});

test("without its directory it is 0, and looked for again", async () => {
  const { ports, file, write, values } = setUp();
  write("3");
  await file.start(true);
  ports.secretFiles.delete("/run/f");
  ports.files.refuseWatch = "ENOENT";
  ports.files.watchers.get("/run/f")?.onGone();
  await ports.clock.pass(2500);
  ports.files.refuseWatch = undefined;
  ports.secretFiles.set("/run/f", { text: "4", mode: 0o644 });
  await ports.clock.pass(1000);
  assert.deepEqual(values, [3, 0, 4]);
  write("6");
  await ports.clock.pass(20);
  assert.deepEqual(values, [3, 0, 4, 6]);
  file.close();
  assert.equal(ports.open, 0);
});

test("what cannot be read is told once, and its last number counts", async () => {
  const { ports, file, write, values, troubles } = setUp();
  write("3");
  await file.start(true);
  ports.files.refuseWatch = "EACCES";
  ports.files.watchers.get("/run/f")?.onGone();
  await ports.clock.pass(5000);
  assert.deepEqual(values, [3]);
  assert.equal(troubles.length, 1);
  assert.match(troubles[0] ?? "", /^track_file f: .*EACCES/);
  file.close();
});

test("init_file makes it where there is none, and over one only when told so", async () => {
  const written = async (init: PlannedFile["init"], text: string | null, isFirst = true) => {
    const { ports, file, write } = setUp(init);
    write(text);
    await file.start(isFirst);
    file.close();
    const bytes = ports.files.contents.get("/run/f");
    return bytes && new TextDecoder().decode(bytes);
  };
  assert.equal(await written({ value: 7, isOverwriting: false }, null), "7\n");
  assert.equal(await written({ value: 7, isOverwriting: false }, "1"), undefined);
  assert.equal(await written({ value: 7, isOverwriting: true }, "1"), "7\n");
  assert.equal(await written({ value: 7, isOverwriting: true }, "1", false), undefined);
});
