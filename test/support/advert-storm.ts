/**
 * Run inside a host as `node advert-storm.js SOURCE VRID VIP`: sends 20 VRRPv3 adverts a second that no
 * router may believe, all of priority 255, each flawed in another way, and prints `bad FLAW` for each.
 * As frames, because no IP socket would send them.
 */
import { networkInterfaces } from "node:os";
import { type IpBytes, parseIp, parseMac } from "../../src/core/addr.ts";
import { IP_PROTOCOL } from "../../src/core/wire/carrier.ts";
import { ETHER_TYPE, encodeEthernet, multicastMac } from "../../src/core/wire/ethernet.ts";
import { encodeIpv4 } from "../../src/core/wire/ipv4.ts";
import { encodeVrrp, type VrrpV3Advert } from "../../src/core/wire/vrrp.ts";
import { openPacketSocket } from "../../src/io/packet-socket.ts";

const [sourceText = "", vridText = "", vipText = ""] = process.argv.slice(2);
const source = ip(sourceText);
const group = ip("224.0.0.18");
const advert: VrrpV3Advert = {
  version: 3,
  checksum: "pseudo-header",
  vrid: Number(vridText),
  priority: 255,
  adverIntervalCs: 1,
  addresses: [ip(vipText)],
};
const good = encodeVrrp(advert, { source, destination: group });
const flaws: Readonly<Record<string, Uint8Array>> = {
  "ttl 254": packet(good, 254),
  "checksum off by one": packet(good.with(7, (good[7] ?? 0) ^ 1)),
  "cut in the addresses": packet(good.subarray(0, 10)),
  "a byte too many": packet(Uint8Array.of(...good, 0)),
  "version 2": packet(
    encodeVrrp(
      { ...advert, version: 2, auth: { type: "none" }, adverIntervalCs: 100 },
      {
        source,
        destination: group,
      },
    ),
  ),
  "version 9": packet(good.with(0, 0x91)),
  "type 2": packet(good.with(0, 0x32)),
};

const linkLocal = networkInterfaces().eth0?.find(({ address }) => address.startsWith("fe80:"));
const mac = parseMac(linkLocal?.mac ?? "");
if (mac === undefined) throw new Error("eth0 has no link-local address");
const socket = openPacketSocket({ ifName: "eth0", ifIndex: linkLocal?.scopeid ?? 0 });
let turn = 0;
setInterval(() => {
  const [flaw, payload] = Object.entries(flaws)[turn++ % Object.keys(flaws).length] ?? ["", good];
  socket.send(
    encodeEthernet({
      destination: multicastMac(group),
      source: mac,
      tags: [],
      etherType: ETHER_TYPE.ipv4,
      payload,
    }),
  );
  process.stdout.write(`bad ${flaw}\n`);
}, 50);

function packet(payload: Uint8Array, ttl = 255): Uint8Array {
  return encodeIpv4({
    trafficClass: 0xc0,
    identification: 0,
    dontFragment: false,
    moreFragments: false,
    fragmentOffset: 0,
    ttl,
    protocol: IP_PROTOCOL.vrrp,
    source,
    destination: group,
    options: new Uint8Array(),
    payload,
  });
}

function ip(text: string): IpBytes {
  const bytes = parseIp(text);
  if (bytes === undefined) throw new Error(`not an address: ${text}`);
  return bytes;
}
