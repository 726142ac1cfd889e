/**
 * The text of a key file: a key on each line, `ID:SECRET`. A secret is text, or digits behind `hex:`,
 * as in `key ID SECRET` of keepalived. Blank lines and lines that start with `#` mean nothing.
 */

export interface SecretKey {
  readonly id: number; // 1..255, no two alike
  readonly secret: Uint8Array; // 32 to 64 bytes, as keepalived wants it
}

/** `reason` never quotes the line: it may be a secret. */
export type ParsedKeyFile =
  | { readonly ok: true; readonly keys: readonly SecretKey[] }
  | { readonly ok: false; readonly line: number; readonly reason: string };

export function parseKeyFile(text: string): ParsedKeyFile {
  const keys: SecretKey[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const key = parseLine(line);
    const reason =
      typeof key === "string"
        ? key
        : keys.some(({ id }) => id === key.id) && `key ${key.id} is there already`;
    if (reason !== false) return { ok: false, line: index + 1, reason };
    if (typeof key !== "string") keys.push(key);
  }
  return keys.length > 0 ? { ok: true, keys } : { ok: false, line: 1, reason: "there is no key" };
}

/** @returns the reason where it is no key. */
function parseLine(line: string): SecretKey | string {
  const [, digits, word = ""] = /^(\d+):(.*)$/.exec(line) ?? [];
  const id = Number(digits);
  if (digits === undefined) return "is not of the form ID:SECRET";
  if (id < 1 || id > 255) return "the ID is not within 1..255";
  const secret = parseSecret(word);
  return typeof secret === "string" ? secret : { id, secret };
}

/** @returns the reason where it is no secret. */
export function parseSecret(word: string): Uint8Array | string {
  const secret = secretBytes(word);
  if (secret === undefined) return "behind hex: there are not pairs of hex digits alone";
  if (secret.length >= 32 && secret.length <= 64) return secret;
  return `the secret has ${secret.length} bytes: 32 to 64`;
}

function secretBytes(word: string): Uint8Array | undefined {
  if (!word.startsWith("hex:")) return new TextEncoder().encode(word);
  const digits = word.slice("hex:".length);
  if (!/^([0-9a-f]{2})*$/i.test(digits)) return undefined;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
