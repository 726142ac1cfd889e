/**
 * From the words behind a command's name to its typed arguments. The only file that knows yargs: its
 * parser, without its own help and messages, which would take a fifth of a short command's time.
 */
import { Parser } from "yargs/helpers";
import { closest } from "../core/closest.ts";
import { UsageError } from "../core/errors.ts";
import { quoted } from "../core/printable.ts";
import { leadingOptions } from "./leading-options.ts";
import type { ArgsOf, OptionTable } from "./option.ts";

/** @throws UsageError, the message naming the option or positional. */
export function parseArgs<Positionals extends OptionTable, Options extends OptionTable>(
  words: readonly string[],
  positionals: Positionals,
  options: Options,
): ArgsOf<Positionals & Options> {
  if (Object.values(positionals).some(({ verbatim }) => verbatim) && !words.includes("--")) {
    const at = leadingOptions(words);
    return parsed([...words.slice(0, at), "--", ...words.slice(at)], positionals, options);
  }
  const hasProgram = Object.values(positionals).some(({ program }) => program);
  if (!hasProgram || words.includes("--")) return parsed(words, positionals, options);
  try {
    return parsed(words, positionals, options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const hint = "what belongs to the program? Put -- before it";
    throw new UsageError(`${error.message} (${hint})`, { cause: error });
  }
}

function parsed<Positionals extends OptionTable, Options extends OptionTable>(
  words: readonly string[],
  positionals: Positionals,
  options: Options,
): ArgsOf<Positionals & Options> {
  const written = joinPhrases(longForm(words, options), options);
  const { given, bare } = split(written, options);
  const spread = spreadBare(takeKeywords(bare, given, options), positionals);
  const args: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(positionals)) {
    args[name] = read(option.value ?? name, () => option.read(spread.get(name) ?? []));
  }
  for (const [name, option] of Object.entries(options)) {
    const places = placesOf(name, written);
    args[name] = read(`--${name}`, () => option.read(given.get(name) ?? [], places));
  }
  return args as ArgsOf<Positionals & Options>;
}

/**
 * Short options written out: `-vj` as `--verbose --json`, `-Ieth0` as `--interface=eth0`. What looks
 * like one, is none and stands behind an option that takes a value is that value: `--count=-3`.
 */
function longForm(words: readonly string[], options: OptionTable): string[] {
  const byShort = new Map(
    Object.entries(options).flatMap(([name, { short, alsoShort }]) =>
      [short, alsoShort].map((letter) => [letter, name] as const),
    ),
  );
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  const written: string[] = [];
  for (const word of words.slice(0, end)) {
    const before = written.at(-1) ?? "";
    const dashed = /^-[^-]/.test(word);
    if (!dashed) written.push(word);
    else if (byShort.has(word[1])) written.push(...spellOut(word, byShort, options));
    else if (wantsValue(before, options)) written.splice(-1, 1, `${before}=${word}`);
    else if (/^-\d+$/.test(word)) written.push(word);
    else throw new UsageError(`unknown option -${word[1]}`);
  }
  return [...written, ...words.slice(end)];
}

const wantsValue = (word: string, options: OptionTable): boolean =>
  word.startsWith("--") && options[word.slice(2)]?.value !== undefined;

function spellOut(
  word: string,
  byShort: ReadonlyMap<string | undefined, string>,
  options: OptionTable,
): string[] {
  const long: string[] = [];
  for (let at = 1; at < word.length; at++) {
    const name = byShort.get(word[at]);
    if (name === undefined) throw new UsageError(`unknown option -${word[at]}`);
    const rest = word.slice(at + 1);
    if (options[name]?.value !== undefined && rest !== "")
      return [...long, `--${name}=${rest.replace(/^=/, "")}`];
    long.push(`--${name}`);
  }
  return long;
}

/** `--vip 192.0.2.1 dev eth1` as `--vip=192.0.2.1 dev eth1`: one word up to the next option. */
function joinPhrases(words: readonly string[], options: OptionTable): string[] {
  const joined: string[] = [];
  let inPhrase = false;
  for (const word of words) {
    if (inPhrase && word === "") {
      const reason = "has an empty word behind it: a variable that is not set?";
      throw new UsageError(`${phraseText(joined.at(-1) ?? "")} ${reason}`);
    }
    if (inPhrase && !word.startsWith("-")) {
      const phrase = joined.pop() as string;
      joined.push(`${phrase}${phrase.includes("=") ? " " : "="}${word}`);
    } else {
      const [, name = ""] = /^--([^=]+)/.exec(word) ?? [];
      inPhrase = options[name]?.phrase === true;
      joined.push(word);
    }
  }
  return joined;
}

/** `--at "5s"`, of `--at=5s`. */
function phraseText(written: string): string {
  const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(written) ?? [];
  return value === undefined ? written : `${name} ${quoted(value)}`;
}

/** Where an option stands, each time that it does. */
const placesOf = (name: string, words: readonly string[]): number[] =>
  [...words.entries()].flatMap(([place, word]) =>
    word === `--${name}` || word.startsWith(`--${name}=`) ? [place] : [],
  );

interface Split {
  readonly given: Map<string, readonly string[]>; // texts by option
  readonly bare: readonly string[];
}

/** Options from bare words, by yargs: it alone decides what belongs to what. */
function split(words: readonly string[], options: OptionTable): Split {
  const names = Object.keys(options);
  const flags = names.filter((name) => options[name]?.value === undefined);
  const valued = names.filter((name) => !flags.includes(name));
  const { argv, error } = Parser.detailed([...words], {
    count: flags,
    string: valued,
    narg: Object.fromEntries(valued.flatMap((name) => (options[name]?.bare ? [] : [[name, 1]]))),
    configuration: PARSER,
  });
  const { _: bare, ...found } = argv;
  const unknown = Object.keys(found).find((name) => !Object.hasOwn(options, name));
  if (unknown !== undefined) {
    const guess = closest(unknown, names);
    const hint = guess === undefined ? "" : ` (did you mean --${guess}?)`;
    throw new UsageError(`unknown option --${unknown}${hint}`);
  }
  if (error) {
    const [, name] = /following: (.+)/.exec(error.message) ?? [];
    throw new UsageError(name === undefined ? error.message : `--${name} needs a value`);
  }
  const own = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
  const equated = flags.find((name) => own.some((word) => word.startsWith(`--${name}=`)));
  if (equated !== undefined) throw new UsageError(`--${equated} takes no value`);
  const given = new Map<string, readonly string[]>();
  for (const name of flags) given.set(name, Array(Number(found[name])).fill(""));
  for (const name of valued) if (name in found) given.set(name, [found[name]].flat().map(String));
  return { given, bare: bare.map(String) };
}

/** Takes `dev eth0` out of the bare words and into the option that has this keyword. */
function takeKeywords(
  bare: readonly string[],
  given: Map<string, readonly string[]>,
  options: OptionTable,
): readonly string[] {
  let left = bare;
  for (const [name, { keyword }] of Object.entries(options)) {
    const at = keyword === undefined ? -1 : left.indexOf(keyword);
    if (at === -1) continue;
    const value = left[at + 1];
    if (value === undefined) throw new UsageError(`${keyword} stands last: its value is missing`);
    given.set(name, [...(given.get(name) ?? []), value]);
    left = [...left.slice(0, at), ...left.slice(at + 2)];
  }
  return left;
}

function spreadBare(bare: readonly string[], positionals: OptionTable): Map<string, string[]> {
  const spread = new Map<string, string[]>();
  let next = 0;
  for (const [name, { many }] of Object.entries(positionals)) {
    const end = many ? bare.length : Math.min(next + 1, bare.length);
    spread.set(name, bare.slice(next, end));
    next = end;
  }
  const extra = bare[next];
  if (extra !== undefined) throw new UsageError(`${quoted(extra)} is one word too many`);
  return spread;
}

function read<T>(label: string, readValue: () => T): T {
  try {
    return readValue();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${label} ${error.message}`, { cause: error });
  }
}

const PARSER = {
  "boolean-negation": false, // --no-announce is a name of its own
  "camel-case-expansion": false,
  "dot-notation": false,
  "parse-numbers": false,
  "parse-positional-numbers": false,
};
