/** The include family, which is read before any table (`include.ts`): rows for the catalogue alone. */
import { text } from "../arguments.ts";
import { keyword } from "../keyword.ts";

const pattern = text("PATTERN");

export const INCLUDES = {
  include: keyword("Reads the files that match, as include_check says", pattern),
  includer: keyword("The same, and each file that matches has to be readable", pattern),
  includem: keyword("The same, and one file has to match unless there is a wildcard", pattern),
  includew: keyword("The same, and one file has to match", pattern),
  includeb: keyword("The same, and each alternative in braces has to match", pattern),
  includea: keyword("The same with all these checks", pattern),
} as const;
