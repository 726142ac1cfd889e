/** Regular expressions of ECMAScript, as options. */
import { refuse } from "../option.ts";

/** For `value`: of characters, not of halves of them. */
export const unicodePattern = (text: string): RegExp => compiled(text, "u");

/** For `value`: as most people write them, also with escapes that nothing needs. */
export const pattern = (text: string): RegExp => compiled(text, "");

function compiled(text: string, flags: string): RegExp {
  try {
    return new RegExp(text, flags);
  } catch (error) {
    return refuse(`is no regular expression: ${(error as Error).message}`);
  }
}
