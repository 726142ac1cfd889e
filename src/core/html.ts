/** HTML whose text cannot become markup, whoever wrote it. */
import { printable } from "./printable.ts";

/** A piece of it. Only `html` makes one. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = string | number | Html | readonly Html[];

/** A template: values are text, also within the quotes of an attribute, unless they are HTML already. */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html =>
  new Html(strings.map((text, index) => text + markupOf(values[index] ?? "")).join(""));

function markupOf(value: HtmlValue): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("");
  return printable(`${value}`).replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`);
}
