/** JSON as our records are written (RFC 8259): in one line, times without the noise of floating point. */
import { OBEYED } from "./printable.ts";

/**
 * Members in milliseconds, by their names' end, are rounded to the microsecond. What a terminal would
 * obey is escaped, also where JSON does not ask for it: DEL, C1 controls, direction overrides.
 */
export function formatJson(record: unknown): string {
  const text = JSON.stringify(record);
  // To ask for each member takes five times as long, and few records have one to be rounded.
  const whole = FRACTION.test(text) ? JSON.stringify(record, rounded) : text;
  return BEYOND_ASCII.test(whole) ? whole.replace(OBEYED, escapeUnits) : whole;
}

const rounded = (key: string, value: unknown): unknown =>
  typeof value === "number" && key.endsWith("_ms") ? Math.round(value * 1000) / 1000 : value;

/** Each of UTF-16, so that a pair stays one. */
const escapeUnits = (text: string): string =>
  text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Of a member in milliseconds, with more than three digits or an exponent. */
const FRACTION = /_ms":-?\d+(\.\d{4}|[\d.]*e)/;
const BEYOND_ASCII = /[^\x20-\x7e]/;
