/**
 * The virtual routes and rules of one router: in the kernel while it is MASTER, else not. What
 * disappears is put back; what the kernel refuses is told once and tried again, and stops nothing else.
 */
import { SystemError } from "../../core/errors.ts";
import { RTM, RTNL_GROUPS } from "../../core/netlink/rtnl.ts";
import { decodeRoute } from "../../core/netlink/rtnl-route.ts";
import { decodeRule } from "../../core/netlink/rtnl-rule.ts";
import type { Cancel, Closable, NetlinkEvent, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { Holding } from "./holdings.ts";
import {
  type RoutingChange,
  type RoutingEntry,
  RoutingSnapshot,
  routingEntries,
  type VirtualRouting,
} from "./virtual-routing.ts";

type Tell = (type: "notice" | "trouble", text: string) => void;

export class HeldRouting implements Holding, Closable {
  readonly #netlink: NetlinkSocket;
  readonly #clock: Ports["clock"];
  readonly #tell: Tell;
  readonly #entries: readonly RoutingEntry[];
  readonly #watch: Closable | undefined;
  #holding: boolean;
  #missing: readonly RoutingEntry[] = []; // while holding: refused so far, by the last try
  #told = ""; // the refusals that were told last
  #nextCheck: { readonly dueMs: number; readonly cancel: Cancel } | undefined;
  #checkedMs = Number.NEGATIVE_INFINITY;

  constructor(
    ports: Pick<Ports, "clock" | "watchNetlink">,
    netlink: NetlinkSocket,
    routing: VirtualRouting,
    tell: Tell,
  ) {
    this.#netlink = netlink;
    this.#clock = ports.clock;
    this.#tell = tell;
    this.#holding = false;
    this.#entries = routingEntries(netlink, routing);
    if (this.#entries.length > 0) {
      this.#watch = ports.watchNetlink(groupsOf(routing), (event) => {
        if (this.#holding && this.#concerns(event)) this.#checkSoon(this.#clock.nowMs());
      });
    }
  }

  /** Adds them at the start; what is there then stays until it is told to have gone. A refusal is told. */
  hold(): void {
    if (this.#holding || this.#entries.length === 0) return;
    this.#holding = true;
    this.#told = "";
    this.#put(this.#entries);
  }

  release(): void {
    if (!this.#holding) return;
    this.#checkNoMore();
    this.#remove([...this.#entries].reverse());
    this.#holding = false; // not before: what was refused is tried again at the end
  }

  /** Leaves what somebody else of this process has from now on, and removes the rest. @throws SystemError */
  leave(kept: VirtualRouting): void {
    if (!this.#holding) return;
    this.#checkNoMore();
    this.#holding = false;
    const stays = new Set(routingEntries(this.#netlink, kept).map(nameOf));
    this.#remove(this.#entries.filter((entry) => !stays.has(nameOf(entry))).reverse());
  }

  leftovers(): string[] {
    return leftoversOf(this.#netlink, this.#entries);
  }

  inherit(): string[] {
    const found = this.leftovers();
    this.#remove([...this.#entries].reverse());
    return found;
  }

  close(): void {
    this.#checkNoMore();
    this.#watch?.close();
  }

  /** Puts back what is not there, or not as it should be. */
  #check(): void {
    this.#checkedMs = this.#clock.nowMs();
    const kernel = new RoutingSnapshot(this.#netlink);
    const lost = this.#entries.flatMap((entry) => {
      const state = entry.find(kernel);
      return state === "present" ? [] : [{ entry, state }];
    });
    this.#remove(lost.flatMap(({ entry, state }) => (state === "altered" ? entry : [])));
    const before = this.#missing;
    this.#put(lost.map(({ entry }) => entry));
    for (const { entry } of lost) {
      if (before.includes(entry) || this.#missing.includes(entry)) continue;
      this.#tell("notice", `${entry.kind} ${entry.text} was taken away: put back`);
    }
  }

  #put(entries: readonly RoutingEntry[]): void {
    const refusals = this.#add(entries);
    this.#missing = [...refusals.keys()];
    const text = [...refusals.values()].map(({ message }) => message).join("; ");
    if (text !== this.#told && text !== "") this.#tell("trouble", text);
    this.#told = text;
    // The kernel tells no one when a gateway comes within reach.
    if (text !== "") this.#checkSoon(this.#clock.nowMs() + RETRY_MS);
  }

  /** In one go. @returns what was refused, and why */
  #add(entries: readonly RoutingEntry[]): Map<RoutingEntry, SystemError> {
    const refusals = new Map<RoutingEntry, SystemError>();
    const asked = entries.flatMap((entry) => {
      try {
        return [{ entry, request: entry.add() }];
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        refusals.set(entry, error);
        return [];
      }
    });
    const answers = this.#netlink.transact(asked.map(({ request }) => request));
    for (const [index, { refusal }] of answers.entries()) {
      if (refusal === undefined) continue;
      const { entry } = asked[index] as (typeof asked)[number];
      const isThere = refusal.code === "EEXIST";
      if (isThere && entry.find(new RoutingSnapshot(this.#netlink)) === "present") continue;
      const detail = isThere ? IN_THE_WAY : refusal.detail;
      refusals.set(entry, new SystemError(`${entry.kind} add`, entry.text, refusal.code, detail));
    }
    return refusals;
  }

  /** @throws SystemError of the first refusal */
  #remove(entries: readonly RoutingEntry[]): void {
    const kernel = new RoutingSnapshot(this.#netlink);
    const asked = entries.flatMap((entry) =>
      entry.remove(kernel).map((request) => ({ entry, request })),
    );
    const answers = this.#netlink.transact(asked.map(({ request }) => request));
    for (const [index, { refusal }] of answers.entries()) {
      if (refusal === undefined || GONE.includes(refusal.code)) continue;
      const { kind, text } = (asked[index] as (typeof asked)[number]).entry;
      throw new SystemError(`${kind} delete`, text, refusal.code, refusal.detail);
    }
  }

  #concerns(event: NetlinkEvent): boolean {
    if (event.kind === "lost") return true;
    switch (event.type) {
      case RTM.newAddress: // also the renewal of every lease
        return this.#missing.length > 0;
      case RTM.newLink: // IPv4 routes of a link that goes down leave without a word
      case RTM.deleteLink:
      case RTM.deleteAddress:
        return true;
      default: {
        const changed = changeOf(event);
        return changed !== undefined && this.#entries.some((entry) => entry.concerns(changed));
      }
    }
  }

  /** Many notifications make one check; who fights us for a route costs neither side its processor. */
  #checkSoon(atMs: number): void {
    const dueMs = Math.max(atMs, this.#checkedMs + BREAK_MS);
    if (this.#nextCheck !== undefined && this.#nextCheck.dueMs <= dueMs) return;
    this.#nextCheck?.cancel();
    const cancel = this.#clock.at(dueMs, () => {
      this.#nextCheck = undefined;
      try {
        this.#check();
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        this.#tell("trouble", error.message);
        this.#checkSoon(this.#clock.nowMs() + RETRY_MS);
      }
    });
    this.#nextCheck = { dueMs, cancel };
  }

  #checkNoMore(): void {
    this.#nextCheck?.cancel();
    this.#nextCheck = undefined;
  }
}

/** As `leftovers` of one that nobody runs yet. @throws SystemError */
export const routingLeftovers = (netlink: NetlinkSocket, routing: VirtualRouting): string[] =>
  leftoversOf(netlink, routingEntries(netlink, routing));

function leftoversOf(netlink: NetlinkSocket, entries: readonly RoutingEntry[]): string[] {
  const kernel = new RoutingSnapshot(netlink);
  return entries
    .filter((entry) => entry.find(kernel) !== "absent")
    .map(({ kind, text }) => `${kind} ${text} was there already, ${FATE}`);
}

const nameOf = ({ kind, text }: RoutingEntry): string => `${kind} ${text}`;

function changeOf({ type, body }: NetlinkEvent & { kind: "message" }): RoutingChange | undefined {
  if (type === RTM.newRoute || type === RTM.deleteRoute) {
    const route = decodeRoute(body);
    return route.ok
      ? { kind: "route", gone: type === RTM.deleteRoute, route: route.value }
      : undefined;
  }
  const rule = decodeRule(body);
  return rule.ok ? { kind: "rule", gone: type === RTM.deleteRule, rule: rule.value } : undefined;
}

/** A host may have a million routes that change all day: who has none here hears of none. */
function groupsOf({ routes, rules }: VirtualRouting): number[] {
  const { link, ip4Address, ip6Address, ip4Route, ip6Route, ip4Rule, ip6Rule } = RTNL_GROUPS;
  return [
    ...(routes.length > 0 ? [link, ip4Address, ip6Address, ip4Route, ip6Route] : []),
    ...(rules.length > 0 ? [ip4Rule, ip6Rule] : []),
  ];
}

/** No such route, no such rule. */
const GONE = ["ESRCH", "ENOENT"];
const FATE = "left by a run that died: removed until this router is MASTER";
const IN_THE_WAY = "another one that is not ours has its place";
const RETRY_MS = 1000;
const BREAK_MS = 50;
