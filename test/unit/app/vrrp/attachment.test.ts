/** The sockets of a router: opened anew with what they depend on, and with nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readLink } from "../../../../src/app/rtnl.ts";
import { Attachment } from "../../../../src/app/vrrp/attachment.ts";
import type { VrrpInstance } from "../../../../src/app/vrrp/instance.ts";
import type { AdvertListener } from "../../../../src/app/vrrp/listener.ts";
import { vmacFor, vmacLinkFor } from "../../../../src/app/vrrp/vmac.ts";
import { formatMac } from "../../../../src/core/addr.ts";
import type { Link } from "../../../../src/core/netlink/rtnl-link.ts";
import type { AdvertStandard } from "../../../../src/proto/vrrp/receive.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { hmacSettings } from "../../../support/hmac.ts";
import { ip, mac } from "../../../support/packets.ts";
import { advertOfPeer, vip, vrrpConfig, vrrpInstance } from "../../../support/vrrp.ts";

const OURS = ip("10.0.0.1");
const VMAC = vmacFor({ family: 4, vrid: 51, name: null, sendsAdverts: true });

function attached(changes: Partial<VrrpInstance> = {}, ports = new FakePorts()) {
  const netlink = ports.openNetlink(0);
  const before = ports.open;
  const instance = vrrpInstance(changes);
  const heard: AdvertStandard[] = [];
  const listener = { hear: (_: unknown, standard: AdvertStandard) => void heard.push(standard) };
  const vmac = vmacLinkFor(instance, ports, netlink, () => {}, false);
  const attachment = new Attachment(ports, instance, vmac, listener as unknown as AdvertListener);
  const eth0 = (other: Partial<Link> = {}): Link => ({
    ...(readLink(netlink, "eth0") ?? assert.fail("no eth0")),
    ...other,
  });
  const opened = (): number => ports.open - before;
  /** What an advert of a peer is held against now. */
  const standard = (): AdvertStandard | undefined => {
    ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 100));
    return heard.pop();
  };
  return { ports, instance, attachment, eth0, opened, standard };
}

test("sockets are other ones with another interface, MAC address or source, and only then", () => {
  const { attachment, eth0, opened } = attached();
  assert.equal(attachment.moveTo(eth0(), OURS), true);
  const places = [attachment.place];
  for (const [link, source, isOther] of [
    [eth0({ mtuBytes: 1400, up: false }), OURS, false],
    [eth0({ ifIndex: 9 }), OURS, true],
    [eth0({ ifIndex: 9, mac: mac("02:00:00:00:00:77") }), OURS, true],
    [eth0({ ifIndex: 9, mac: mac("02:00:00:00:00:77") }), ip("10.0.0.7"), true],
    [eth0({ ifIndex: 9, mac: mac("02:00:00:00:00:77") }), ip("10.0.0.7"), false],
  ] as const) {
    const transport = attachment.transport;
    assert.equal(attachment.moveTo(link, source), isOther);
    assert.equal(attachment.transport !== transport, isOther);
    places.push(attachment.place);
    assert.equal(opened(), 1);
  }
  assert.equal(new Set(places).size, 4);
  const last = attachment.place;
  assert.deepEqual([last?.link.ifIndex, last?.source], [9, ip("10.0.0.7")]);
});

test("without an interface or a source there are none, and they come back", () => {
  const { attachment, eth0, opened } = attached();
  attachment.moveTo(eth0(), OURS);
  for (const [link, source] of [
    [undefined, OURS],
    [eth0(), null],
  ] as const) {
    assert.equal(attachment.moveTo(link, source), false);
    assert.deepEqual([attachment.place, attachment.transport, opened()], [undefined, undefined, 0]);
    assert.equal(attachment.moveTo(eth0(), OURS), true);
  }
  attachment.close();
  assert.deepEqual([attachment.place, opened()], [undefined, 0]);
  assert.equal(attachment.moveTo(eth0(), OURS), true, "what is closed can be opened");
});

test("an interface that is no Ethernet is refused, and so is one whose sockets are: none is left", () => {
  const { ports, attachment, eth0, opened } = attached();
  attachment.moveTo(eth0(), OURS);
  const tunnel = eth0({ ifIndex: 9, hardwareType: 65534 });
  assert.throws(() => attachment.moveTo(tunnel, OURS), { code: "not-ethernet" });
  assert.deepEqual([attachment.transport, attachment.place, opened()], [undefined, undefined, 0]);
  ports.refuseOpen = "EPERM";
  assert.throws(() => attachment.moveTo(eth0(), OURS), { code: "EPERM" });
  assert.deepEqual([attachment.transport, opened()], [undefined, 0]);
  ports.refuseOpen = undefined;
  assert.equal(attachment.moveTo(eth0(), OURS), true, "it is tried again");
});

test("adverts are held against what the router is now, also when that was renewed", () => {
  const { ports, instance, attachment, eth0, standard } = attached();
  assert.equal(standard(), undefined);
  attachment.moveTo(eth0(), OURS);
  const first = standard();
  assert.deepEqual(
    [first?.source, first?.addresses, first?.authPass],
    [OURS, [ip("10.0.0.100")], null],
  );
  assert.equal(standard(), first, "one object for all of them");
  const { transport } = attachment;
  attachment.renew({ ...instance, authPass: "new", config: vrrpConfig({ version: 2 }) });
  assert.deepEqual([standard()?.version, standard()?.authPass], [2, "new"]);
  assert.equal(attachment.transport, transport, "with the sockets that it has");
  transport?.sendAdvert(100, "pseudo-header");
  assert.equal(ports.sent.at(-1)?.bytes[0], 0x21, "what is sent is of version 2 now");
});

test("what it was renewed to while it had no sockets counts when it has them", () => {
  const { ports, instance, attachment, eth0, standard } = attached();
  const config = vrrpConfig({ priority: 50 });
  attachment.renew({ ...instance, authPass: "new", config });
  attachment.moveTo(eth0(), OURS);
  assert.equal(standard()?.authPass, "new");
  attachment.transport?.sendAdvert(50, "pseudo-header");
  assert.equal(ports.sent.at(-1)?.bytes[2], 50);
});

test("who only receives signatures sends none", () => {
  const lengthOf = (changes: Partial<VrrpInstance>): number => {
    const { ports, attachment, eth0 } = attached(changes);
    attachment.moveTo(eth0(), OURS);
    attachment.transport?.sendAdvert(100, "pseudo-header");
    return ports.sent[0]?.bytes.length ?? assert.fail("nothing was sent");
  };
  const plain = lengthOf({});
  assert.ok(lengthOf({ hmac: hmacSettings() }) > plain);
  assert.equal(lengthOf({ hmac: hmacSettings({ mode: "receive-only" }) }), plain);
});

test("with a VMAC the addresses are there, sockets follow it, and it goes when it is dismantled", () => {
  const vips = [vip("10.0.0.100/24", { ifName: VMAC.ifName })];
  const { ports, attachment, eth0 } = attached({ vmac: VMAC, vips });
  const vmac = () => ports.kernel.links.find(({ name }) => name === VMAC.ifName);
  attachment.moveTo(eth0(), OURS);
  assert.equal(attachment.place && formatMac(attachment.place.mac), formatMac(VMAC.mac));
  ports.kernel.removeLink(vmac()?.ifIndex);
  ports.kernel.setLink({ ifIndex: 40, name: "other" });
  assert.equal(attachment.moveTo(eth0(), OURS), true);
  assert.equal(vmac()?.ifIndex, 41);
  attachment.close();
  attachment.dismantle();
  assert.equal(vmac(), undefined);
});
