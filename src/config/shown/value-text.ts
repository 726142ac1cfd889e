/** A value that is in force as keepalived.conf would write it. */
import { formatIp } from "../../core/addr.ts";
import type { Weight } from "../compound.ts";
import { type InForce, spanOf } from "../effective/in-force.ts";
import type { Keyword } from "../keyword.ts";
import type { Span } from "../place.ts";

/** @returns what stands behind the keyword; undefined: nothing of it is in force */
export function valueText(row: Keyword, inForce: InForce<unknown>): string | undefined {
  const { value, origin } = inForce;
  const { usage } = row.takes;
  // What may stand without its argument is null where it does.
  if (value === null && origin.kind === "written") return "";
  if (value === null || value === undefined) return undefined;
  if (row.takes.format !== undefined) return row.takes.format(value);
  if (typeof value === "boolean") return flagText(usage, value);
  if (typeof value === "number") return numberText(usage, value);
  if (typeof value === "string") return wordText(value);
  if (value instanceof Uint8Array) return formatIp(value);
  if (isWeight(value)) return weightText(value);
  if (isCommand(value)) return commandText(value.argv, [value.user, value.group]);
  // What has a form of its own is shown in the words in which it was written.
  const span = spanOf(origin);
  return span === null ? (row.default ?? undefined) : writtenText(span);
}

export const weightText = ({ weight, isReversed }: Weight): string =>
  isReversed ? `${weight} reverse` : `${weight}`;

/** In quotes where it would be several words. */
export const wordText = (word: string): string =>
  /^[^\s"'#!{}]+$/.test(word) ? word : `"${word.replaceAll(/["\\]/g, "\\$&")}"`;

/** The words of a line of a file. */
export const writtenText = ({ place, length }: Span): string =>
  (place.file.lines[place.line - 1] ?? "").slice(place.column - 1, place.column - 1 + length);

/** A keyword that means something by being there says nothing where it is not. */
function flagText(usage: string, value: boolean): string | undefined {
  if (usage === "[on|off]") return value ? "on" : "off";
  return value ? "" : undefined;
}

const numberText = (usage: string, value: number): string =>
  usage.startsWith("SECONDS") ? `${Number((value / 1000).toFixed(6))}` : `${value}`;

function commandText(argv: readonly string[], as: readonly (string | null | undefined)[]): string {
  const line = argv.map((word) => (/^[^\s"'\\]+$/.test(word) ? word : `'${word}'`)).join(" ");
  return [wordText(line), ...as.filter((one) => one !== null && one !== undefined)].join(" ");
}

interface CommandLike {
  readonly argv: readonly string[];
  readonly user?: string | null;
  readonly group?: string | null;
}

const isCommand = (value: object): value is CommandLike => "argv" in value;
const isWeight = (value: object): value is Weight => "weight" in value && "isReversed" in value;
