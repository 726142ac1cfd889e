/** The asking end of the two-sided test. */
import {
  compareIp,
  familyOf,
  formatIp,
  hasInPrefix,
  type IpBytes,
  isLinkLocalIp6,
} from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import type { DeliveryProbe } from "../../core/wire/delivery-probe.ts";
import { drive } from "../../io/drive.ts";
import type { Ports } from "../../io/ports.ts";
import { DeliveryAsker } from "../../proto/doctor/delivery-asker.ts";
import type { DeliveryCounts } from "../../proto/doctor/delivery-tally.ts";
import { type ArrivedProbe, openDeliverySockets } from "./delivery-sockets.ts";
import { sourceFor } from "./listening.ts";
import type { Standing } from "./standing.ts";

/**
 * @param vrid what it is about, 0 for all
 * @throws SystemError; UsageError where the peer is this host, or the interface has no address for it;
 *   the reason of `signal` when it aborts
 */
export function testDelivery(
  peer: IpBytes,
  vrid: number,
  standing: Standing,
  ports: Pick<Ports, "clock" | "pid" | "openIpSocket" | "openPacketSocket">,
  signal: AbortSignal,
): Promise<DeliveryCounts> {
  const { link } = standing;
  const [family, groupSource] = [familyOf(peer), sourceFor(familyOf(peer), standing)];
  const unicastSource = ownAddressFor(peer, standing);
  const nonce = nonceOf(ports);
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      driver.stop();
      signal.removeEventListener("abort", abort);
      sockets?.close();
      settle();
    };
    const abort = (): void => end(() => reject(signal.reason));
    const isOurs = ({ probe }: ArrivedProbe): boolean =>
      compareIp(probe.nonce, nonce) === 0 && compareIp(probe.asked, peer) === 0;
    const hear = (kind: "probe-heard" | "probe-seen") => (arrived: ArrivedProbe) => {
      const { way, probe } = arrived;
      if (isOurs(arrived)) driver.feed({ kind, way, probe });
    };
    const send = (way: DeliveryProbe["answerWay"], probe: DeliveryProbe): void => {
      if (way === "multicast") sockets?.sendToGroup(probe);
      else sockets?.sendTo(peer, unicastSource, probe);
    };
    const machine = new DeliveryAsker(QUESTIONS_PER_WAY);
    const driver = drive(machine, ports.clock, (order) => {
      if (order.kind === "finish") return end(() => resolve(order.counts));
      const { probe: kind, way, answerWay, tally } = order;
      try {
        send(way, { kind, answerWay, vrid, nonce, asked: peer, tally });
      } catch (error) {
        end(() => reject(error));
      }
    });
    const addresses = distinct([groupSource, unicastSource]);
    let sockets: ReturnType<typeof openDeliverySockets> | undefined;
    try {
      signal.throwIfAborted();
      sockets = openDeliverySockets(
        ports,
        link,
        family,
        { groupSource, addresses },
        {
          onHeard: hear("probe-heard"),
          onSeen: hear("probe-seen"),
        },
      );
      signal.addEventListener("abort", abort, { once: true });
      driver.feed({ kind: "started" });
    } catch (error) {
      end(() => reject(error));
    }
  });
}

/** Of the same prefix as the peer, or else of the same scope. @throws UsageError */
function ownAddressFor(peer: IpBytes, { addresses, link, host }: Standing): IpBytes {
  const text = formatIp(peer);
  if (host.ips.has(text)) throw new UsageError(`--peer ${text}: is an address of this host itself`);
  const fit = addresses.filter(
    ({ ip }) => familyOf(ip) === familyOf(peer) && isLinkLocalIp6(ip) === isLinkLocalIp6(peer),
  );
  const [own] = [...fit.filter((cidr) => hasInPrefix(cidr, peer)), ...fit];
  if (own !== undefined) return own.ip;
  throw new UsageError(`--peer ${text}: ${link.name} has no address to reach it from`);
}

export const distinct = (ips: readonly IpBytes[]): IpBytes[] => [
  ...new Map(ips.map((ip) => [formatIp(ip), ip])).values(),
];

/** Tells dialogues apart: of two hosts, of two processes of one, of two runs. It keeps no secret. */
function nonceOf({ pid, clock }: Pick<Ports, "pid" | "clock">): Uint8Array {
  const nonce = new Uint8Array(8);
  const view = new DataView(nonce.buffer);
  view.setUint32(0, pid);
  view.setUint32(4, Math.floor(clock.wallMs()) % 0x1_0000_0000);
  return nonce;
}

const QUESTIONS_PER_WAY = 10;
