/** Shell patterns of one name, as glob(7) has them: `*`, `?`, `[a-z]`, `[!a]`, and a backslash before any of these. */

/** Whether it has to be compared with names at all. */
export const isGlob = (pattern: string): boolean => /[*?[\\]/.test(pattern);

/** A leading dot is matched by a dot alone. Takes no longer than the product of both lengths. */
export function matchesGlob(name: string, pattern: string): boolean {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  const parts = pattern.match(PARTS) ?? [];
  let at = 0; // in the name
  let part = 0;
  let star: { part: number; at: number } | null = null; // the last one, and how much it takes so far
  while (at < name.length) {
    if (parts[part] === "*") {
      star = { part, at };
      part += 1;
    } else if (part < parts.length && matchesOne(name[at] as string, parts[part] as string)) {
      part += 1;
      at += 1;
    } else if (star !== null) {
      star.at += 1;
      at = star.at;
      part = star.part + 1;
    } else return false;
  }
  return parts.slice(part).every((rest) => rest === "*");
}

function matchesOne(character: string, part: string): boolean {
  if (part === "?") return true;
  if (part.startsWith("\\")) return character === (part[1] ?? "\\");
  if (!part.startsWith("[") || part === "[") return character === part;
  const isNot = /^\[[!^]/.test(part);
  const ranges = part.slice(isNot ? 2 : 1, -1).match(/.-.|./gs) ?? [];
  const isInside = ranges.some((range) =>
    range.length === 3
      ? range.charAt(0) <= character && character <= range.charAt(2)
      : range === character,
  );
  return isInside !== isNot;
}

const PARTS = /\[[!^]?\]?[^\]]*\]|\\.|./gs;
