/** Maintenance begins, is kept, and ends by itself; what its file says is judged, not believed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Maintenance,
  type MaintenanceState,
  maintenanceRecord,
} from "../../../../../../src/app/ha/up/parent/maintenance.ts";
import { SystemError } from "../../../../../../src/core/errors.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";

const PATH = "/state/ha-maintenance.json";
const { signal } = new AbortController();

function maintenanceOf(ports = new FakePorts()) {
  const changes: (MaintenanceState | null)[] = [];
  const troubles: string[] = [];
  const maintenance = new Maintenance("/state", "ha", ports, {
    changed: (state) => changes.push(state),
    trouble: (text) => troubles.push(text),
  });
  const file = (): unknown => {
    const bytes = ports.files.contents.get(PATH);
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  };
  return { ports, maintenance, changes, troubles, file };
}

/** What a process finds that starts with this file. */
async function restored(text: string) {
  const all = maintenanceOf();
  all.ports.files.contents.set(PATH, new TextEncoder().encode(text));
  await all.maintenance.restore(signal);
  return all;
}

test("it is told and kept; without a time nothing ends it but somebody", async () => {
  const { ports, maintenance, changes, file } = maintenanceOf();
  assert.equal(await maintenance.begin(undefined, "new kernel"), null);
  const sinceMs = ports.clock.wallMs();
  const state = { sinceMs, untilMs: null, reason: "new kernel" };
  assert.deepEqual([maintenance.state, changes], [state, [state]]);
  assert.deepEqual(ports.files.directories, ["/state"]);
  assert.deepEqual(file(), maintenanceRecord(state, sinceMs));
  assert.equal(ports.clock.pending, 0);
  assert.equal(await maintenance.end(), null);
  assert.deepEqual([maintenance.state, changes.at(-1), file()], [null, null, undefined]);
});

test("the latest beginning says when it ends", async () => {
  const { ports, maintenance, changes, file } = maintenanceOf();
  await maintenance.begin(1000, null);
  await maintenance.begin(5000, null);
  await ports.clock.pass(4999);
  assert.equal(changes.length, 2);
  await ports.clock.pass(1);
  assert.deepEqual([changes[2], maintenance.state, file()], [null, null, undefined]);
});

test("one that is ended before its time ends once", async () => {
  const { ports, maintenance, changes } = maintenanceOf();
  await maintenance.begin(1000, null);
  await maintenance.end();
  assert.deepEqual([changes.at(-1), ports.clock.pending], [null, 0]);
});

test("to end what is over changes nothing, but its file goes", async () => {
  const { ports, maintenance, changes, file } = maintenanceOf();
  ports.files.contents.set(PATH, new TextEncoder().encode("{}"));
  assert.equal(await maintenance.end(), null);
  assert.deepEqual([changes, file()], [[], undefined]);
});

test("the process after this one goes on for what is left of the time", async () => {
  const { ports, maintenance } = maintenanceOf();
  await maintenance.begin(10_000, "x");
  maintenance.close();
  await ports.clock.pass(4000);
  const next = maintenanceOf(ports);
  await next.maintenance.restore(signal);
  assert.deepEqual(next.maintenance.state, maintenance.state);
  await ports.clock.pass(5999);
  assert.notEqual(next.maintenance.state, null);
  await ports.clock.pass(1);
  assert.equal(next.maintenance.state, null);
});

test("one whose time has passed is forgotten, and nobody is told", async () => {
  const { maintenance, changes, file } = await restored(
    '{"since":"2026-01-01T00:00:00Z","until":"2026-01-02T00:00:00Z"}',
  );
  assert.deepEqual([maintenance.state, changes, file()], [null, [], undefined]);
});

test("without a file there is none; one that cannot be understood is told", async () => {
  const without = maintenanceOf();
  await without.maintenance.restore(signal);
  assert.deepEqual([without.changes, without.troubles], [[], []]);
  for (const text of [
    "",
    "[]",
    "null",
    "{}",
    '{"since":null,"until":null}',
    '{"since":"2026-01-01T00:00:00Z"}',
    '{"since":"2026-01-01T00:00:00Z","until":"soon"}',
  ]) {
    const { maintenance, troubles } = await restored(text);
    assert.equal(maintenance.state, null, text);
    assert.deepEqual(troubles, [`${PATH} says no maintenance`], text);
  }
});

test("one that is too long or may not be read is told too, and none that the end interrupts", async () => {
  const good = '{"since":"2026-01-01T00:00:00Z","until":null}';
  assert.notEqual((await restored(good)).maintenance.state, null);
  const long = await restored(good + " ".repeat(5000));
  assert.deepEqual([long.maintenance.state, long.troubles.length], [null, 1]);
  const secret = maintenanceOf();
  const refusal = new SystemError("read", PATH, "EACCES");
  Object.assign(secret.ports.files, { read: () => Promise.reject(refusal) });
  await secret.maintenance.restore(signal);
  assert.deepEqual(secret.troubles, [refusal.message]);
  await secret.maintenance.restore(AbortSignal.abort());
  assert.equal(secret.troubles.length, 1);
});

test("a reason that is no text is none", async () => {
  const { maintenance } = await restored(
    '{"since":"2026-01-01T00:00:00Z","until":null,"reason":7}',
  );
  assert.equal(maintenance.state?.reason, null);
});

test("where nothing can be kept it lasts as long as the process, and why is the answer", async () => {
  const { ports, maintenance, file } = maintenanceOf();
  ports.files.refuse = "ENOSPC";
  assert.match((await maintenance.begin(undefined, null)) ?? "", /ENOSPC/);
  assert.notEqual(maintenance.state, null);
  assert.equal(file(), undefined);
  ports.files.refuse = undefined;
  assert.equal(await maintenance.begin(undefined, null), null, "the next one is kept again");
});

test("what is asked for last stays, however slowly the disk takes it", async () => {
  const { ports, maintenance, file } = maintenanceOf();
  const { write } = ports.files;
  const slow = {
    write: async (...[path, chunks]: Parameters<typeof write>) => {
      await new Promise(setImmediate);
      await write(path, chunks);
    },
  };
  Object.assign(ports.files, slow);
  const begun = maintenance.begin(undefined, null);
  const ended = maintenance.end();
  await Promise.all([begun, ended]);
  assert.equal(file(), undefined);
});

test("a file that cannot be removed when its time is over is told", async () => {
  const { ports, maintenance, changes, troubles } = maintenanceOf();
  await maintenance.begin(1000, null);
  Object.assign(ports.files, {
    remove: () => ports.files.write(PATH, []), // refused as any other writing
  });
  ports.files.refuse = "EROFS";
  await ports.clock.pass(1000);
  await ports.clock.pass(0);
  assert.equal(changes.at(-1), null);
  assert.match(troubles.join(), /EROFS/);
});

test("the record says how long it still lasts, never less than nothing", () => {
  const state = { sinceMs: 0, untilMs: 1000, reason: "x" };
  const [since, until] = ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:01.000Z"];
  assert.deepEqual(maintenanceRecord(state, 400), { since, until, ends_in_ms: 600, reason: "x" });
  assert.equal(maintenanceRecord(state, 1400).ends_in_ms, 0);
});
