/**
 * Run inside a host as `node advert-flood.js SOURCE VRID PER_SECOND [SECONDS]`: multicasts well-formed
 * VRRPv3 adverts as fast as that and prints a line each second, until it is killed or that many were due.
 */
import { networkInterfaces } from "node:os";
import { parseIp, parseMac } from "../../src/core/addr.ts";
import { encodeVrrp } from "../../src/core/wire/vrrp.ts";
import { DatagramSocket } from "../../src/io/datagram-socket.ts";
import { AF_PACKET } from "../../src/io/sockaddr.ts";
import { groupFrame } from "./foreign.ts";

const [sourceText = "", vridText = "", rateText = "", secondsText = "Infinity"] =
  process.argv.slice(2);
const source = parseIp(sourceText) ?? new Uint8Array(4);
const payload = encodeVrrp(
  {
    version: 3,
    checksum: "pseudo-header",
    vrid: Number(vridText),
    priority: 100,
    adverIntervalCs: 100,
    addresses: [Uint8Array.of(10, 0, 0, 200)],
  },
  { source, destination: Uint8Array.of(224, 0, 0, 18) },
);
const linkLocal = networkInterfaces().eth0?.find(({ address }) => address.startsWith("fe80:"));
const sourceMac = parseMac(linkLocal?.mac ?? "") ?? new Uint8Array(6);
const frame = groupFrame(payload, { source, sourceMac });
const socket = new DatagramSocket(AF_PACKET, 3, 0, "eth0");
const ifIndex = linkLocal?.scopeid ?? 0;
socket.bind({ family: "packet", etherType: 0, ifIndex, mac: new Uint8Array() });
const startMs = performance.now();
let sent = 0;
let told = 0;
const pace = setInterval(() => {
  const elapsedS = Math.min((performance.now() - startMs) / 1000, Number(secondsText));
  const due = elapsedS * Number(rateText);
  const count = Math.min(Math.floor(due) - sent, 2000);
  if (count > 0) socket.sendMany(Array.from({ length: count }, () => frame));
  sent += Math.max(count, 0);
  const ends = sent >= Number(secondsText) * Number(rateText);
  if (ends) clearInterval(pace);
  if (sent - told < Number(rateText) && !ends) return;
  told = sent;
  process.stdout.write(`sent ${sent}\n`);
}, 5);
