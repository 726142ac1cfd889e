import assert from "node:assert/strict";
import { test } from "node:test";
import { advertOf, openVrrpTransport } from "../../../../src/app/vrrp/transport.ts";
import { formatIp, type IpBytes } from "../../../../src/core/addr.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { decodeVrrp } from "../../../../src/core/wire/vrrp.ts";
import { HmacSigner, HmacVerifier } from "../../../../src/proto/vrrp/hmac.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { hmacSettings } from "../../../support/hmac.ts";
import { decodedOf, ip, mac } from "../../../support/packets.ts";
import { peersOf, vrrpConfig, vrrpInstance } from "../../../support/vrrp.ts";

const LINK = { name: "eth0", ifIndex: 2, mac: mac("02:00:00:00:00:01"), mtuBytes: 1500 };
const V2 = { config: vrrpConfig({ version: 2, adverIntervalMs: 3000 }) };
const open = (ports: FakePorts, changes = {}) =>
  openVrrpTransport(ports, vrrpInstance(changes), LINK, ip("10.0.0.1"), () => {});

test("version 3 says the interval in hundredths and the flavour of checksum that is ordered", () => {
  const instance = vrrpInstance({ config: vrrpConfig({ adverIntervalMs: 250 }) });
  const { vips } = instance;
  assert.deepEqual(advertOf(instance, 0, "bare"), {
    version: 3,
    vrid: 51,
    priority: 0,
    adverIntervalCs: 25,
    addresses: vips.map((vip) => vip.ip),
    checksum: "bare",
  });
});

test("version 2 goes out with its password, or with none", () => {
  for (const [authPass, auth] of [
    [null, { type: "none" }],
    ["s3cret", { type: "pass", password: new TextEncoder().encode("s3cret") }],
  ] as const) {
    const ports = new FakePorts();
    open(ports, { ...V2, authPass }).sendAdvert(100, "pseudo-header");
    const carrier = { source: ip("10.0.0.1"), destination: ip("224.0.0.18") };
    const advert = decodedOf(decodeVrrp(ports.sent[0]?.bytes ?? assert.fail(), carrier));
    assert.deepEqual(
      [advert.version, advert.adverIntervalCs, advert.version === 2 ? advert.auth : null],
      [2, 300, auth],
    );
  }
});

test("it closes what it opened", () => {
  const ports = new FakePorts();
  const transport = open(ports);
  assert.equal(ports.open, 1);
  transport.close();
  assert.equal(ports.open, 0);
});

test("each advert is signed anew, so that peers believe the second one too", () => {
  const ports = new FakePorts();
  const source = ip("10.0.0.1");
  const signer = new HmacSigner(hmacSettings());
  const transport = openVrrpTransport(ports, vrrpInstance(), LINK, source, () => {}, signer);
  const verifier = new HmacVerifier(hmacSettings());
  for (let sent = 0; sent < 3; sent += 1) {
    transport.sendAdvert(100, "pseudo-header");
    const { bytes } = ports.sent[sent] ?? assert.fail();
    assert.equal(verifier.judge(bytes, source, ports.clock.wallMs()), undefined);
  }
});

test("a peer that cannot be reached keeps no other from being told, and is told of", () => {
  const ports = new FakePorts();
  const told: string[] = [];
  const openIpSocket = () => ({
    send: (_: Uint8Array, to: IpBytes) => {
      if (formatIp(to) === "10.9.0.1") throw new SystemError("sendto", "eth0", "ENETUNREACH");
      told.push(formatIp(to));
    },
    close: () => {},
  });
  const reach = peersOf("10.0.0.2", "10.9.0.1", "10.0.0.3");
  const transport = open(Object.assign(ports, { openIpSocket }), { reach });
  assert.throws(() => transport.sendAdvert(100, "pseudo-header"), { code: "ENETUNREACH" });
  assert.deepEqual(told, ["10.0.0.2", "10.0.0.3"]);
});

test("the checksum of an advert covers the peer that it goes to", () => {
  const ports = new FakePorts();
  open(ports, { reach: peersOf("10.0.0.2", "10.0.0.3") }).sendAdvert(100, "pseudo-header");
  for (const [index, peer] of ["10.0.0.2", "10.0.0.3"].entries()) {
    const carrier = { source: ip("10.0.0.1"), destination: ip(peer) };
    const advert = decodedOf(decodeVrrp(ports.sent[index]?.bytes ?? assert.fail(), carrier));
    assert.equal(advert.version === 3 && advert.checksum, "pseudo-header");
  }
});
