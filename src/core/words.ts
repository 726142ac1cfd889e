/**
 * A command line split into words without a shell: blanks separate, '…' keeps everything, "…" keeps
 * everything but a backslash, a backslash keeps the next character. Nothing is ever expanded.
 */
export type Words =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** Total over any text. Inside "…" a backslash escapes only `"` and `\`, as in POSIX shells. */
export function splitWords(text: string): Words {
  const words: string[] = [];
  let word: string | undefined; // undefined between words; "" is a word once quotes were seen
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === quote) {
      quote = "";
    } else if (quote === "" && (character === "'" || character === '"')) {
      quote = character;
      word ??= "";
    } else if (character === "\\" && escapes(quote, text[at + 1])) {
      at++;
      if (at === text.length) return { ok: false, reason: "ends with a lone backslash" };
      word = (word ?? "") + text[at];
    } else if (quote === "" && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== "") return { ok: false, reason: `has no closing ${quote}` };
  if (word !== undefined) words.push(word);
  return { ok: true, words };
}

const escapes = (quote: string, next: string | undefined): boolean =>
  quote === "" || (quote === '"' && (next === '"' || next === "\\"));
