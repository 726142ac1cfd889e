/** What the nodes of a YAML text have to be: text, lists, and maps whose keys are known. All refusals have a place. */
import type { YAMLMap } from "yaml";
import { didYouMean } from "../core/closest.ts";
import { quoted } from "../core/printable.ts";

/** Always throws, with the place of the node. */
export type RefuseAt = (node: unknown, reason: string) => never;

export class YamlNodes {
  readonly #yaml: Pick<typeof import("yaml"), "isAlias" | "isMap" | "isScalar" | "isSeq">;
  readonly refuse: RefuseAt;

  constructor(yaml: typeof import("yaml"), refuse: RefuseAt) {
    this.#yaml = yaml;
    this.refuse = refuse;
  }

  text(node: unknown): string {
    return this.#yaml.isScalar(node)
      ? String(node.value ?? "")
      : this.refuse(this.#written(node), "is no text");
  }

  /** @param what it is, for a refusal: "interfaces" */
  map(node: unknown, what: string): YAMLMap {
    return this.#yaml.isMap(node) ? node : this.refuse(this.#written(node), `is no map of ${what}`);
  }

  /** Empty where nothing stands there. */
  list(node: unknown, what: string): readonly unknown[] {
    if (node === undefined) return [];
    return this.#yaml.isSeq(node)
      ? node.items
      : this.refuse(this.#written(node), `is no list of ${what}`);
  }

  isMap(node: unknown): boolean {
    return this.#yaml.isMap(node);
  }

  /** Values by key: no other keys are there. */
  fields<const Name extends string>(
    node: unknown,
    what: string,
    names: readonly Name[],
  ): { readonly [Key in Name]?: unknown } {
    const fields: { [Key in Name]?: unknown } = {};
    for (const { key, value } of this.map(node, what).items)
      fields[this.choice(key, names)] = value ?? this.refuse(key, "has no value");
    return fields;
  }

  /** @param usual where nothing stands there */
  boolean(node: unknown, usual: boolean): boolean {
    return this.choice(node, ["true", "false"], usual ? "true" : "false") === "true";
  }

  /** @param usual where nothing stands there */
  integer(node: unknown, min: number, max: number, usual?: number): number {
    if (node === undefined && usual !== undefined) return usual;
    const text = this.text(node);
    const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    return number >= min && number <= max
      ? number
      : this.refuse(node, `${quoted(text)} is no whole number of ${min}..${max}`);
  }

  /** @param usual where nothing stands there */
  choice<const Word extends string>(node: unknown, words: readonly Word[], usual?: Word): Word {
    if (node === undefined && usual !== undefined) return usual;
    const text = this.text(node);
    return (
      words.find((one) => one === text) ??
      this.refuse(node, `${quoted(text)} is none of ${words.join(", ")}${didYouMean(text, words)}`)
    );
  }

  #written(node: unknown): unknown {
    if (!this.#yaml.isAlias(node)) return node;
    return this.refuse(node, "an alias (*) is not followed: write it out");
  }
}
