/** What befalls a simulated cluster, in the words in which a person says it. */

import type { Parsed } from "../../../core/clauses.ts";
import { didYouMean } from "../../../core/closest.ts";
import type { SimulatedCluster, SimulatedNode } from "./cluster.ts";

export type SimulatedEvent =
  | { readonly kind: "fail" | "hang" | "recover"; readonly name: string; readonly node: string }
  | { readonly kind: "set"; readonly name: string; readonly node: string; readonly value: number }
  | { readonly kind: "link-down" | "link-up"; readonly name: string; readonly node: string }
  | { readonly kind: NodeEvent; readonly node: string }
  | { readonly kind: "cut"; readonly nodes: readonly string[] } // together, off from all others
  | { readonly kind: "heal"; readonly nodes: readonly string[] } // none named: all
  | { readonly kind: "loss"; readonly pct: number };

export interface TimedEvent {
  readonly atMs: number;
  readonly event: SimulatedEvent;
}

/** How events are written, for help and errors. */
export const EVENT_FORMS = [
  "fail NAME@NODE",
  "hang NAME@NODE",
  "recover NAME@NODE",
  "set NAME@NODE NUMBER",
  "link down IF@NODE",
  "link up IF@NODE",
  "stop NODE",
  "start NODE",
  "reload NODE",
  "crash NODE",
  "kill NODE",
  "freeze NODE",
  "thaw NODE",
  "cut NODE...",
  "heal [NODE...]",
  "loss N%",
] as const;

/** Reads `fail chk_web@a`; only names that the cluster has are understood. */
export function parseEvent(text: string, cluster: SimulatedCluster): Parsed<SimulatedEvent> {
  const [first = "", ...rest] = text.split(/\s+/).filter((word) => word !== "");
  if (first === "") {
    return { ok: false, reason: `names no event behind the time: write ${EVENT_FORMS.join(", ")}` };
  }
  const isLink = first === "link" && (rest[0] === "down" || rest[0] === "up");
  const verb = isLink ? `link-${rest.shift()}` : first;
  const read = READERS[verb as SimulatedEvent["kind"]];
  if (!Object.hasOwn(READERS, verb)) {
    const verbs = EVENT_FORMS.map((form) => form.split(" ")[0] as string);
    const reason = `begins with ${JSON.stringify(first)}, which is no event${didYouMean(first, verbs)}`;
    return { ok: false, reason: `${reason}: write ${EVENT_FORMS.join(", ")}` };
  }
  const event = read(verb as never, rest, cluster);
  return typeof event === "string" ? { ok: false, reason: event } : { ok: true, value: event };
}

/** As it would be written. */
export function formatEvent(event: SimulatedEvent): string {
  switch (event.kind) {
    case "set":
      return `set ${event.name}@${event.node} ${event.value}`;
    case "cut":
    case "heal":
      return [event.kind, ...event.nodes].join(" ");
    case "loss":
      return `loss ${event.pct}%`;
    default: {
      const subject = "name" in event ? `${event.name}@${event.node}` : event.node;
      return `${event.kind.replace("-", " ")} ${subject}`;
    }
  }
}

type NodeEvent = "stop" | "start" | "reload" | "crash" | "kill" | "freeze" | "thaw";
type Kind = SimulatedEvent["kind"];

/** @returns the event, or what is wrong with the words */
type Reader = (kind: never, words: string[], cluster: SimulatedCluster) => SimulatedEvent | string;

/** What of a node may be named, by what happens to it. */
const named =
  (list: (node: SimulatedNode) => readonly string[], what: string) =>
  (kind: "fail" | "hang" | "recover" | "link-down" | "link-up", words: string[], of: Cluster) => {
    if (words.length !== 1) return `needs one ${what}@NODE`;
    const subject = subjectOf(words[0] as string, of, list, what);
    return typeof subject === "string" ? subject : { kind, ...subject };
  };

const ofNode = (kind: NodeEvent, words: string[], cluster: Cluster): SimulatedEvent | string => {
  const [node, ...more] = words;
  if (node === undefined || more.length > 0) return "needs the name of one node";
  return unknownNode(node, cluster) ?? { kind, node };
};

const ofNodes = (kind: "cut" | "heal", nodes: string[], cluster: Cluster) => {
  if (kind === "cut" && nodes.length === 0) return "needs the name of a node";
  return nodes.map((node) => unknownNode(node, cluster)).find(Boolean) ?? { kind, nodes };
};

function setFile(kind: "set", words: string[], cluster: Cluster): SimulatedEvent | string {
  const [target = "", text = "", ...more] = words;
  if (more.length > 0 || !/^-?\d{1,10}$/.test(text)) return "needs FILE@NODE and a number";
  const subject = subjectOf(target, cluster, filesOf, "FILE");
  return typeof subject === "string" ? subject : { kind, ...subject, value: Number(text) };
}

function setLoss(kind: "loss", words: string[]): SimulatedEvent | string {
  const [, pct] = /^(\d{1,3}(?:\.\d+)?)%?$/.exec(words.join("")) ?? [];
  return pct === undefined || Number(pct) > 100
    ? "needs a share of 0% to 100%"
    : { kind, pct: Number(pct) };
}

function subjectOf(
  text: string,
  cluster: Cluster,
  list: (node: SimulatedNode) => readonly string[],
  what: string,
): { name: string; node: string } | string {
  const at = text.lastIndexOf("@");
  if (at <= 0) {
    const all = cluster.nodes.flatMap((node) => list(node).map((name) => `${name}@${node.name}`));
    return `names ${JSON.stringify(text)}, which is no ${what}@NODE${thereIs(all)}`;
  }
  const [name, node] = [text.slice(0, at), text.slice(at + 1)];
  const found = cluster.nodes.find((one) => one.name === node);
  if (found === undefined) return unknownNode(node, cluster) ?? "";
  const names = list(found);
  if (names.includes(name)) return { name, node };
  return `names ${JSON.stringify(name)}, which ${node} does not have${didYouMean(name, names) || thereIs(names)}`;
}

function unknownNode(node: string, { nodes }: Cluster): string | undefined {
  const names = nodes.map(({ name }) => name);
  if (names.includes(node)) return undefined;
  const hint = didYouMean(node, names) || thereIs(names);
  return `names ${JSON.stringify(node)}, which is no node${hint}`;
}

function thereIs(names: readonly string[]): string {
  if (names.length === 0) return ": there is none";
  return `: there is ${names.length > MOST_NAMED ? `${names.length} others` : names.join(", ")}`;
}

const MOST_NAMED = 8;

const scriptsOf = ({ scripts }: SimulatedNode) => scripts.map(({ name }) => name);
const checksOf = (node: SimulatedNode) => [...scriptsOf(node), ...node.watched];
const filesOf = ({ files }: SimulatedNode) => files.map(({ name }) => name);

/** The interfaces that matter to a node. */
export const linksOf = ({ instances }: SimulatedNode): string[] => {
  const tracked = instances.flatMap(({ trackers }) =>
    trackers.flatMap(({ kind, name }) => (kind === "interface" ? [name] : [])),
  );
  return [...new Set([...instances.map(({ ifName }) => ifName), ...tracked])];
};

type Cluster = SimulatedCluster;

const READERS: { readonly [K in Kind]: Reader } = {
  fail: named(checksOf, "CHECK"),
  recover: named(checksOf, "CHECK"),
  hang: named(scriptsOf, "SCRIPT"),
  set: setFile,
  "link-down": named(linksOf, "INTERFACE"),
  "link-up": named(linksOf, "INTERFACE"),
  stop: ofNode,
  start: ofNode,
  reload: ofNode,
  crash: ofNode,
  kill: ofNode,
  freeze: ofNode,
  thaw: ofNode,
  cut: ofNodes,
  heal: ofNodes,
  loss: setLoss,
};
