/**
 * Text from outside (interface names, packets, kernel messages, scripts) made safe for a terminal:
 * one line, no control characters of ECMA-48, no Unicode direction overrides.
 */

/** Escapes what a terminal would obey as `\n`, `\x1b` or `\u202e`; all other text stays as it is. */
export const printable = (text: string): string => text.replace(OBEYED, escapeOne);

function escapeOne(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Controls (C0, DEL, C1), format characters (among them direction overrides), line separators, lone surrogates. */
export const OBEYED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** As much of what was given as fits into the line that refuses it. */
export const quoted = (given: string): string =>
  JSON.stringify(given.length > MOST_QUOTED ? `${given.slice(0, MOST_QUOTED)}...` : given);

const MOST_QUOTED = 100;
