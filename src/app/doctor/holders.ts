/** Asks a LAN who has addresses, and hears everyone that answers, not only the first. */
import { familyOf, formatIp, formatMac, type IpBytes } from "../../core/addr.ts";
import { compileFilter, every } from "../../core/bpf.ts";
import { ETHER_TYPE } from "../../core/wire/ethernet.ts";
import { claimsOneOf, isReceived } from "../../core/wire/frame-filter.ts";
import type { Closable, PacketSocket, Ports } from "../../io/ports.ts";
import { decodeClaim, probeFrame, questionFrame } from "../../proto/duplicate-frames.ts";
import { sourceFor } from "./listening.ts";
import type { Standing } from "./standing.ts";

/** Where it asks, and who does. */
export type Asker = Pick<Standing, "link" | "host" | "addresses">;

/**
 * As an ordinary neighbour asks, where this host has an address to ask from: for a probe some tell the
 * whole LAN.
 * @returns of each address the MAC addresses of others that answer for it, after 0.8 s
 * @throws SystemError; the reason of `signal` when it aborts
 */
export async function askHolders(
  ips: readonly IpBytes[],
  asker: Asker,
  ports: Pick<Ports, "clock" | "openPacketSocket">,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const answers = new Map(ips.map((ip) => [formatIp(ip), new Set<string>()]));
  const opened: Closable[] = [];
  try {
    const sockets = openSockets(ips, asker, answers, ports);
    opened.push(...sockets.values());
    for (let round = 0; round < ROUNDS; round++) {
      for (const ip of ips) sockets.get(familyOf(ip))?.send(questionFor(ip, asker));
      const waitMs = round === ROUNDS - 1 ? LAST_WAIT_MS : PAUSE_MS;
      const { clock } = ports;
      await new Promise<void>((resolve) => void clock.at(clock.nowMs() + waitMs, resolve));
      signal.throwIfAborted();
    }
  } finally {
    for (const socket of opened) socket.close();
  }
  return new Map(Array.from(answers, ([ip, macs]) => [ip, [...macs]]));
}

function openSockets(
  ips: readonly IpBytes[],
  { link, host }: Asker,
  answers: ReadonlyMap<string, Set<string>>,
  ports: Pick<Ports, "openPacketSocket">,
): Map<number, PacketSocket> {
  const onFrame = (frame: Uint8Array): void => {
    const claim = decodeClaim(frame);
    if (claim === undefined) return;
    const [macs, mac] = [answers.get(formatIp(claim.ip)), formatMac(claim.mac)];
    if (macs !== undefined && macs.size < MOST_HOLDERS && !host.macs.has(mac)) macs.add(mac);
  };
  return new Map(
    [...new Set(ips.map(familyOf))].map((family) => [
      family,
      ports.openPacketSocket({
        ifName: link.name,
        ifIndex: link.ifIndex,
        etherType: family === 4 ? ETHER_TYPE.arp : ETHER_TYPE.ipv6,
        filter: compileFilter(every(isReceived, claimsOneOf(ips))),
        onFrame,
      }),
    ]),
  );
}

function questionFor(ip: IpBytes, asker: Asker): Uint8Array {
  const { link, addresses } = asker;
  const source = sourceFor(familyOf(ip), asker);
  const ours = addresses.some((it) => formatIp(it.ip) === formatIp(ip));
  return ours || source.every((byte) => byte === 0)
    ? probeFrame(ip, link.mac)
    : questionFrame(ip, { ip: source, mac: link.mac });
}

const ROUNDS = 3;
const PAUSE_MS = 200;
const LAST_WAIT_MS = 400;
const MOST_HOLDERS = 8; // of one address
