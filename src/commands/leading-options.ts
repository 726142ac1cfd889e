/** Global options may stand before the command: `--netns blue vip list`. */

/** @returns how many words they are */
export function leadingOptions(words: readonly string[]): number {
  let at = 0;
  while (/^--(netns|color)(=|$)/.test(words[at] ?? "")) at += words[at]?.includes("=") ? 1 : 2;
  return at;
}
