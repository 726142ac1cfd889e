/** Whether the number in a file lets a service count as up. */
import { SystemError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import { type FileRule, fileFinding, fileNumber } from "../../proto/check/file-number.ts";
import { unknown } from "../../proto/check/result.ts";
import type { Prober } from "./attempt.ts";

export interface FileTarget {
  readonly path: string;
}

/** A file that is not there counts as 0; what cannot be read, or is no file, tells nothing. */
export const fileProber = (
  rule: FileRule,
  { readSecretFile }: Pick<Ports, "readSecretFile">,
): Prober<FileTarget> => ({
  nameOf: ({ path }) => path,
  async probe({ path }, attempt) {
    attempt.enter("answer");
    try {
      return fileFinding(fileNumber(readSecretFile(path).text), rule);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      if (!MISSING.has(error.code)) return unknown(error.message, "UNK");
      const finding = fileFinding(0, rule);
      return { ...finding, detail: `there is no such file: ${finding.detail}` };
    }
  },
  close: () => {},
});

export const parseFileTarget = (text: string): readonly FileTarget[] | string =>
  text === "" || text.includes("\0") ? "is no path" : [{ path: text }];

const MISSING: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR"]);
