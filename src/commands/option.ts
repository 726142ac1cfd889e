/**
 * The vocabulary of options and positionals. An option is data (help, man page and completion are made
 * from it) with one function that turns the given texts into its value; the types of `run`'s arguments
 * follow from the table.
 */
import { parseDurationMs } from "../core/duration.ts";
import { UsageError } from "../core/errors.ts";
import { quoted } from "../core/printable.ts";

export interface Option<T> {
  readonly describe: string; // starts with a capital, no full stop
  readonly short?: string; // one letter or digit
  readonly alsoShort?: string; // another one, that of a tool which people know
  readonly value: string | undefined; // what stands behind it: "IF", "DUR"; undefined for a flag
  readonly bare: boolean; // may stand without its value, which is empty then
  readonly required: boolean;
  readonly many: boolean; // may be given more than once
  readonly default: string | undefined; // as a person would type it
  readonly choices: readonly string[] | undefined;
  readonly complete: "interface" | "file" | undefined;
  readonly keyword: string | undefined; // may also stand as a bare word between positionals: `dev eth0`
  readonly phrase: boolean; // the bare words behind the value belong to it: `--vip 192.0.2.1 dev eth0`
  readonly verbatim: boolean; // all words of the command, in another language than ours
  readonly program: boolean; // a program and its own words, which stand behind `--`
  readonly secret: boolean; // no `ps` shows the value once it was read; such an option has no `short`
  /**
   * @param places of the texts on the command line; those of other options lie between them
   * @throws UsageError with the reason alone; the caller puts the option's name before it
   */
  readonly read: (texts: readonly string[], places?: readonly number[]) => T;
}

/** Options by their long name without dashes, positionals by the name `run` sees. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

export type ArgsOf<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Option<infer T> ? T : never;
};

/** What a command writes down about an option that takes a value. */
export interface ValueSpec {
  readonly describe: string;
  readonly value?: string;
  readonly short?: string;
  readonly alsoShort?: string;
  readonly bare?: boolean;
  readonly required?: boolean;
  readonly default?: string;
  readonly complete?: "interface" | "file";
  readonly keyword?: string;
  readonly phrase?: boolean;
  readonly verbatim?: boolean;
  readonly program?: boolean;
  readonly secret?: boolean;
}

/** A value that is not required and has no default may be absent. */
type Presence<T, Spec> = Spec extends { required: true } | { default: string } ? T : T | undefined;

/** True when given. */
export const flag = (spec: { describe: string; short?: string }): Option<boolean> => ({
  ...SHAPE,
  ...spec,
  read: (texts) => texts.length > 0,
});

/** One value. `parse` throws UsageError with the reason alone. */
export function value<T, const Spec extends ValueSpec>(
  spec: Spec,
  parse: (text: string) => T,
): Option<Presence<T, Spec>> {
  const shape = { ...SHAPE, value: "TEXT", ...spec };
  const read = (texts: readonly string[]): Presence<T, Spec> => {
    const [text, another] = given(texts, shape);
    if (another !== undefined) throw new UsageError("is given twice");
    return (text === undefined ? undefined : readOne(text, parse)) as Presence<T, Spec>;
  };
  return { ...shape, read };
}

/** Any number of values, in the order in which they stand; at least one when required. */
export function list<T>(spec: ValueSpec, parse: (text: string) => T): Option<readonly T[]> {
  const shape = { ...SHAPE, value: "TEXT", ...spec, many: true };
  return { ...shape, read: (texts) => given(texts, shape).map((text) => readOne(text, parse)) };
}

/** The same, each with its place: for options whose order among each other counts. */
export function placed<T>(
  spec: ValueSpec,
  parse: (text: string) => T,
): Option<readonly { readonly place: number; readonly value: T }[]> {
  const shape = { ...SHAPE, value: "TEXT", ...spec, many: true };
  return {
    ...shape,
    read: (texts, places) =>
      given(texts, shape).map((text, n) => ({
        place: places?.[n] ?? 0,
        value: readOne(text, parse),
      })),
  };
}

/** Non-empty text. */
export const text = <const Spec extends ValueSpec>(spec: Spec): Option<Presence<string, Spec>> =>
  value(spec, (given) => given || refuse("is empty"));

/** The name of something that the kernel keeps: no file, interface or label has a longer one. */
export const name = <const Spec extends ValueSpec>(spec: Spec): Option<Presence<string, Spec>> =>
  value(spec, (given) => {
    if (given.length > LONGEST_NAME) refuse("is longer than any name");
    return given || refuse("is empty");
  });

/** A whole number of `min..max`. */
export const integer = <const Spec extends ValueSpec>(
  spec: Spec & { readonly min: number; readonly max: number },
): Option<Presence<number, Spec>> =>
  value({ value: `${spec.min}..${spec.max}`, ...spec }, (given) => {
    if (!/^-?\d+$/.test(given)) refuse("is no whole number");
    const number = Number(given);
    return number >= spec.min && number <= spec.max
      ? number
      : refuse(`is not within ${spec.min}..${spec.max}`);
  });

/** Milliseconds, written with a unit: `1s`, `250ms`. */
export const duration = <const Spec extends ValueSpec>(
  spec: Spec,
): Option<Presence<number, Spec>> =>
  value({ value: "DUR", ...spec }, (given) => {
    const parsed = parseDurationMs(given);
    return "ms" in parsed ? parsed.ms : refuse(`is refused: ${parsed.reason}`);
  });

/** One of the words of a closed set. */
export function choice<const Word extends string, const Spec extends ValueSpec>(
  choices: readonly Word[],
  spec: Spec,
): Option<Presence<Word, Spec>> {
  const find = (given: string): Word =>
    choices.find((word) => word === given) ?? refuse(`is none of ${choices.join(", ")}`);
  return { ...value({ value: choices.join("|"), ...spec }, find), choices };
}

/** For `parse` functions: the option's name and the given text are put before the reason. */
export function refuse(reason: string): never {
  throw new UsageError(reason);
}

function given(
  texts: readonly string[],
  shape: Pick<Option<unknown>, "required" | "default">,
): readonly string[] {
  if (texts.length > 0) return texts;
  if (shape.required) throw new UsageError("is missing");
  return shape.default === undefined ? [] : [shape.default];
}

function readOne<T>(given: string, parse: (text: string) => T): T {
  try {
    return parse(given);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${quoted(given)} ${error.message}`, { cause: error });
  }
}

const LONGEST_NAME = 255; // bytes of a file name

const SHAPE = {
  value: undefined,
  bare: false,
  required: false,
  many: false,
  default: undefined,
  choices: undefined,
  complete: undefined,
  keyword: undefined,
  phrase: false,
  verbatim: false,
  program: false,
  secret: false,
} as const;
