/** Numbers of things, as a sentence has them. */

/** `1 target`, `2 targets`, `3 processes`. */
export const counted = (number: number, thing: string): string =>
  `${number} ${thing}${number === 1 ? "" : thing.endsWith("s") ? "es" : "s"}`;
