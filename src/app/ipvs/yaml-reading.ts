/** What is read of a table file in YAML so far: places of its parts, and the servers that have names. */
import { parseDurationMs } from "../../core/duration.ts";
import { quoted } from "../../core/printable.ts";
import type { YamlNodes } from "../yaml-nodes.ts";
import type { NamedServer } from "./named-servers.ts";

export class YamlReading {
  readonly nodes: YamlNodes;
  readonly whereOf: (node: unknown) => string;
  readonly places: Map<string, string> = new Map();
  readonly named: NamedServer[] = [];

  constructor(nodes: YamlNodes, whereOf: (node: unknown) => string) {
    this.nodes = nodes;
    this.whereOf = whereOf;
  }

  /** @throws UsageError where the subject stands elsewhere already */
  place(subject: string, node: unknown): void {
    const other = this.places.get(subject);
    if (other !== undefined) this.nodes.refuse(node, `${subject} is there already, at ${other}`);
    this.places.set(subject, this.whereOf(node));
  }

  /** What `parse` makes of a text; a text from it is why that is none. */
  parsed<T>(node: unknown, parse: (text: string) => T | string): Exclude<T, string> {
    const text = this.nodes.text(node);
    const value = parse(text);
    if (typeof value !== "string") return value as Exclude<T, string>;
    return this.nodes.refuse(node, `${quoted(text)} ${value}`);
  }

  /** What has to be there. @param example how it may look */
  needed(value: unknown, of: unknown, what: string): unknown {
    return value === undefined ? this.nodes.refuse(of, `has no ${what}`) : value;
  }

  /** A duration of whole seconds, with its unit. @param usual where nothing stands there */
  seconds(node: unknown, usual?: number): number {
    if (node === undefined && usual !== undefined) return usual;
    const parsed = parseDurationMs(this.nodes.text(node));
    if ("reason" in parsed) return this.nodes.refuse(node, parsed.reason);
    const seconds = parsed.ms / 1000;
    if (seconds >= 1 && Number.isInteger(seconds)) return seconds;
    return this.nodes.refuse(node, `${quoted(this.nodes.text(node))} is not whole seconds`);
  }

  /** Of something that the kernel has by a short name. */
  kernelName(node: unknown, what: string): string {
    const name = this.nodes.text(node);
    if (/^[\x21-\x7e]{1,15}$/.test(name)) return name;
    return this.nodes.refuse(node, `${quoted(name)} is no name of a ${what}`);
  }
}
