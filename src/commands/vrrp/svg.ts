/** Pieces of an SVG document (W3C SVG 1.1), as text. */
import { printable } from "../../core/printable.ts";

type Attributes = Readonly<Record<string, string | number>>;

/** @param children pieces, not plain text: that goes through `plain` */
export function tag(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const head = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? rounded(value) : plain(value)}"`)
    .join("");
  const inside = children.join("");
  return inside === "" ? `<${name}${head}/>` : `<${name}${head}>${inside}</${name}>`;
}

/** Text of anybody as XML has it: nothing in it is markup, nor a character that XML forbids. */
export const plain = (text: string): string =>
  printable(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string);

/** What a pointer that rests on the piece is told. */
export const tooltip = (text: string): string => tag("title", {}, plain(text));

/** At most `most` characters, the last an ellipsis where some are missing. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...printable(text.slice(0, 2 * most))];
  return `${characters.slice(0, most - 1).join("")}…`;
}

/** Half pixels are fine enough, and short. */
export const rounded = (pixels: number): number => Math.round(pixels * 2) / 2;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
