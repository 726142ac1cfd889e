/** In which of the languages that can say what IPVS is to be a text is written: by its first word. */

export const TARGET_FORMATS = ["ipvsadm", "yaml", "json", "keepalived"] as const;
export type TargetFormat = (typeof TARGET_FORMATS)[number];

/** null: nothing but comments. */
export function formatOf(text: string): TargetFormat | null {
  const first = FIRST.exec(text)?.[1] ?? "";
  if (first === "") return null;
  if (first.startsWith("{")) return "json";
  if (/^(?:ipvsadm\b|-[a-zA-Z]|--[a-z])/.test(first)) return "ipvsadm";
  return /^(?:---|%YAML|- |[\w"'-]+\s*:)/.test(first) ? "yaml" : "keepalived";
}

/** The first line that is more than a comment of any of them. */
const FIRST = /^[ \t]*([^\s#!].*)/m;
