/** A command line without its secrets: for `ps`, where everybody on the host reads it. */
import type { OptionTable } from "./option.ts";

/** @returns undefined where there is nothing to hide. */
export function maskSecrets(
  words: readonly string[],
  options: OptionTable,
): readonly string[] | undefined {
  const names = Object.keys(options).flatMap((name) =>
    options[name]?.secret ? [`--${name}`] : [],
  );
  const masked = words.map((word, at) => {
    if (names.includes(words[at - 1] ?? "")) return MASK;
    const name = names.find((name) => word.startsWith(`${name}=`));
    return name === undefined ? word : `${name}=${MASK}`;
  });
  return masked.some((word, at) => word !== words[at]) ? masked : undefined;
}

const MASK = "***"; // of one length, so that it tells none
