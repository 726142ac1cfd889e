/** Words of a command that mean something to a shell alone: keepalived hands them to the program as they are. */
import { SHELL_SYNTAX } from "./codes/meant.ts";
import type { Reading } from "./reading.ts";
import type { Word } from "./statement.ts";

/** A word as it is executed. */
export interface CommandPart {
  readonly text: string;
  readonly isQuoted: boolean; // within the command: meant as it is
}

/** Told of the first one: the others came with it. @param word with the whole command */
export function complainOfShellSyntax(
  word: Word,
  parts: readonly CommandPart[],
  reading: Reading,
): void {
  const [{ text: program } = { text: "" }, ...rest] = parts;
  // "</dev/tcp/HOST/PORT" is what keepalived itself asks a shell for.
  if (program.startsWith("<")) return;
  const hasEnd = rest.some(({ text }) => ENDED_BY_SEMICOLON.has(text));
  const isSyntax = ({ text, isQuoted }: CommandPart): boolean =>
    !isQuoted && SYNTAX.test(text) && !(hasEnd && text === ";");
  const first = /^[A-Za-z_]\w*=/.test(program) ? program : rest.find(isSyntax)?.text;
  if (first === undefined) return;
  const what = first === program ? "is taken for the program" : `is an argument of ${program}`;
  const message = `'${first}' ${what}: no shell reads the command of '${reading.keyword.text}'`;
  const whole = word.isQuoted && !word.text.includes("'") ? word.text : "COMMAND";
  reading.refuse(SHELL_SYNTAX, word.span, message, { help: `write "/bin/sh -c '${whole}'"` });
}

/** Operators, redirections, what a shell replaces, and the end of a command. */
const SYNTAX = /^(?:\|\|?|&&?|\d*[<>].*|&>.*)$|^(?:\$\(|`)|^\$[A-Za-z_]\w*$|;$/;
const ENDED_BY_SEMICOLON = new Set(["-exec", "-execdir", "-ok", "-okdir"]); // of find
