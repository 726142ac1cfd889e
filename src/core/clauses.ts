/**
 * Sentences of keywords with their values, as ip(8) takes them: `default via 192.0.2.1 table 100`.
 * What may be said is a table, one row per clause, and the type of the values follows from it.
 */
import { addressBits, type Cidr, type IpBytes, parseCidr, parseIp } from "./addr.ts";
import { didYouMean } from "./closest.ts";

/** What a parser answers; the reason follows the text that was given: `says "vai", which ...`. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** One clause: a keyword and what stands behind it. */
export interface Clause<T> {
  readonly keywords: readonly string[]; // any of them begins it
  /** `keyword` is the one that was said. */
  read(words: WordReader, keyword: string): T;
}

/** Clauses by the name of their value. */
export type ClauseTable = Readonly<Record<string, Clause<unknown>>>;

/** The values of a table: those that were said. */
export type ClauseValues<Table extends ClauseTable> = {
  readonly [Name in keyof Table]?: Table[Name] extends Clause<infer T> ? T : never;
};

/**
 * Reads `text` by `table` and makes a value of it. Total: what `make` or a clause refuses through the
 * reader is a reason, as is a word that no clause knows.
 * @param bare the clause whose keyword may be left out
 */
export function parseClauses<Table extends ClauseTable, T>(
  text: string,
  table: Table,
  bare: (keyof Table & string) | undefined,
  make: (values: ClauseValues<Table>, words: WordReader) => T,
): Parsed<T> {
  const words = new WordReader(text.split(/\s+/).filter((word) => word !== ""));
  try {
    return { ok: true, value: make(readClauses(words, table, bare), words) };
  } catch (signal) {
    if (signal instanceof Refusal) return { ok: false, reason: signal.reason };
    throw signal;
  }
}

export class WordReader {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  /** The next word, which is left where it is; undefined at the end. */
  get next(): string | undefined {
    return this.#words[this.#at];
  }

  skip(): void {
    this.#at += 1;
  }

  /** The value of `keyword`. */
  take(keyword: string): string {
    const word = this.next ?? this.fail(`ends with ${keyword}, whose value is missing`);
    this.skip();
    return word;
  }

  /** Ends the parsing with `reason`. */
  fail(reason: string): never {
    throw new Refusal(reason);
  }
}

/** The private signal between a reader and `parseClauses`; no stack is collected for it. */
class Refusal {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

function readClauses<Table extends ClauseTable>(
  words: WordReader,
  table: Table,
  bare: (keyof Table & string) | undefined,
): ClauseValues<Table> {
  const values: Record<string, unknown> = {};
  const keywords = Object.values(table).flatMap((clause) => clause.keywords);
  for (let word = words.next; word !== undefined; word = words.next) {
    const said = word;
    const known = Object.keys(table).find((key) => table[key]?.keywords.includes(said));
    const name = known ?? (looksLikePrefix(said) ? bare : undefined);
    if (name === undefined) {
      const hint = didYouMean(said, keywords);
      return words.fail(`says ${JSON.stringify(said)}, which is not understood${hint}`);
    }
    const keyword = known === undefined ? name : said;
    if (Object.hasOwn(values, name)) words.fail(`says ${keyword} twice`);
    if (known !== undefined) words.skip();
    values[name] = table[name]?.read(words, keyword);
  }
  return values as ClauseValues<Table>;
}

/** A value made of one word. `parse` answers undefined to what `kind` is not: "is no IP address". */
export const clause = <T>(
  keywords: readonly string[],
  kind: string,
  parse: (word: string) => T | undefined,
): Clause<T> => ({
  keywords,
  read: (words, keyword) => {
    const word = words.take(keyword);
    const value = parse(word);
    return value ?? words.fail(`says ${keyword} ${JSON.stringify(word)}, which ${kind}`);
  },
});

/** True when said. */
export const flagClause = (keyword: string): Clause<boolean> => ({
  keywords: [keyword],
  read: () => true,
});

/** Words that are keyword and value in one: of these at most one is said. */
export const choiceClause = <const Word extends string>(
  choices: readonly Word[],
): Clause<Word> => ({
  keywords: choices,
  read: (_words, keyword) => keyword as Word,
});

/** A prefix; `any` stands for that of length 0, of either family. */
export type Prefix = Cidr | "any";

export const prefixClause = (...keywords: string[]): Clause<Prefix> =>
  clause(keywords, "is no prefix, or has bits set behind its length", (word) => {
    if (ANY_WORDS.includes(word)) return "any";
    const cidr = parseCidr(word);
    return cidr !== undefined && hasNoHostBits(cidr) ? cidr : undefined;
  });

export const ipClause = (...keywords: string[]): Clause<IpBytes> =>
  clause(keywords, "is no IP address", parseIp);

/** `parseNumber` of `min..max`. */
export const numberClause = (min: number, max: number, ...keywords: string[]): Clause<number> =>
  clause(keywords, `is no number of ${min}..${max}`, (word) => {
    const number = parseNumber(word);
    return number !== undefined && number >= min && number <= max ? number : undefined;
  });

/** At most 15 bytes, as the kernel has it (IFNAMSIZ). */
export const interfaceClause = (...keywords: string[]): Clause<string> =>
  clause(keywords, "is no name of an interface", (word) =>
    isInterfaceName(word) ? word : undefined,
  );

export const isInterfaceName = (word: string): boolean =>
  /^[\x21-\x2e\x30-\x39\x3b-\x7e]{1,15}$/.test(word) && word !== "." && word !== "..";

/** A number of a routing table, or the name of one that every host has. */
export const tableClause = (...keywords: string[]): Clause<number> =>
  clause(keywords, "is no number of 1..4294967295, and not main, local or default", (word) => {
    const number = Object.hasOwn(TABLES, word) ? TABLES[word] : parseNumber(word);
    return number !== undefined && number >= 1 && number <= MAX_U32 ? number : undefined;
  });

/** `main`, `local`, `default`, or the number. */
export const formatTable = (table: number): string =>
  Object.entries(TABLES).find(([, number]) => number === table)?.[0] ?? `${table}`;

/** Decimal, or hex behind 0x. */
export const parseNumber = (word: string): number | undefined =>
  /^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(word) ? Number(word) : undefined;

const looksLikePrefix = (word: string): boolean =>
  ANY_WORDS.includes(word) || /^[0-9a-f]*[.:]|\//i.test(word);

const hasNoHostBits = ({ ip, prefixLength }: Cidr): boolean =>
  ip.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefixLength - index * 8));
    return (byte & (0xff >> bits)) === 0;
  });

/** The prefix of length 0 of a family. */
export const anyPrefix = (family: 4 | 6): Cidr => ({
  ip: new Uint8Array(addressBits(family) / 8),
  prefixLength: 0,
});

/** The largest value of most numbers that the kernel takes. */
export const MAX_U32 = 0xffffffff;

/** RT_TABLE_* of linux/rtnetlink.h. */
/** Routing tables that have a name everywhere. */
export const TABLES: Readonly<Record<string, number>> = { default: 253, main: 254, local: 255 };
const ANY_WORDS = ["default", "all", "any"];
