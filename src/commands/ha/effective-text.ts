/** What is in force, for people as a keepalived.conf with comments, for programs as JSON. */
import type { ShownBlock, ShownLine } from "../../config/effective/blocks.ts";
import { type Origin, spanOf } from "../../config/effective/in-force.ts";
import { printable } from "../../core/printable.ts";

export const effectiveLines = (blocks: readonly ShownBlock[]): string[] =>
  blocks.flatMap((block) => blockLines(block, ""));

function blockLines({ keyword, name, lines }: ShownBlock, indent: string): string[] {
  const head = [keyword, printable(name), "{"].filter((word) => word !== "").join(" ");
  const inner = `${indent}    `;
  return [
    `${indent}${head}`,
    ...lines.flatMap((one) => ("lines" in one ? blockLines(one, inner) : settingLine(one, inner))),
    `${indent}}`,
  ];
}

function settingLine({ keyword, text, origin }: ShownLine, indent: string): string {
  const words = printable([keyword, text].filter((word) => word !== "").join(" "));
  const line = `${indent}${words}`;
  return origin === null ? line : `${line.padEnd(WIDTH)} # ${printable(originText(origin))}`;
}

/** `a.conf:12`, `inherited from global_defs, a.conf:3`, `default`, `corrected by vk303, a.conf:7`. */
function originText(origin: Origin): string {
  const span = spanOf(origin);
  const where = span === null ? "default" : `${span.place.file.path}:${span.place.line}`;
  if (origin.kind === "inherited") return `inherited from ${origin.from}, ${where}`;
  return origin.kind === "corrected" ? `corrected by ${origin.by.kind.code}, ${where}` : where;
}

/** With blocks inside. */
export function effectiveRecord({ keyword, name, lines }: ShownBlock): object {
  const inside = lines.map((one) => ("lines" in one ? effectiveRecord(one) : lineRecord(one)));
  return { block: keyword, name: name === "" ? null : name, lines: inside };
}

function lineRecord({ keyword, text, origin }: ShownLine) {
  const place = origin === null ? undefined : spanOf(origin)?.place;
  return {
    keyword: keyword === "" ? null : keyword,
    value: text,
    origin: origin?.kind ?? null,
    file: place?.file.path ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    from: origin?.kind === "inherited" ? origin.from : null,
    code: origin?.kind === "corrected" ? origin.by.kind.code : null,
  };
}

const WIDTH = 44; // columns, so that comments stand below each other
