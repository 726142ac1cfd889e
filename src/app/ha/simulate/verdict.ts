/** What an event did to each virtual router of a simulated cluster: was, became, and why. */
import { formatEvent, type SimulatedEvent } from "./event.ts";
import {
  addressesOf,
  familiesOf,
  type Intruders,
  instanceNames,
  intrudersAmong,
  mastersOf,
  nodeNames,
  type RouterFamily,
} from "./families.ts";
import { type AddressHistory, totalMs } from "./holders.ts";
import { whyItMoved, whyItStays, whyTwo, wordOf } from "./reasons.ts";
import type { SimulatedRouter } from "./router.ts";

export interface Verdict {
  readonly atMs: number;
  readonly event: string;
  readonly idle: string | null; // why it changed nothing, in words: then there are no findings
  readonly findings: readonly VerdictFinding[];
}

/** Virtual routers that fared alike. */
export interface VerdictFinding {
  readonly outcome: Outcome;
  readonly instances: readonly string[];
  readonly from: readonly string[]; // nodes that were MASTER
  readonly to: readonly string[]; // nodes that are
  readonly afterMs: number | null; // until it became that; null where nobody did
  readonly nobodyMs: number; // the worst of the addresses: without a holder
  readonly severalMs: number; // with more than one
  readonly takeovers: number; // how often any of them became MASTER
  readonly lost: readonly string[]; // addresses that no client reaches when it is judged
  readonly severalLast: boolean; // an address has more than one holder then
  readonly reason: string; // in words; may be empty
}

export type Outcome =
  | "failover" // another node is MASTER
  | "no-failover" // what failed is MASTER still
  | "failback" // another one, after something was mended
  | "no-change"
  | "flapping" // it went more often than once, or away and back
  | "no-master"
  | "split"; // several are

export class VerdictWatch {
  readonly #event: SimulatedEvent;
  readonly #idle: string | null;
  readonly #atMs: number;
  readonly #routers: readonly SimulatedRouter[];
  readonly #families: readonly RouterFamily[];
  readonly #before: readonly (readonly SimulatedRouter[])[]; // masters of each family
  readonly #takeovers: ReadonlyMap<SimulatedRouter, number>; // before
  readonly #nowMs: () => number;

  /** @param idle why the event changes nothing, if it is so */
  constructor(
    event: SimulatedEvent,
    idle: string | null,
    routers: readonly SimulatedRouter[],
    nowMs: () => number,
  ) {
    this.#event = event;
    this.#idle = idle;
    this.#atMs = nowMs();
    this.#nowMs = nowMs;
    this.#routers = routers;
    this.#families = familiesOf(routers);
    this.#before = this.#families.map(mastersOf);
    this.#takeovers = new Map(routers.map((router) => [router, router.takeovers]));
  }

  verdict(): Verdict {
    const head = { atMs: this.#atMs, event: formatEvent(this.#event), idle: this.#idle };
    if (this.#idle !== null) return { ...head, findings: [] };
    const intrudersOf = intrudersAmong(this.#families);
    const findings = this.#families.map((family, at) => {
      return this.#find(family, this.#before[at] ?? [], intrudersOf);
    });
    return { ...head, findings: together(findings) };
  }

  #find(
    family: RouterFamily,
    before: readonly SimulatedRouter[],
    intrudersOf: Intruders,
  ): VerdictFinding {
    const own = mastersOf(family);
    const masters = [...own, ...own.flatMap((master) => intrudersOf(master, family))];
    const won = this.#won(family);
    const outcome = this.#outcome(before, masters, won);
    const addresses = addressesOf(family);
    const worstMs = (spans: "nobody" | "several"): number =>
      Math.max(0, ...addresses.map((address) => totalMs(address[spans](this.#atMs))));
    const isNew = outcome === "failover" || outcome === "failback";
    const sinceMs = Math.max(...masters.map(({ masterSinceMs }) => masterSinceMs - this.#atMs));
    return {
      outcome,
      instances: instanceNames(family),
      from: nodeNames(before),
      to: nodeNames(masters),
      afterMs: isNew && sinceMs >= 0 ? sinceMs : null,
      nobodyMs: worstMs("nobody"),
      severalMs: worstMs("several"),
      takeovers: won.reduce((sum, { times }) => sum + times, 0),
      lost: addresses.filter((one) => isLost(one, family)).map(({ address }) => address),
      severalLast: addresses.some(({ holders }) => holders.length > 1),
      reason: outcome === "flapping" ? wonText(won) : this.#reason(before[0], masters, family),
    };
  }

  /** Who became MASTER since the event. */
  #won(family: RouterFamily): Won[] {
    const won = family.map((router) => {
      return { router, times: router.takeovers - (this.#takeovers.get(router) ?? 0) };
    });
    return won.filter(({ times }) => times > 0);
  }

  #outcome(
    before: readonly SimulatedRouter[],
    after: readonly SimulatedRouter[],
    won: readonly Won[],
  ): Outcome {
    if (after.length === 0) return "no-master";
    if (after.length > 1) return "split";
    const isSame = before.length === 1 && before[0] === after[0];
    if (won.some(({ times }) => times > (isSame ? 0 : 1))) return "flapping";
    const isBad = !isMending(this.#event);
    if (!isSame) return isBad ? "failover" : "failback";
    return isBad && after[0] !== undefined && this.#concerns(after[0])
      ? "no-failover"
      : "no-change";
  }

  /** A check or link of a node is the matter of those that track it; of all, where nobody does. */
  #concerns(master: SimulatedRouter): boolean {
    const event = this.#event;
    if (!("node" in event) || master.host.name !== event.node) return false;
    if (!("name" in event)) return true;
    const tracks = ({ instance: { ifName, trackers } }: SimulatedRouter): boolean =>
      ifName === event.name || trackers.some(({ name }) => name === event.name);
    const own = this.#routers.filter(({ host }) => host === master.host);
    return tracks(master) || !own.some(tracks);
  }

  #reason(
    former: SimulatedRouter | undefined,
    masters: readonly SimulatedRouter[],
    family: RouterFamily,
  ): string {
    const [master] = masters;
    if (masters.length > 1) return whyTwo(masters);
    if (master === undefined) {
      return family.map((router) => `${router.host.name} ${wordOf(router)}`).join(", ");
    }
    return former === master
      ? whyItStays(master, family, this.#event, this.#nowMs() - this.#atMs)
      : whyItMoved(former, master);
  }
}

interface Won {
  readonly router: SimulatedRouter;
  readonly times: number;
}

/** `b became MASTER 3 times`. */
const wonText = (won: readonly Won[]): string =>
  won
    .map(({ router, times }) => {
      return `${router.host.name} became MASTER ${times === 1 ? "once" : `${times} times`}`;
    })
    .join(", ");

/** It had a holder, or a node that runs should be one. */
const isLost = (address: AddressHistory, family: RouterFamily): boolean =>
  !address.isReached &&
  (address.firstHeldMs !== null ||
    family.some(({ host, addresses }) => {
      return host.isUp && !host.isFrozen && addresses.includes(address);
    }));

/** Findings that differ in their instances and the names of addresses alone become one. */
function together(findings: readonly VerdictFinding[]): VerdictFinding[] {
  const groups = new Map<string, VerdictFinding>();
  for (const finding of findings) {
    const key = JSON.stringify({ ...finding, instances: [], lost: finding.lost.length > 0 });
    const known = groups.get(key);
    const instances = [...(known?.instances ?? []), ...finding.instances];
    groups.set(key, { ...finding, instances, lost: [...(known?.lost ?? []), ...finding.lost] });
  }
  return [...groups.values()];
}

/** What should do no harm. */
const isMending = (event: SimulatedEvent): boolean =>
  MENDING.has(event.kind) || (event.kind === "loss" && event.pct === 0);

const MENDING: ReadonlySet<SimulatedEvent["kind"]> = new Set([
  "recover",
  "heal",
  "link-up",
  "start",
  "thaw",
  "reload",
]);
