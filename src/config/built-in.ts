/** The definitions that are there without being written: `${_PWD}`, `${_RANDOM 1 6}` and the like. */
import type { BuiltIn } from "./expansion.ts";

/** What the language asks of the host. */
export interface Surroundings {
  /** `-i`, or else the node name up to its first dot: what `@id` lines are compared with. */
  readonly configId: string;
  /** A variable of the environment. */
  environment(name: string): string | undefined;
  /** From 0 up to below 1. */
  random(): number;
}

/** @param directory that of the file which is being read */
export const builtIns =
  ({ configId, environment, random }: Surroundings, directory: () => string): BuiltIn =>
  (name, words) => {
    if (name === "_RANDOM") return randomNumber(words, random);
    if (name === "_ENV") return words.length === 1 ? environment(words[0] as string) : undefined;
    if (words.length > 0) return undefined;
    if (name === "_PWD") return directory();
    if (name === "_INSTANCE") return configId;
    return name === "_HASH" ? "#" : name === "_BANG" ? "!" : undefined;
  };

function randomNumber(words: readonly string[], random: () => number): string | undefined {
  if (words.length > 2 || words.some((word) => !/^\d{1,10}$/.test(word))) return undefined;
  const [min, max] = [Number(words[0] ?? 0), Number(words[1] ?? 32767)];
  return min > max ? undefined : String(min + Math.floor(random() * (max - min + 1)));
}
