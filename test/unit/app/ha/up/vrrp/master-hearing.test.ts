import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Hearing,
  MasterHearing,
} from "../../../../../../src/app/ha/up/vrrp/master-hearing.ts";
import type { PeerHeard } from "../../../../../../src/app/vrrp/ledger.ts";

const peer = (source = "10.0.0.2"): PeerHeard & { heardMs: number } => ({
  source,
  priority: 100,
  intervalMs: 1000,
  adverts: 1,
  heardMs: 500,
});

const as = (
  state: Hearing["state"],
  master: PeerHeard | undefined,
  masterSinceMs = 500,
): Hearing => ({
  state,
  master,
  masterSinceMs,
  intervalMs: 1000,
});

test("who is heard is told once, since its first advert; then that it is heard no more", () => {
  const hearing = new MasterHearing();
  const other = peer();
  assert.equal(hearing.look(as("backup", undefined), 100), undefined);
  assert.deepEqual(hearing.look(as("backup", other), 600), { master: "10.0.0.2", sinceMs: 500 });
  other.heardMs = 4000;
  assert.equal(hearing.look(as("backup", other), 8000), undefined);
  assert.deepEqual(hearing.look(as("fault", other), 8001), { master: null, sinceMs: 4000 });
  other.heardMs = 9000;
  assert.deepEqual(hearing.look(as("fault", other), 9050), { master: "10.0.0.2", sinceMs: 9000 });
});

test("who resigns is heard no more at once, and another one is another", () => {
  const hearing = new MasterHearing();
  const one = peer();
  hearing.look(as("backup", one), 600);
  const other = { ...peer("10.0.0.3"), heardMs: 700 };
  assert.deepEqual(hearing.look(as("backup", other, 700), 750), {
    master: "10.0.0.3",
    sinceMs: 700,
  });
  other.heardMs = 800;
  assert.deepEqual(hearing.look(as("backup", undefined), 850), { master: null, sinceMs: 800 });
});

test("as MASTER it listens for nobody, and tells anew when it is BACKUP again", () => {
  const hearing = new MasterHearing();
  const other = peer();
  hearing.look(as("backup", other), 600);
  assert.equal(hearing.look(as("master", other), 700), undefined);
  other.heardMs = 790;
  assert.deepEqual(hearing.look(as("backup", other), 800), { master: "10.0.0.2", sinceMs: 790 });
});
