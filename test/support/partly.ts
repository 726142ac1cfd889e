/** A value that must have these parts, whatever else it has. */
import assert from "node:assert/strict";

/** Of objects the keys that are named, of lists as many items as there are, each likewise. */
export function assertPartly(actual: unknown, wanted: unknown): void {
  assert.deepEqual(partOf(actual, wanted), wanted);
}

function partOf(actual: unknown, wanted: unknown): unknown {
  if (Array.isArray(wanted) && Array.isArray(actual))
    return actual.map((item, n) => (n < wanted.length ? partOf(item, wanted[n]) : item));
  if (!isRecord(wanted) || !isRecord(actual)) return actual;
  const keys = Object.keys(wanted).filter((key) => key in actual);
  return Object.fromEntries(keys.map((key) => [key, partOf(actual[key], wanted[key])]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
