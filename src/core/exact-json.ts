/** JSON of records with whole numbers of any size (RFC 8259 section 6 bounds none), in one line. */
import { formatJson } from "./json.ts";

/** A bigint is written with all of its digits; what is undefined is left out. All else is as `formatJson` has it. */
export function formatExactJson(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return formatJson(value);
  if (Array.isArray(value)) return `[${value.map(formatExactJson).join(",")}]`;
  const members: string[] = [];
  for (const [key, one] of Object.entries(value))
    if (one !== undefined) members.push(`${formatJson(key)}:${formatExactJson(one)}`);
  return `{${members.join(",")}}`;
}
