import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ArrivedProbe,
  openDeliverySockets,
} from "../../../../src/app/doctor/delivery-sockets.ts";
import { formatIp } from "../../../../src/core/addr.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { encodeDeliveryProbe } from "../../../../src/core/wire/delivery-probe.ts";
import type { IpSocketOptions, Ports } from "../../../../src/io/ports.ts";
import { deliveryQuestion } from "../../../support/delivery-question.ts";
import { linkFact } from "../../../support/doctor.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { groupFrame } from "../../../support/foreign.ts";
import { ip, mac } from "../../../support/packets.ts";

const [US, PEER, GROUP] = [ip("10.0.0.1"), ip("10.0.0.2"), ip("224.0.0.18")];
const AT = { groupSource: US, addresses: [US] };

function opened() {
  const ports = new FakePorts();
  const sockets: IpSocketOptions[] = [];
  const heard: string[] = [];
  const note =
    (how: string) =>
    ({ way, source }: ArrivedProbe) =>
      void heard.push(`${how} ${way} ${formatIp(source)}`);
  const outside: Pick<Ports, "openIpSocket" | "openPacketSocket"> = {
    ...ports,
    openIpSocket: (options) => {
      sockets.push(options);
      return ports.openIpSocket(options);
    },
  };
  const ears = { onHeard: note("heard"), onSeen: note("seen") };
  const delivery = openDeliverySockets(outside, linkFact(), 4, AT, ears);
  /** As the kernel does it, every socket of the protocol gets it. */
  const receive = (destination: Uint8Array, ttl = 255): string[] => {
    const payload = encodeDeliveryProbe(deliveryQuestion(), { source: PEER, destination });
    for (const { onDatagram } of sockets)
      onDatagram({ receivedMs: 0, source: PEER, destination, ttl, payload });
    return heard.splice(0);
  };
  return { ports, delivery, receive, heard };
}

test("each probe is heard once, by the way on which it came", () => {
  const { receive } = opened();
  assert.deepEqual(receive(GROUP), ["heard multicast 10.0.0.2"]);
  assert.deepEqual(receive(US), ["heard unicast 10.0.0.2"]);
});

test("what a router let through, or what went to another group, is not heard", () => {
  const { receive } = opened();
  assert.deepEqual(receive(GROUP, 254), []);
  assert.deepEqual(receive(ip("224.0.0.19")), []);
});

test("a frame at the interface is seen, an advert is no probe", () => {
  const { ports, heard } = opened();
  const from = { source: PEER, sourceMac: mac("02:00:00:00:00:02") };
  const carrier = { source: PEER, destination: GROUP };
  ports.receiveFrame(groupFrame(encodeDeliveryProbe(deliveryQuestion(), carrier), from));
  ports.receiveFrame(groupFrame(new Uint8Array(48), from));
  assert.deepEqual(heard, ["seen multicast 10.0.0.2"]);
});

test("unicast leaves only from an address that is there", () => {
  const { ports, delivery } = opened();
  delivery.sendTo(PEER, ip("10.0.0.9"), deliveryQuestion());
  assert.equal(ports.sent.length, 0);
  delivery.sendTo(PEER, US, deliveryQuestion());
  delivery.sendToGroup(deliveryQuestion());
  assert.deepEqual(
    ports.sent.map(({ source, destination }) => `${source} ${destination}`),
    ["10.0.0.1 10.0.0.2", "10.0.0.1 224.0.0.18"],
  );
});

test("where the last socket is refused none stays open", () => {
  const ports = new FakePorts();
  const outside = {
    ...ports,
    openPacketSocket: () => {
      throw new SystemError("socket", "eth0", "EPERM");
    },
  };
  const ears = { onHeard: () => {}, onSeen: () => {} };
  assert.throws(() => openDeliverySockets(outside, linkFact(), 4, AT, ears), { code: "EPERM" });
  assert.equal(ports.open, 0);
});
