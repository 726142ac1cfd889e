/** Whether two texts say the same to keepalived, word by word: the proof that a layout changed nothing else. */
import { readStatements } from "./read-statements.ts";
import { shellWords } from "./shell-words.ts";
import type { Statement } from "./statement.ts";
import { ROOT } from "./tables/root.ts";

/** Included files are not looked at; that the same ones are asked for is. */
export function saysTheSame(one: Uint8Array, other: Uint8Array): boolean {
  const said = wordsOf(one);
  const others = wordsOf(other);
  return said.length === others.length && said.every((word, index) => word === others[index]);
}

/** All that is read, in its order; each with what it is, so that none passes for another. */
function wordsOf(bytes: Uint8Array): readonly string[] {
  const words: string[] = [];
  const content = { bytes, directory: "/", identity: "", isExecutable: false };
  const reading = readStatements({ path: "", content }, ROOT, NOWHERE, () => {});
  let step = reading.next();
  while (step.done !== true) {
    words.push(...step.value.patterns.map((pattern) => `include ${pattern}`));
    step = reading.next(step.value.patterns.map(() => []));
  }
  const add = (statements: readonly Statement[]): void => {
    for (const { words: own, text, block } of statements) {
      for (const word of own) words.push(`${word.isQuoted ? "quoted" : "word"} ${word.text}`);
      for (const word of shellWords(text, () => {})) words.push(`of a command ${word.text}`);
      words.push(block === null ? "end" : "{");
      if (block === null) continue;
      add(block.statements);
      words.push("}");
    }
  };
  add(step.value.statements);
  return words;
}

const NOWHERE = { configId: "", environment: () => undefined, random: () => 0 };
