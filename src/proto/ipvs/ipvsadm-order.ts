/**
 * The order in which ipvsadm shows services and destinations. It subtracts numbers of 32 bits as signed ones, so
 * that 192.168.0.1 comes before 10.0.0.1 and of three addresses each may come before another: what comes out
 * then is up to the way of sorting, which is that of its C library, a merge sort from the top.
 */
import type { IpBytes } from "../../core/addr.ts";
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import { type ServiceId, serviceFamily } from "../../core/netlink/ipvs-service.ts";

export const sortedServices = <T>(services: readonly T[], idOf: (one: T) => ServiceId): T[] =>
  mergeSorted(services, (a, b) => compareServices(idOf(a), idOf(b)));

export const sortedDestinations = <T>(
  all: readonly T[],
  of: (one: T) => Pick<IpvsDestination, "ip" | "port">,
): T[] => mergeSorted(all, (a, b) => compareDestinations(of(a), of(b)));

function compareServices(a: ServiceId, b: ServiceId): number {
  const marks = (markOf(a) - markOf(b)) | 0;
  if (marks !== 0) return marks;
  const families = serviceFamily(a) - serviceFamily(b);
  if (families !== 0 || a.by === "fwmark" || b.by === "fwmark") return families;
  const protocols = PROTOCOLS[a.protocol] - PROTOCOLS[b.protocol];
  return protocols === 0 ? compareDestinations(a, b) : protocols;
}

type Endpoint = Pick<IpvsDestination, "ip" | "port">;

function compareDestinations(a: Endpoint, b: Endpoint): number {
  const words = a.ip.length / 4;
  for (let word = 0; word < words; word += 1) {
    const difference = (wordOf(a.ip, word) - wordOf(b.ip, word)) | 0;
    if (difference !== 0) return difference;
  }
  return a.port - b.port;
}

const markOf = (id: ServiceId): number => (id.by === "fwmark" ? id.mark : 0);

const wordOf = (ip: IpBytes, word: number): number =>
  ip.length < word * 4 + 4 ? 0 : new DataView(ip.buffer, ip.byteOffset).getUint32(word * 4);

function mergeSorted<T>(all: readonly T[], compare: (a: T, b: T) => number): T[] {
  if (all.length < 2) return [...all];
  const half = Math.floor(all.length / 2);
  const left = mergeSorted(all.slice(0, half), compare);
  const right = mergeSorted(all.slice(half), compare);
  const merged: T[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    const [a, b] = [left[l] as T, right[r] as T];
    const takesLeft = compare(a, b) <= 0;
    merged.push(takesLeft ? a : b);
    if (takesLeft) l += 1;
    else r += 1;
  }
  return [...merged, ...left.slice(l), ...right.slice(r)];
}

const PROTOCOLS = { tcp: 6, udp: 17, sctp: 132 } as const;
