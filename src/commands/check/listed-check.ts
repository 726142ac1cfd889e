/** From a check of a file to what its own command makes of it. */
import type { RunPlan } from "../../app/check/check-run.ts";
import { didYouMean } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { quoted } from "../../core/printable.ts";
import type { Command, Context } from "../define.ts";
import { parseArgs } from "../parse.ts";
import { allOptions } from "../usage.ts";
import type { CheckField, ListedCheck } from "./check-list.ts";
import { outcomeOptions } from "./outcome-options.ts";
import { neededFor, type PreparedCheck } from "./run-check.ts";
import { planOf } from "./tries.ts";
import { watchOptions } from "./watch-options.ts";

export interface NamedCheck extends PreparedCheck {
  readonly plan: RunPlan;
  readonly name: string | null; // that the file gives it
}

/** @param kinds the commands of checks, by their second word. @throws UsageError with the place, SystemError */
export async function prepareListed(
  { where, fields }: ListedCheck,
  kinds: ReadonlyMap<string, Command>,
  ctx: Context,
): Promise<NamedCheck> {
  const one = (key: string): CheckField | undefined => fields.find((field) => field.key === key);
  const kind = one("kind");
  if (kind === undefined) throw new UsageError(`${where}: kind is missing`);
  const command = kinds.get(kind.texts.join(" "));
  if (command === undefined)
    throw new UsageError(
      `${kind.where}: kind ${JSON.stringify(kind.texts.join(" "))} is none of ${[...kinds.keys()].join(", ")}`,
    );
  const words = wordsOf(
    fields.filter(({ key }) => key !== "kind" && key !== "name"),
    command,
  );
  const name = one("name")?.texts.join(" ") ?? null;
  try {
    const args = parseArgs(words, command.positionals, allOptions(command));
    const taken: PreparedCheck[] = [];
    await command.run(args, { ...ctx, takeOver: (check) => void taken.push(check) });
    const [check] = taken;
    if (check === undefined) throw new TypeError(`${command.name} did not hand its check over`);
    neededFor(check.args, check.targets.length);
    return { ...check, name, plan: planOf(check.args, check.targets.length) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const place = placeOf(error.message, fields, command) ?? where;
    throw new UsageError(`${place}: ${error.message}`, { cause: error });
  }
}

/** Which text, or which option, a refusal begins with; undefined where it names none of them. */
function placeOf(
  message: string,
  fields: readonly CheckField[],
  command: Command,
): string | undefined {
  for (const { key, texts, wheres } of fields) {
    const option = isTarget(key, command) ? "" : `--${key} `;
    const index = texts.findIndex((text) => message.startsWith(`${option}${quoted(text)} `));
    if (index >= 0) return wheres[index];
  }
  const [, named] = /^--([a-z0-9-]+)/.exec(message) ?? [];
  return fields.find(({ key }) => key === named)?.where;
}

/** As they would stand on the command line. */
function wordsOf(fields: readonly CheckField[], command: Command): string[] {
  const options: string[] = [];
  const bare: string[] = [];
  for (const { key, keyWhere, texts, where } of fields) {
    if (isTarget(key, command)) {
      bare.push(...texts);
      continue;
    }
    const option = Object.hasOwn(command.options, key) ? command.options[key] : undefined;
    if (option === undefined || OF_THE_RUN.has(key))
      throw new UsageError(
        `${keyWhere}: ${command.name} has no ${JSON.stringify(key)} in a file${guessOf(key, command)}`,
      );
    if (option.value !== undefined) options.push(...texts.map((text) => `--${key}=${text}`));
    else if (texts[0] === "true" && texts.length === 1) options.push(`--${key}`);
    else if (texts[0] !== "false" || texts.length > 1)
      throw new UsageError(`${where}: ${key} is either true or false`);
  }
  return [...options, "--", ...bare];
}

function guessOf(key: string, { options }: Command): string {
  const allowed = Object.keys(options).filter((name) => !OF_THE_RUN.has(name));
  return OF_THE_RUN.has(key) ? ": it goes to the command line" : didYouMean(key, allowed);
}

const isTarget = (key: string, { positionals }: Command): boolean =>
  TARGETS.has(key) || Object.hasOwn(positionals, key);

const TARGETS: ReadonlySet<string> = new Set(["target", "targets"]);
/** How all of them are told and when they end: said once, on the command line. */
const OF_THE_RUN: ReadonlySet<string> = new Set([
  "json",
  "quiet",
  "verbose",
  "sort",
  "deadline",
  "output",
  ...Object.keys(outcomeOptions),
  ...Object.keys(watchOptions),
]);
