import assert from "node:assert/strict";
import { test } from "node:test";
import { askHolders } from "../../../../src/app/doctor/holders.ts";
import { readStanding } from "../../../../src/app/doctor/standing.ts";
import { formatIp } from "../../../../src/core/addr.ts";
import { decodeArp } from "../../../../src/core/wire/arp.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { claimFrame } from "../../../support/foreign.ts";
import { decodedOf, ip } from "../../../support/packets.ts";

async function ask(addresses: readonly string[], ports = new FakePorts()) {
  const signal = new AbortController().signal;
  const asking = askHolders(addresses.map(ip), readStanding("eth0", ports), ports, signal);
  await ports.clock.pass(100);
  return { asking, ports };
}

test("everyone that answers is heard, once, but for this host itself", async () => {
  const { asking, ports } = await ask(["10.0.0.100", "10.0.0.101"]);
  const [first, second] = ["02:00:00:00:00:02", "02:00:00:00:00:03"] as const;
  for (const from of [first, second, first, "02:00:00:00:00:01"])
    ports.receiveFrame(claimFrame("10.0.0.100", from));
  ports.receiveFrame(claimFrame("10.0.0.9", second));
  await ports.clock.pass(800);
  assert.deepEqual(
    [...(await asking)],
    [
      ["10.0.0.100", [first, second]],
      ["10.0.0.101", []],
    ],
  );
  assert.equal(ports.open, 0);
});

test("it asks three times as a neighbour does; for an address of its own as one that does not have it", async () => {
  const { asking, ports } = await ask(["10.0.0.100", "10.0.0.1"]);
  await ports.clock.pass(800);
  await asking;
  assert.deepEqual(
    ports.sent.map(({ bytes }) => {
      const { senderIp, targetIp } = decodedOf(decodeArp(bytes.subarray(14)));
      return `${formatIp(senderIp)} asks for ${formatIp(targetIp)}`;
    }),
    Array.from({ length: 3 }, () => [
      "10.0.0.1 asks for 10.0.0.100",
      "0.0.0.0 asks for 10.0.0.1",
    ]).flat(),
  );
});

test("a flood of answers is bounded", async () => {
  const { asking, ports } = await ask(["10.0.0.100"]);
  for (let n = 10; n < 90; n++) ports.receiveFrame(claimFrame("10.0.0.100", `02:00:00:00:01:${n}`));
  await ports.clock.pass(800);
  assert.equal((await asking).get("10.0.0.100")?.length, 8);
});
