/** Why a virtual router of a simulation is where it is: its arithmetic in words. */
import { formatIp } from "../../../core/addr.ts";
import { formatDurationMs } from "../../../core/duration.ts";
import { effectivePriority, type Term, type Tracker } from "../../../proto/ha/tracking.ts";
import { destinationsOf } from "../../../proto/vrrp/reach.ts";
import type { SimulatedEvent } from "./event.ts";
import type { SimulatedRouter } from "./router.ts";

/** `150-30=120`; where nothing is added, `150`. */
export function sumText(base: number, terms: readonly Term[]): string {
  if (terms.length === 0) return `${base}`;
  const signed = terms.map(({ points }) => (points < 0 ? `${points}` : `+${points}`));
  return `${base}${signed.join("")}=${effectivePriority(base, terms)}`;
}

/** `FAULT (tracked-down: chk_web)`, `BACKUP 100`, `does not run`. */
export function wordOf({ host, state, faults, standing, isLinkUp }: SimulatedRouter): string {
  if (!host.isUp) return "does not run";
  if (host.isFrozen) return "is frozen";
  if (state === "init") return "waits for its checks";
  if (state !== "fault") return `${state.toUpperCase()} ${standing.priority}`;
  const blame = standing.faults.length > 0 ? `: ${standing.faults.join(", ")}` : "";
  return `FAULT (${isLinkUp ? faults.join(", ") : "link-down"}${blame})`;
}

/** Why the former master no longer is, and another one is. */
export function whyItMoved(former: SimulatedRouter | undefined, master: SimulatedRouter): string {
  if (former === undefined) return `${master.host.name} ${sumOf(master)}`;
  const { host, state } = former;
  if (!host.isUp || host.isFrozen || state !== "backup")
    return `${former.host.name} ${wordOf(former)}`;
  const [was, is] = [former.standing.priority, master.standing.priority];
  const sign = was < is ? "<" : was > is ? ">" : "=";
  return `${sumOf(former)} ${sign} ${sumOf(master)}`;
}

/** Why nobody took over. @param elapsedMs since the event */
export function whyItStays(
  master: SimulatedRouter,
  family: readonly SimulatedRouter[],
  event: SimulatedEvent,
  elapsedMs: number,
): string {
  const unnoticed = whyUnnoticed(master, event, elapsedMs);
  if (unnoticed !== undefined) return unnoticed;
  const rivals = rivalsOf(master, family);
  const [best] = rivals;
  if (best === undefined) {
    const others = family.filter((router) => router !== master);
    const states = others.map((router) => `${router.host.name} ${wordOf(router)}`);
    return ["nobody else can take over", ...states].join(", ");
  }
  const comparison = compare(master, best);
  const isFailure = isCheckOf(master, event) && event.kind !== "recover";
  const hint = isFailure ? weightHint(master, event.name, rivals) : undefined;
  return hint === undefined ? comparison : `${comparison}; ${hint}`;
}

/** Why two are MASTER at once. */
export function whyTwo(masters: readonly SimulatedRouter[]): string {
  const segments = new Set(masters.map(({ host }) => host.segment));
  if (segments.size > 1) return "cut off from each other";
  const rejections = masters.flatMap(({ host, counters: { advertsRejected } }) =>
    Object.keys(advertsRejected).map((reason) => `${host.name} rejects adverts: ${reason}`),
  );
  if (rejections.length > 0) return rejections.join(", ");
  const cut = masters.filter(({ isLinkUp }) => !isLinkUp);
  return cut.length > 0
    ? cut.map(({ host }) => `${host.name} does not track its link, which is down`).join(", ")
    : whyUnheard(masters);
}

/** What they have different of all that an advert must have to arrive. */
function whyUnheard(masters: readonly SimulatedRouter[]): string {
  const shared = masters[0]?.addresses.find((one) =>
    masters.every(({ addresses }) => addresses.includes(one)),
  );
  const held = shared === undefined ? "" : ` for ${shared.address}`;
  const traits: readonly ((router: SimulatedRouter) => string)[] = [
    ({ instance }) => `has virtual_router_id ${instance.config.vrid}${held}`,
    ({ instance }) => (instance.lan === "" ? "" : `is on ${instance.lan}`),
    ({ instance }) => `sends to ${destinationsOf(instance.reach).map(formatIp).join(" and ")}`,
  ];
  const differing = traits.find((trait) => new Set(masters.map(trait)).size > 1);
  if (differing === undefined) return "";
  return masters.map((router) => `${router.host.name} ${differing(router)}`).join(", ");
}

/** A failing check that has come to nothing yet, or that nobody asks for. */
function whyUnnoticed(
  master: SimulatedRouter,
  event: SimulatedEvent,
  elapsedMs: number,
): string | undefined {
  if (!isCheckOf(master, event)) return undefined;
  const { trackers, tracksOwnLink, ifName } = master.instance;
  const { name } = event;
  const isOwnLink = event.kind.startsWith("link") && name === ifName;
  if (!trackers.some((tracker) => tracker.name === name)) {
    return isOwnLink && tracksOwnLink ? undefined : `it does not track ${name}`;
  }
  if (!master.trackers.some((tracker) => tracker.name === name)) {
    return master.instance.config.priority === OWNER
      ? "priority 255 owns the addresses, and no weight counts"
      : `in a sync group the weight of ${name} does not count`;
  }
  const script = master.host.scripts.find((running) => running.script.name === name);
  if (script?.state !== "up" || event.kind === "recover") return undefined;
  const { fall, intervalMs } = script.script;
  const every = `${fall} of ${fall === 1 ? "them" : "them in a row"}`;
  const pace = `it is asked every ${formatDurationMs(intervalMs)} and down after ${every}`;
  return `${name} is still up after ${formatDurationMs(elapsedMs)}: ${pace}`;
}

const isCheckOf = (
  { host }: SimulatedRouter,
  event: SimulatedEvent,
): event is Extract<SimulatedEvent, { name: string }> =>
  "name" in event && event.node === host.name;

/** Who hears the master and could be it, the strongest first. */
const rivalsOf = (master: SimulatedRouter, family: readonly SimulatedRouter[]) =>
  family
    .filter((router) => {
      const { host, state, isLinkUp } = router;
      const isPresent = host.isUp && !host.isFrozen && host.segment === master.host.segment;
      return router !== master && isPresent && isLinkUp && state === "backup";
    })
    .sort((a, b) => b.standing.priority - a.standing.priority);

function compare(master: SimulatedRouter, best: SimulatedRouter): string {
  const [ours, theirs] = [master.standing.priority, best.standing.priority];
  const sums = (sign: string): string => `${sumOf(master)} ${sign} ${sumOf(best)}`;
  if (ours > theirs) return sums(">");
  if (ours === theirs) return `${sums("=")}, and equals let a master be`;
  const { preempt, preemptDelayMs } = best.instance.config;
  const { name } = best.host;
  if (!preempt) return `${sums("<")}, but ${name} has nopreempt: it waits until no master is heard`;
  if (preemptDelayMs === 0) return `${sums("<")}, but ${name} has not taken over yet`;
  return `${sums("<")}, but ${name} has preempt_delay ${formatDurationMs(preemptDelayMs)}`;
}

/** What weight would have moved the addresses. */
function weightHint(
  { trackers, standing, instance }: SimulatedRouter,
  name: string,
  rivals: readonly SimulatedRouter[],
): string | undefined {
  const tracker = trackers.find((one) => one.name === name);
  if (tracker === undefined || tracker.weight === 0) return undefined;
  const preempting = rivals.filter((rival) => rival.instance.config.preempt);
  const best = preempting[0]?.standing.priority;
  if (best === undefined)
    return "no weight would move it: with weight 0 its failure would be a fault";
  const others = standing.terms.filter((term) => term.name !== name);
  const rest = others.reduce((sum, { points }) => sum + points, instance.config.priority);
  if (rest < best) return undefined;
  if (adds(tracker))
    return `${rest} without ${name} is not below ${best}, so that it never matters`;
  const most = best - rest;
  return most <= LEAST_WEIGHT || best <= 1
    ? "no weight can move it"
    : `a weight below ${most} would move it`;
}

/** Whether it counts while all is well, rather than when something fails. */
const adds = ({ kind, weight }: Tracker): boolean => kind !== "file" && weight > 0;

const sumOf = ({ instance, standing }: SimulatedRouter): string =>
  sumText(instance.config.priority, standing.terms);

const OWNER = 255;
const LEAST_WEIGHT = -253;
