/**
 * Run inside a host as `node advert-storm.js SOURCE VRID VIP [FLAW]`: sends 20 VRRPv3 adverts a second that
 * no router may believe, all of priority 255, each flawed in another way or in that one, and prints `bad FLAW`
 * for each.
 * As frames, because no IP socket would send them.
 */
import { networkInterfaces } from "node:os";
import { parseMac } from "../../src/core/addr.ts";
import { encodeVrrp, type VrrpV3Advert } from "../../src/core/wire/vrrp.ts";
import { openPacketSocket } from "../../src/io/packet-socket.ts";
import { groupFrame } from "./foreign.ts";
import { ip } from "./packets.ts";

const [sourceText = "", vridText = "", vipText = "", only] = process.argv.slice(2);
const source = ip(sourceText);
const linkLocal = networkInterfaces().eth0?.find(({ address }) => address.startsWith("fe80:"));
const sourceMac = parseMac(linkLocal?.mac ?? "");
if (sourceMac === undefined) throw new Error("eth0 has no link-local address");
const frameOf = (payload: Uint8Array, ttl = 255) => groupFrame(payload, { source, sourceMac, ttl });
const advert: VrrpV3Advert = {
  version: 3,
  checksum: "pseudo-header",
  vrid: Number(vridText),
  priority: 255,
  adverIntervalCs: 1,
  addresses: [ip(vipText)],
};
const carrier = { source, destination: ip("224.0.0.18") };
const good = encodeVrrp(advert, carrier);
const otherVersion = { version: 2, auth: { type: "none" }, adverIntervalCs: 100 } as const;
const flaws = Object.entries({
  "ttl 254": frameOf(good, 254),
  "ttl 64": frameOf(good, 64),
  "checksum off by one": frameOf(good.with(7, (good[7] ?? 0) ^ 1)),
  "cut in the addresses": frameOf(good.subarray(0, 10)),
  "a byte too many": frameOf(Uint8Array.of(...good, 0)),
  "version 2": frameOf(encodeVrrp({ ...advert, ...otherVersion }, carrier)),
  "version 9": frameOf(good.with(0, 0x91)),
  "type 2": frameOf(good.with(0, 0x32)),
}).filter(([flaw]) => only === undefined || flaw === only);

const socket = openPacketSocket({ ifName: "eth0", ifIndex: linkLocal?.scopeid ?? 0 });
let turn = 0;
setInterval(() => {
  const [flaw, frame] = flaws[turn++ % flaws.length] ?? ["", good];
  socket.send(frame);
  process.stdout.write(`bad ${flaw}\n`);
}, 50);
