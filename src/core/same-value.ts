/** Whether two plain values say the same: numbers, texts, bytes, patterns, lists, maps and objects of them. */

import { sameBytes } from "./bytes.ts";

/** What is undefined is as good as not there. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof RegExp || b instanceof RegExp) return String(a) === String(b);
  if (a instanceof Map && b instanceof Map) return isSameValue([...a], [...b]);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return sameBytes(a, b);
  return saySame(a as Plain, b as Plain);
}

type Plain = Readonly<Record<string, unknown>>;

function saySame(a: Plain, b: Plain): boolean {
  for (const key of Object.keys(a)) if (!isSameValue(a[key], b[key])) return false;
  for (const key of Object.keys(b)) if (a[key] === undefined && b[key] !== undefined) return false;
  return true;
}

/** A text that is the same for plain values that say the same, where their keys are in the same order. */
export const valueKey = (value: unknown): string => JSON.stringify(value, plain);

/** By what is there, and not by `value`: a Buffer makes something else of itself for JSON. */
function plain(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const own = this[key];
  if (own instanceof Uint8Array) return [...own];
  return own instanceof RegExp ? String(own) : value;
}

/** Where two objects differ, in the order of the first. */
export function differingKeys<Value extends object>(a: Value, b: Value): (keyof Value & string)[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Value & string>;
  return [...keys].filter((key) => !isSameValue(a[key], b[key]));
}
