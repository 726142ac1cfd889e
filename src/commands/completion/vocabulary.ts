/** What the completion scripts of all shells say, apart from how each says it. */
import type { Command } from "../define.ts";
import { GROUPS } from "../groups.ts";
import type { Option } from "../option.ts";
import { allOptions } from "../usage.ts";

/** What may be offered behind an option, or in place of a positional. */
export type Offer =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "interfaces" | "files" | "nothing" };

export interface OptionEntry {
  readonly name: string; // without dashes
  readonly short: string | undefined;
  readonly describe: string;
  readonly repeatable: boolean;
  readonly keyword: string | undefined; // a bare word that means the same
  readonly offer: Offer | undefined; // undefined for a flag
}

export interface CommandWords {
  readonly name: string; // "vip add"
  readonly summary: string;
  readonly options: readonly OptionEntry[];
  /** What the positionals offer, in their order. */
  readonly positionals: readonly Offer[];
}

/** First words with what they stand for: groups, commands of no group, `help`. */
export const firstWords = (
  commands: readonly Command[],
): readonly (readonly [word: string, about: string])[] => [
  ...Object.entries(GROUPS),
  ...commands.flatMap(({ name, summary }) =>
    name.includes(" ") ? [] : [[name, summary] as const],
  ),
  ["help", "Explain a command"],
];

/** Second words of each group. */
export const secondWords = (
  commands: readonly Command[],
): readonly (readonly [group: string, (readonly [string, string])[]])[] =>
  Object.keys(GROUPS).map((group) => [
    group,
    commands.flatMap(({ name, summary }) =>
      name.startsWith(`${group} `) ? [[name.slice(group.length + 1), summary] as const] : [],
    ),
  ]);

export const commandWords = (command: Command): CommandWords => ({
  name: command.name,
  summary: command.summary,
  options: Object.entries(allOptions(command)).map(([name, option]) => ({
    name,
    short: option.short,
    describe: option.describe,
    repeatable: option.many,
    keyword: option.keyword,
    offer: option.value === undefined ? undefined : offerOf(option),
  })),
  positionals: Object.values(command.positionals).map(offerOf),
});

function offerOf({ choices, complete }: Option<unknown>): Offer {
  if (choices !== undefined) return { kind: "words", words: choices };
  if (complete === "interface") return { kind: "interfaces" };
  return { kind: complete === "file" ? "files" : "nothing" };
}
