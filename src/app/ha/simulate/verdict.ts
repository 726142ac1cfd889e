/** What an event did to each virtual router of a simulated cluster: was, became, and why. */
import { formatEvent, type SimulatedEvent } from "./event.ts";
import { totalMs } from "./holders.ts";
import { whyItMoved, whyItStays, whyTwo, wordOf } from "./reasons.ts";
import type { SimulatedRouter } from "./router.ts";

export interface Verdict {
  readonly atMs: number;
  readonly event: string;
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
  readonly reason: string; // in words; may be empty
}

export type Outcome =
  | "failover" // another node is MASTER
  | "no-failover" // what failed is MASTER still
  | "failback" // another one, after something was mended
  | "no-change"
  | "no-master"
  | "split"; // several are

export class VerdictWatch {
  readonly #event: SimulatedEvent;
  readonly #atMs: number;
  readonly #routers: readonly SimulatedRouter[];
  readonly #before: ReadonlyMap<string, readonly SimulatedRouter[]>; // masters, by virtual router
  readonly #nowMs: () => number;

  constructor(event: SimulatedEvent, routers: readonly SimulatedRouter[], nowMs: () => number) {
    this.#event = event;
    this.#atMs = nowMs();
    this.#nowMs = nowMs;
    this.#routers = routers;
    this.#before = mastersOf(routers);
  }

  verdict(): Verdict {
    const after = mastersOf(this.#routers);
    const findings = [...after].map(([key, masters]) => this.#find(key, masters));
    return { atMs: this.#atMs, event: formatEvent(this.#event), findings: together(findings) };
  }

  #find(key: string, masters: readonly SimulatedRouter[]): VerdictFinding {
    const before = this.#before.get(key) ?? [];
    const family = this.#routers.filter((router) => router.key === key);
    const outcome = this.#outcome(before, masters);
    const addresses = [...new Set(family.flatMap(({ addresses }) => addresses))];
    const worstMs = (spans: "nobody" | "several"): number =>
      Math.max(0, ...addresses.map((address) => totalMs(address[spans](this.#atMs))));
    const isNew = outcome === "failover" || outcome === "failback";
    const sinceMs = Math.max(...masters.map(({ masterSinceMs }) => masterSinceMs - this.#atMs));
    return {
      outcome,
      instances: [...new Set(family.map(({ instance }) => instance.name))],
      from: namesOf(before),
      to: namesOf(masters),
      afterMs: isNew && sinceMs >= 0 ? sinceMs : null,
      nobodyMs: worstMs("nobody"),
      severalMs: worstMs("several"),
      reason: this.#reason(outcome, masters, family),
    };
  }

  #outcome(before: readonly SimulatedRouter[], after: readonly SimulatedRouter[]): Outcome {
    if (after.length === 0) return "no-master";
    if (after.length > 1) return "split";
    const isSame = before.length === 1 && before[0] === after[0];
    const isBad = !MENDING.has(this.#event.kind);
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
    outcome: Outcome,
    masters: readonly SimulatedRouter[],
    family: readonly SimulatedRouter[],
  ): string {
    const [master] = masters;
    if (outcome === "split") return whyTwo(masters);
    if (master === undefined) {
      return family.map((router) => `${router.host.name} ${wordOf(router)}`).join(", ");
    }
    const former = this.#before.get(master.key)?.[0];
    return former === master
      ? whyItStays(master, family, this.#event, this.#nowMs() - this.#atMs)
      : whyItMoved(former, master);
  }
}

/** Routers that are MASTER and whose process runs, by virtual router. */
function mastersOf(routers: readonly SimulatedRouter[]): Map<string, SimulatedRouter[]> {
  const masters = new Map<string, SimulatedRouter[]>();
  for (const router of routers) {
    const isMaster = router.state === "master" && router.host.isUp && !router.host.isFrozen;
    const known = masters.get(router.key) ?? [];
    masters.set(router.key, isMaster ? [...known, router] : known);
  }
  return masters;
}

/** Findings that differ in their instances alone become one. */
function together(findings: readonly VerdictFinding[]): VerdictFinding[] {
  const groups = new Map<string, VerdictFinding>();
  for (const finding of findings) {
    const key = JSON.stringify({ ...finding, instances: [] });
    const instances = [...(groups.get(key)?.instances ?? []), ...finding.instances];
    groups.set(key, { ...finding, instances });
  }
  return [...groups.values()];
}

const namesOf = (routers: readonly SimulatedRouter[]): string[] =>
  routers.map(({ host }) => host.name);

/** What should do no harm. */
const MENDING: ReadonlySet<SimulatedEvent["kind"]> = new Set([
  "recover",
  "heal",
  "link-up",
  "start",
  "thaw",
  "reload",
]);
