/** A strict reader of the XML that we write (XML 1.0 section 2.1): elements, attributes in double quotes, text. */
import assert from "node:assert/strict";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string; // its own, entities resolved
}

/** @throws AssertionError where it is not well-formed */
export function parseXml(document: string): XmlElement {
  // Section 2.2: no other characters may stand in a document.
  assert.doesNotMatch(document, /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  const top: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  let at = 0;
  for (const match of document.matchAll(/<(\/?)([\w:-]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g)) {
    const [piece, closes, name = "", list = "", empty] = match;
    const inner = open.at(-1) as XmlElement;
    inner.text += resolved(document.slice(at, match.index));
    at = match.index + piece.length;
    if (closes === "/") {
      assert.equal(open.pop()?.name, name);
      continue;
    }
    const pairs = [...list.matchAll(/([\w:-]+)="([^"]*)"/g)];
    const attributes = pairs.map(([, key = "", value = ""]) => [key, resolved(value)] as const);
    assert.equal(new Set(pairs.map(([, key]) => key)).size, pairs.length, piece);
    const element = { name, attributes: Object.fromEntries(attributes), children: [], text: "" };
    inner.children.push(element);
    if (empty === "") open.push(element);
  }
  assert.deepEqual([open.length, document.slice(at).trim(), top.children.length], [1, "", 1]);
  return top.children[0] as XmlElement;
}

/** All elements of a name below it, in the order of the document. */
export const elementsOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elementsOf(child, name),
  ]);

function resolved(text: string): string {
  assert.doesNotMatch(text, /<|&(?!(amp|lt|gt|quot|#39);)/);
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? "");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};
