/** Why an event changes nothing: what it asks for is so already, or it cannot reach the process. */
import type { SimulatedEvent } from "./event.ts";
import type { SimulatedHost } from "./host.ts";
import { FATES } from "./script.ts";

/** To be asked before the event happens. @returns null where it changes something */
export function idleReason(
  event: SimulatedEvent,
  hosts: readonly SimulatedHost[],
  lossPct: number,
): string | null {
  switch (event.kind) {
    case "loss":
      return event.pct === lossPct ? `it is ${lossPct}% already` : null;
    case "cut":
      return isCutAlready(event.nodes, hosts) ? `${listed(event.nodes)} cut off already` : null;
    case "heal":
      return idleHeal(event.nodes, hosts);
    default: {
      const host = hosts.find(({ name }) => name === event.node);
      return host === undefined ? null : idleOn(host, event);
    }
  }
}

type HostEvent = Extract<SimulatedEvent, { node: string }>;

function idleOn(host: SimulatedHost, event: HostEvent): string | null {
  switch (event.kind) {
    case "fail":
    case "hang":
    case "recover":
      return idleCheck(host, event);
    case "set":
      return host.watchedState(event.name) === event.value
        ? `${event.name} of ${host.name} is ${event.value} already`
        : null;
    case "link-down":
    case "link-up":
      return host.hasLink(event.name) === (event.kind === "link-up")
        ? `${event.name} of ${host.name} is ${event.kind.slice("link-".length)} already`
        : null;
    default:
      return idleProcess(host, event.kind);
  }
}

function idleCheck(
  host: SimulatedHost,
  { kind, name }: Extract<HostEvent, { kind: keyof typeof FATES }>,
): string | null {
  const running = host.scripts.find(({ script }) => script.name === name);
  const isSo =
    running === undefined
      ? host.watchedState(name) === (kind === "recover" ? "up" : "down")
      : running.fate === FATES[kind];
  if (!isSo) return null;
  return `${name} of ${host.name} ${kind === "recover" ? "has not failed" : `${kind}s already`}`;
}

function idleProcess(host: SimulatedHost, kind: HostEvent["kind"]): string | null {
  const { name, isUp, isFrozen, isStopping } = host;
  if (kind === "start") {
    if (!isUp) return null;
    return isStopping ? `${name} has not ended yet` : `${name} runs already`;
  }
  if (kind === "thaw") return isFrozen ? null : `${name} is not frozen`;
  if (kind === "crash" && host.routers.some(({ holds }) => holds)) return null; // of a killed one
  if (!isUp) return `${name} does not run`;
  const isDeaf = isFrozen && (kind === "stop" || kind === "reload");
  if (isDeaf) return `${name} is frozen, and learns of it only when it thaws`;
  return isFrozen && kind === "freeze" ? `${name} is frozen already` : null;
}

/** Together, and off from all others. */
function isCutAlready(nodes: readonly string[], hosts: readonly SimulatedHost[]): boolean {
  const segments = new Set(
    hosts.filter(({ name }) => nodes.includes(name)).map(({ segment }) => segment),
  );
  const there = hosts.filter(({ segment }) => segments.has(segment));
  return segments.size === 1 && !segments.has(0) && there.length === new Set(nodes).size;
}

function idleHeal(nodes: readonly string[], hosts: readonly SimulatedHost[]): string | null {
  const meant = hosts.filter(({ name }) => nodes.length === 0 || nodes.includes(name));
  if (meant.some(({ segment }) => segment !== 0)) return null;
  return nodes.length === 0 ? "nobody is cut off" : `${listed(nodes)} not cut off`;
}

const listed = (nodes: readonly string[]): string =>
  `${nodes.join(" and ")} ${nodes.length === 1 ? "is" : "are"}`;
