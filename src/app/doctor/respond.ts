/** The answering end of the two-sided test: `vrrp doctor --respond`. */
import { type Family, familyOf, formatIp, type IpBytes, isLoopbackIp } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { Closable, Ports } from "../../io/ports.ts";
import { type DeliveryMatrix, matrixOf } from "../../proto/doctor/delivery-check.ts";
import { DeliveryResponder } from "../../proto/doctor/delivery-responder.ts";
import {
  type ArrivedProbe,
  type DeliverySockets,
  openDeliverySockets,
} from "./delivery-sockets.ts";
import { sourceFor } from "./listening.ts";
import { readStanding, type Standing } from "./standing.ts";

export interface ResponderQuestion {
  readonly ifName: string;
  readonly vrid: number | null; // answers only who asks about it, or about all
  readonly family: Family | undefined; // both
  readonly forMs: number;
}

type Outside = Pick<
  Ports,
  "clock" | "openNetlink" | "openIpSocket" | "openPacketSocket" | "readNetTable"
>;

/**
 * Answers until the time is over or `signal` aborts, and tells of each who asked when it has ended.
 * @param onReady is given the addresses that answer
 * @returns how many asked. @throws SystemError
 */
export async function respond(
  { ifName, vrid, family, forMs }: ResponderQuestion,
  ports: Outside,
  signal: AbortSignal,
  onReady: (addresses: readonly string[]) => void,
  onAsker: (matrix: DeliveryMatrix) => void,
): Promise<number> {
  const standing = readStanding(ifName, ports);
  const responder = new DeliveryResponder();
  const opened: Closable[] = [];
  const { clock } = ports;
  try {
    const answering = FAMILIES.filter((it) => it === (family ?? it)).flatMap((one) =>
      answerOver(one, standing, vrid, responder, opened, family !== undefined, ports),
    );
    if (answering.length === 0) {
      const detail = "it has no address that could answer";
      throw new SystemError("respond", ifName, "EADDRNOTAVAIL", detail);
    }
    onReady(answering);
    const tell = (nowMs: number): void => {
      for (const { source, ...counts } of responder.takeSettled(nowMs)) {
        onAsker(matrixOf(source, counts));
      }
    };
    const endMs = clock.nowMs() + forMs;
    while (clock.nowMs() < endMs && !signal.aborted) {
      const nextMs = Math.min(clock.nowMs() + LOOK_MS, endMs);
      await new Promise<void>((resolve) => void clock.at(nextMs, resolve));
      tell(clock.nowMs());
    }
    tell(Number.POSITIVE_INFINITY);
    return responder.askers;
  } finally {
    for (const part of opened) part.close();
  }
}

/** @returns the addresses that answer; none where the family is not there and was not asked for */
function answerOver(
  family: Family,
  standing: Standing,
  vrid: number | null,
  responder: DeliveryResponder,
  opened: Closable[],
  insists: boolean,
  ports: Outside,
): string[] {
  const addresses = standing.addresses
    .map(({ ip }) => ip)
    .filter((ip) => familyOf(ip) === family && !isLoopbackIp(ip))
    .slice(0, MOST_ADDRESSES);
  const groupSource = sourceFor(family, standing);
  if (addresses.length === 0 || groupSource.every((byte) => byte === 0)) return [];
  const names = new Set(addresses.map(formatIp));
  const isForUs = ({ probe }: ArrivedProbe): boolean =>
    names.has(formatIp(probe.asked)) && (vrid === null || probe.vrid === 0 || probe.vrid === vrid);
  const onHeard = (arrived: ArrivedProbe): void => {
    if (!isForUs(arrived)) return;
    const { probe, way, source } = arrived;
    const answer = responder.hear(formatIp(source), probe, way, ports.clock.nowMs());
    if (answer === undefined) return;
    sendQuietly(() => {
      if (answer.answerWay === "multicast") sockets.sendToGroup(answer);
      else sockets.sendTo(source, fromFor(source, probe.asked, groupSource), answer);
    });
  };
  const onSeen = (arrived: ArrivedProbe): void => {
    const { probe, way, source } = arrived;
    if (isForUs(arrived)) responder.see(formatIp(source), probe, way, ports.clock.nowMs());
  };
  let sockets: DeliverySockets;
  try {
    const at = { groupSource, addresses };
    sockets = openDeliverySockets(ports, standing.link, family, at, { onHeard, onSeen });
  } catch (error) {
    if (insists || !(error instanceof SystemError) || error.code === "EPERM") throw error;
    return [];
  }
  opened.push(sockets);
  return [...names];
}

/** Who asks from a link-local address is answered from one. */
const fromFor = (to: IpBytes, asked: IpBytes, groupSource: IpBytes): IpBytes =>
  to.length === 16 && to[0] === 0xfe ? groupSource : asked;

/** An answer that this host's own firewall forbids is one that is lost: the asker sees that. */
function sendQuietly(send: () => void): void {
  try {
    send();
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
  }
}

const FAMILIES = [4, 6] as const;
const LOOK_MS = 200;
const MOST_ADDRESSES = 16;
