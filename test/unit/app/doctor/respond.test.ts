import assert from "node:assert/strict";
import { test } from "node:test";
import { respond } from "../../../../src/app/doctor/respond.ts";
import type { DeliveryProbe } from "../../../../src/core/wire/delivery-probe.ts";
import { encodeDeliveryProbe } from "../../../../src/core/wire/delivery-probe.ts";
import { deliveryQuestion } from "../../../support/delivery-question.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { ip } from "../../../support/packets.ts";

const QUESTION = { ifName: "eth0", vrid: null, family: 4, forMs: 1000 } as const;
const { signal } = new AbortController();
const nobody = () => {};

/** How many asked, and to whom it was answered, when 10.0.0.2 asks this by multicast. */
async function answersTo(
  changes: Partial<DeliveryProbe>,
  vrid: number | null,
  refuseSend?: string,
) {
  const ports = new FakePorts();
  const running = respond({ ...QUESTION, vrid }, ports, signal, nobody, nobody);
  ports.refuseSend = refuseSend;
  const carrier = { source: ip("10.0.0.2"), destination: ip("224.0.0.18") };
  ports.receive("10.0.0.2", encodeDeliveryProbe(deliveryQuestion(changes), carrier));
  const asked = await ports.clock.passUntil(running);
  assert.equal(ports.open, 0);
  return [asked, ...ports.sent.map(({ destination }) => destination)];
}

test("who asks about another VRID gets no answer, who asks about all does", async () => {
  assert.deepEqual(await answersTo({ vrid: 52 }, 51), [0]);
  assert.deepEqual(await answersTo({ vrid: 51 }, 51), [1, "10.0.0.2"]);
  assert.deepEqual(await answersTo({ vrid: 0 }, 51), [1, "10.0.0.2"]);
  assert.deepEqual(await answersTo({ vrid: 52 }, null), [1, "10.0.0.2"]);
});

test("the answer goes by the way that is wanted", async () => {
  assert.deepEqual(await answersTo({ answerWay: "multicast" }, null), [1, "224.0.0.18"]);
});

test("an answer that our own firewall forbids is lost, no more", async () => {
  assert.deepEqual(await answersTo({}, null, "EPERM"), [1]);
});

test("a family whose sockets are refused is left out, unless it was asked for or leave is missing", async () => {
  const over = async (code: string, family: 6 | undefined) => {
    const ports = new FakePorts();
    const ready: (readonly string[])[] = [];
    const { openIpSocket } = ports;
    const outside = {
      ...ports,
      openNetlink: ports.openNetlink,
      openIpSocket: (options: Parameters<typeof openIpSocket>[0]) => {
        ports.refuseOpen = options.family === 6 ? code : undefined;
        return openIpSocket(options);
      },
    };
    const question = { ...QUESTION, family };
    const running = respond(question, outside, signal, (some) => ready.push(some), nobody);
    await ports.clock.passUntil(running);
    return ready;
  };
  assert.deepEqual(await over("EAFNOSUPPORT", undefined), [["10.0.0.1"]]);
  await assert.rejects(over("EAFNOSUPPORT", 6), { code: "EAFNOSUPPORT" });
  await assert.rejects(over("EPERM", undefined), { code: "EPERM" });
});
