/** Whether two texts say the same to keepalived, word by word: the proof that a layout changed nothing else. */
import { LineReader } from "./line-reader.ts";
import { shellWords } from "./shell-words.ts";
import { segmentsOf } from "./tokens.ts";

/** Included files are not looked at; that the same ones are asked for is. */
export function saysTheSame(one: Uint8Array, other: Uint8Array): boolean {
  const said = wordsOf(one);
  const others = wordsOf(other);
  return said.length === others.length && said.every((word, index) => word === others[index]);
}

/** Words and braces in their order; each with what it is, so that none passes for another. */
function wordsOf(bytes: Uint8Array): readonly string[] {
  const said: string[] = [];
  const content = { bytes, directory: "/", identity: "", isExecutable: false };
  const reader = new LineReader({ path: "", content }, NOWHERE, () => {});
  for (let logical = reader.next(); logical !== undefined; logical = reader.next()) {
    if ("include" in logical) {
      said.push(`include ${logical.include.pattern}`);
      continue;
    }
    for (const { words, text, brace } of segmentsOf(logical.line, () => {})) {
      if (words.length > 0) said.push("statement"); // its brace may also stand in the next line
      for (const word of words) said.push(`${word.isQuoted ? "quoted" : "word"} ${word.text}`);
      for (const word of shellWords(text, () => {})) said.push(`of a command ${word.text}`);
      if (brace !== null) said.push(brace.isOpen ? "{" : "}");
    }
  }
  return said;
}

const NOWHERE = { configId: "", environment: () => undefined, random: () => 0 };
