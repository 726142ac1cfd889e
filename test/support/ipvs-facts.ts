/** Facts for the checks of `ipvs doctor`: a balancer that is well, unless changed. */
import { formatIp } from "../../src/core/addr.ts";
import type { IpvsDestination } from "../../src/core/netlink/ipvs-destination.ts";
import type { IpvsService } from "../../src/core/netlink/ipvs-service.ts";
import type { AnswerFact, IpvsFacts, Way } from "../../src/proto/ipvs/doctor/facts.ts";
import { membersOf, vipOf } from "../../src/proto/ipvs/doctor/subjects.ts";
import type { VirtualService } from "../../src/proto/ipvs/table.ts";
import { linkFact } from "./doctor.ts";
import { destinationTo, serviceAt } from "./ipvs.ts";
import { ip } from "./packets.ts";

/** `tcp 192.0.2.1:80`, and what it leads to. */
export const virtual = (
  words: string,
  destinations: readonly IpvsDestination[] = [destinationTo("10.0.0.11:80")],
  more: Partial<IpvsService> = {},
): VirtualService => ({ service: serviceAt(words, more), destinations });

export const directTo = (at: string, more: Partial<IpvsDestination> = {}): IpvsDestination =>
  destinationTo(at, { forwarding: { by: "direct" }, ...more });

export const way = (changes: Partial<Way> = {}): Way => ({
  ...{ ifName: "eth0", gateway: null, isLocal: false, mtuBytes: 1500 },
  ...changes,
});

export const gateway = (text: string): Way => way({ gateway: ip(text) });

interface Changes extends Partial<Omit<IpvsFacts, "ways" | "setting">> {
  readonly settings?: Readonly<Record<string, string>>;
  readonly ways?: Readonly<Record<string, Way | null>>;
}

/** Virtual addresses are on eth0, by which all else is reached. */
export function ipvsFacts(services: readonly VirtualService[], changes: Changes = {}): IpvsFacts {
  const { settings = {}, ways = {}, ...rest } = changes;
  const vips = services.flatMap((one) => vipOf(one) ?? []).map(formatIp);
  const servers = membersOf({ services }).map(({ destination }) => formatIp(destination.ip));
  return {
    services,
    timeouts: { tcpS: 900, tcpFinS: 120, udpS: 300 },
    daemons: [],
    release: [6, 1],
    setting: (path) => settings[path],
    links: [linkFact()],
    ways: new Map([
      ...servers.map((text) => [text, way()] as const),
      ...vips.map((text) => [text, way({ ifName: "lo", isLocal: true })] as const),
      ...Object.entries(ways),
    ]),
    waysOut: { 4: "eth0", 6: "eth0" },
    places: new Map(vips.map((text) => [text, "eth0"])),
    answers: [],
    ...rest,
  };
}

/** Of 10.0.0.11, which says nothing of 192.0.2.1. */
export const answerFact = (changes: Partial<AnswerFact> = {}): AnswerFact => ({
  ifName: "eth0",
  refusal: null,
  vips: [{ ip: "192.0.2.1", servers: ["10.0.0.11"], macs: [] }],
  servers: new Map([["10.0.0.11", ["02:00:00:00:00:11"]]]),
  unasked: 0,
  ...changes,
});
