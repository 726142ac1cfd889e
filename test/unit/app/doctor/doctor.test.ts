import assert from "node:assert/strict";
import { test } from "node:test";
import { type DoctorQuestion, examine } from "../../../../src/app/doctor/doctor.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { ip } from "../../../support/packets.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { advertPacket } from "../../../support/sniffed.ts";
import { sentText } from "../../../support/wire-text.ts";

const QUESTION: DoctorQuestion = {
  ifName: "eth0",
  vrid: null,
  family: undefined,
  peer: undefined,
  vips: [],
  listenMs: 1000,
};

/** @returns what it sent too */
async function examined(changes: Partial<DoctorQuestion> = {}, ports = new FakePorts()) {
  const { signal } = new AbortController();
  const report = await ports.clock.passUntil(examine({ ...QUESTION, ...changes }, ports, signal));
  assert.equal(ports.open, 0);
  return { ...report, sent: [...new Set(ports.sent.map(sentText))] };
}

/** A LAN where an advert of VRID 51 for 10.0.0.100 passes. */
function lanWithMaster(): FakePorts {
  const ports = new FakePorts();
  ports.captured.push(passingFrame(advertPacket({ addresses: ["10.0.0.100"] }).bytes));
  return ports;
}

test("neighbours are asked for what is advertised, or for what was named alone", async () => {
  const [asked, named] = ["10.0.0.100", "10.0.0.77"].map(
    (address) =>
      `02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff: ARP, Request who-has ${address} tell 10.0.0.1`,
  );
  assert.deepEqual((await examined({}, lanWithMaster())).sent, [asked]);
  const { sent } = await examined({ vips: [ip("10.0.0.77")] }, lanWithMaster());
  assert.deepEqual(sent, [named]);
});

test("where nothing is spoken it looks at the family that the interface is set up for", async () => {
  const ports = new FakePorts({ bare: true });
  ports.kernel.setLink();
  const addressOver = async (changes: Partial<DoctorQuestion> = {}) => {
    const { findings } = await examined(changes, ports);
    const { family, verdict } = findings.find(({ check }) => check === "address") ?? {};
    return [family, verdict];
  };
  assert.deepEqual(await addressOver(), [4, "fail"]);
  ports.kernel.addAddress("fe80::1/64");
  assert.deepEqual(await addressOver(), [6, "ok"]);
  assert.deepEqual(await addressOver({ family: 4 }), [4, "fail"]);
  assert.deepEqual(await addressOver({ vips: [ip("10.0.0.77")] }), [4, "fail"]);
});

test("an interface that is down is neither listened to nor asked over", async () => {
  const ports = lanWithMaster();
  ports.kernel.setLink({ running: false });
  const asked = { peer: ip("10.0.0.2"), vips: [ip("10.0.0.77")] };
  const { matrix, listenedMs, sent } = await examined(asked, ports);
  assert.deepEqual([matrix, listenedMs, sent], [null, 0, []]);
});
