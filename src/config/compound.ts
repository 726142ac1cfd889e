/** Arguments of several words that many keywords share. */
import { integer, optional, text } from "./arguments.ts";
import { MISSING_ARGUMENT } from "./codes/values.ts";
import type { Argument } from "./keyword.ts";
import { commandOf, shellWords } from "./shell-words.ts";

/** A command as it is executed: no shell reads it. */
export interface Command {
  readonly argv: readonly string[]; // one at least
}

/** The word behind the keyword with its quotes and escapes, taken apart once more: `"/bin/x 'a b' c"`. */
export const command: Argument<Command> = {
  usage: "COMMAND [ARGUMENT ...]",
  read(reading) {
    reading.takeAll();
    const [, word] = shellWords(reading.statement.text, reading.report);
    const argv = word === undefined ? [] : commandOf(word, reading.report);
    if (argv.length > 0) return { argv };
    const message = `'${reading.keyword.text}' needs a command behind it`;
    return reading.refuse(MISSING_ARGUMENT, reading.end, message);
  },
};

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
};

/** What a tracked thing does to a priority. */
export interface Weight {
  readonly weight: number;
  readonly isReversed: boolean;
}

/** @param most its largest amount, above and below 0 */
export const weight = (most: number): Argument<Weight> => ({
  usage: `-${most}..${most} [reverse|noreverse]`,
  read(reading) {
    const amount = integer(-most, most).read(reading);
    const isReversed = reading.peek()?.text === "reverse";
    if (isReversed || reading.peek()?.text === "noreverse") reading.take();
    return amount === undefined ? undefined : { weight: amount, isReversed };
  },
});
