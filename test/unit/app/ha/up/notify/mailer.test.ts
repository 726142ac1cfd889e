/** Which states are mailed, of instances and groups each by itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Mailer } from "../../../../../../src/app/ha/up/notify/mailer.ts";
import type { StateWord } from "../../../../../../src/proto/ha/notice.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";

const PLANNED = {
  server: { host: "127.0.0.1", port: 25, helo: "h", limitMs: 1000 },
  from: "from@x",
  to: ["one@x", "two@x"],
  routerId: "R",
  tellsFaults: true,
};

/** The subjects of the mails that `INSTANCE a MASTER` and the like make. */
async function mailed(tellsFaults: boolean, ...told: readonly string[]): Promise<string[]> {
  const ports = new FakePorts();
  const mailer = new Mailer({ ...PLANNED, tellsFaults }, ports, assert.fail);
  for (const line of told) {
    const [subject, name = "", word] = line.split(" ");
    mailer.tell({ subject: subject as "INSTANCE" | "GROUP", name }, word as StateWord);
  }
  await mailer.drained();
  return ports.notices.mails.map((mail) => mail.subject);
}

test("a first BACKUP is not mailed, a later one is, and no state twice in a row", async () => {
  const told = ["BACKUP", "MASTER", "MASTER", "BACKUP", "BACKUP", "MASTER"];
  assert.deepEqual(await mailed(true, ...told.map((word) => `INSTANCE a ${word}`)), [
    "[R] VRRP Instance a - Entering MASTER state",
    "[R] VRRP Instance a - Entering BACKUP state",
    "[R] VRRP Instance a - Entering MASTER state",
  ]);
});

test("each subject is followed by itself, also a group with the name of an instance", async () => {
  assert.deepEqual(await mailed(true, "INSTANCE a MASTER", "INSTANCE b MASTER", "GROUP a MASTER"), [
    "[R] VRRP Instance a - Entering MASTER state",
    "[R] VRRP Instance b - Entering MASTER state",
    "[R] VRRP Group a - Entering MASTER state",
  ]);
});

test("a FAULT that is not mailed counts for nothing: what was mailed before it is not mailed again", async () => {
  const told = ["INSTANCE a MASTER", "INSTANCE a FAULT", "INSTANCE a MASTER"];
  assert.equal((await mailed(false, ...told)).length, 1);
  assert.equal((await mailed(true, ...told)).length, 3);
});

test("a mail is from and to whom the configuration says", async () => {
  const ports = new FakePorts();
  const mailer = new Mailer(PLANNED, ports, assert.fail);
  mailer.tell({ subject: "INSTANCE", name: "a" }, "STOP");
  await mailer.drained();
  const [mail] = ports.notices.mails;
  assert.deepEqual([mail?.from, mail?.to], ["from@x", ["one@x", "two@x"]]);
});
