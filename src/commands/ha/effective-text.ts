/** What is in force, for people as a keepalived.conf with comments, for programs as JSON. */
import { type Origin, spanOf } from "../../config/effective/in-force.ts";
import type { Span } from "../../config/place.ts";
import type { Shown, ShownBlock, ShownLine } from "../../config/shown/shown.ts";
import { printable } from "../../core/printable.ts";

/** With an empty line between the outer blocks. */
export const effectiveLines = (shown: Shown): string[] =>
  shown.flatMap((one, index) => {
    const lines = linesOf(one, "");
    return index > 0 && "lines" in one ? ["", ...lines] : lines;
  });

const linesOf = (one: ShownLine | ShownBlock, indent: string): string[] =>
  "lines" in one ? blockLines(one, indent) : [settingLine(one, indent)];

function blockLines(block: ShownBlock, indent: string): string[] {
  const head = [block.keyword, block.name, "{"].filter((word) => word !== "").join(" ");
  const inner = `${indent}    `;
  return [
    told(indent, head, block.origin, block.was ?? null),
    ...block.lines.flatMap((one) => linesOf(one, inner)),
    `${indent}}`,
  ];
}

/** What keepalived drops is a comment. */
function settingLine({ keyword, text, origin, was }: ShownLine, indent: string): string {
  if (text === null) return told(indent, `# no ${keyword}`, origin, was);
  const words = [keyword, text].filter((word) => word !== "").join(" ");
  return told(indent, words, origin, was);
}

function told(indent: string, words: string, origin: Origin | null, was: string | null): string {
  const line = `${indent}${printable(words)}`;
  if (origin === null) return line;
  return `${line.padEnd(WIDTH)} # ${printable(originText(origin, was))}`;
}

/** `a.conf:12`, `inherited from global_defs, a.conf:3`, `default`, `corrected by vk303, a.conf:7, was 5`. */
function originText(origin: Origin, was: string | null): string {
  const span = spanTold(origin);
  const where = span === null ? null : `${span.place.file.path}:${span.place.line}`;
  const parts = [
    origin.kind === "inherited" ? `inherited from ${origin.from}` : null,
    origin.kind === "corrected" ? `corrected by ${origin.by.kind.code}` : null,
    where,
    was === null ? null : `was ${was}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "default" : parts.join(", ");
}

/** Where it is written, or told that it is missing. */
const spanTold = (origin: Origin): Span | null =>
  spanOf(origin) ?? (origin.kind === "corrected" ? origin.by.span : null);

/** With blocks inside. */
export const effectiveRecord = (one: ShownLine | ShownBlock): object =>
  "lines" in one
    ? {
        block: one.keyword,
        name: one.name === "" ? null : one.name,
        ...originRecord(one.origin, one.was ?? null),
        lines: one.lines.map(effectiveRecord),
      }
    : {
        keyword: one.keyword === "" ? null : one.keyword,
        value: one.text,
        ...originRecord(one.origin, one.was),
      };

function originRecord(origin: Origin | null, was: string | null) {
  const place = origin === null ? undefined : spanTold(origin)?.place;
  return {
    origin: origin?.kind ?? null,
    file: place?.file.path ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    from: origin?.kind === "inherited" ? origin.from : null,
    code: origin?.kind === "corrected" ? origin.by.kind.code : null,
    was,
  };
}

const WIDTH = 44; // columns, so that comments stand below each other
