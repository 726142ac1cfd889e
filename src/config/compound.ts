/** Arguments of several words that many keywords share. */
import { didYouMean } from "../core/closest.ts";
import { integer, type Moved, optional, text } from "./arguments.ts";
import { NOT_A_USER } from "./codes/meant.ts";
import { ARGUMENTS_DROPPED, EMPTY_COMMAND, MISSING_ARGUMENT, NOT_ONE_OF } from "./codes/values.ts";
import { UNUSED_WORDS } from "./codes/words.ts";
import type { Argument } from "./keyword.ts";
import { spanOver } from "./place.ts";
import type { Reading } from "./reading.ts";
import { complainOfShellSyntax } from "./shell-syntax.ts";
import { argvOf, shellWords } from "./shell-words.ts";
import type { Word } from "./statement.ts";

/** A command as it is executed: no shell reads it. */
export interface Command {
  readonly argv: readonly string[]; // one at least
}

/** One word, in quotes where the command has arguments: keepalived splits it, and drops what stands behind it. */
export const command: Argument<Command> = {
  usage: "COMMAND",
  read(reading) {
    const { argv, rest } = readCommand(reading);
    const [first] = rest;
    if (argv !== null && first !== undefined) {
      const span = spanOver(first.span, rest.at(-1)?.span ?? first.span);
      const message = `'${reading.keyword.text}' drops what stands behind the command`;
      const help = "put the command with its arguments in quotes";
      reading.refuse(ARGUMENTS_DROPPED, span, message, { help });
    }
    return argv === null ? undefined : { argv };
  },
};

/** A command, and as whom it is run. */
export interface CommandOf extends Command {
  readonly user: string | null; // null: the script_user of global_defs
  readonly group: string | null; // null: the user's own
}

export const commandOf: Argument<CommandOf> = {
  usage: "COMMAND [USER [GROUP]]",
  read(reading) {
    const { argv, rest } = readCommand(reading);
    const stranger = rest.slice(0, 2).find(({ text }) => NEVER_A_USER.test(text));
    if (argv !== null && stranger !== undefined) {
      const message = `'${stranger.text}' stands where '${reading.keyword.text}' has the user and the group, and can be neither`;
      const help = "put the command with its arguments in quotes";
      return reading.refuse(NOT_A_USER, stranger.span, message, { help });
    }
    const [user, group, unused] = rest;
    if (argv !== null && unused !== undefined) {
      const message = `'${reading.keyword.text}' takes a command, a user and a group`;
      reading.refuse(
        UNUSED_WORDS,
        spanOver(unused.span, rest.at(-1)?.span ?? unused.span),
        message,
      );
    }
    return argv === null
      ? undefined
      : { argv, user: user?.text ?? null, group: group?.text ?? null };
  },
};

/** Paths, options, shell syntax, and the states that a script is to be told. */
const NEVER_A_USER = /[/=|<>&;$`]|^-|^(?:MASTER|BACKUP|FAULT|STOP|INSTANCE|GROUP)$/;

function readCommand(reading: Reading): { argv: readonly string[] | null; rest: readonly Word[] } {
  reading.takeAll();
  const { statement, report, keyword } = reading;
  const [, first, ...rest] = shellWords(statement.text, report);
  if (first === undefined) {
    reading.refuse(MISSING_ARGUMENT, reading.end, `'${keyword.text}' needs a command behind it`);
    return { argv: null, rest };
  }
  const parts = argvOf(first, report);
  if (parts.length === 0) {
    reading.refuse(EMPTY_COMMAND, first.span, `the command of '${keyword.text}' is empty`);
    return { argv: null, rest };
  }
  complainOfShellSyntax(first, parts, reading);
  return { argv: parts.map((part) => part.text), rest };
}

export interface UserAndGroup {
  readonly user: string;
  readonly group: string | null; // null: the user's own
}

export const userAndGroup: Argument<UserAndGroup> = {
  usage: "USER [GROUP]",
  read(reading) {
    const user = text("USER").read(reading);
    const group = optional(text("GROUP"), null).read(reading);
    return user === undefined || group === undefined ? undefined : { user, group };
  },
  format: ({ user, group }) => (group === null ? user : `${user} ${group}`),
};

/** What a tracked thing does to a priority. */
export interface Weight {
  readonly weight: number;
  readonly isReversed: boolean;
}

/**
 * @param most its largest amount, above and below 0
 * @param moved amounts beyond it that keepalived moves
 * @param directions words that may follow
 */
export function weight(
  most: number,
  moved: Moved = {},
  directions: readonly string[] = ["reverse"],
): Argument<Weight> {
  const number = integer(-most, most, moved);
  return {
    usage: `${number.usage} [${directions.join("|")}]`,
    read(reading) {
      const amount = number.read(reading);
      const direction = reading.take();
      if (direction !== undefined && !directions.includes(direction.text)) {
        const guess = didYouMean(direction.text, directions);
        const message = `'${direction.text}' is not ${directions.join(" or ")}${guess}`;
        reading.refuse(NOT_ONE_OF, direction.span, message);
      }
      const isReversed = direction?.text === "reverse";
      return amount === undefined ? undefined : { weight: amount, isReversed };
    },
  };
}

/** One and more of the same. Those that are wrong are left out. */
export const several = <V>(one: Argument<V>): Argument<readonly V[]> => ({
  usage: `${one.usage} ...`,
  format: (values) => values.map((value) => one.format?.(value) ?? `${value}`).join(" "),
  read(reading) {
    const values: V[] = [];
    do {
      const value = one.read(reading);
      if (value !== undefined) values.push(value);
    } while (reading.peek() !== undefined);
    return values.length === 0 ? undefined : values;
  },
});

/** Names, each of which may be left out with those behind it. */
export const upTo = (...usages: readonly string[]): Argument<readonly string[]> => ({
  usage: usages.reduceRight((rest, usage) => `[${usage}${rest === "" ? "" : ` ${rest}`}]`, ""),
  read: (reading) => usages.flatMap(() => reading.take()?.text ?? []),
});
