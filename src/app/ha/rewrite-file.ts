/** Files of a configuration as they would be, or are, rewritten: by fixes, by the formatter. */
import type { Finding } from "../../config/finding.ts";
import { planFixes, rewriteOf } from "../../config/fixes.ts";
import { layOut } from "../../config/layout.ts";
import { MAX_LINES } from "../../config/lines.ts";
import { saysTheSame } from "../../config/same-words.ts";
import { type Rewrite, rewritten, textLines } from "../../config/text-lines.ts";
import { SystemError } from "../../core/errors.ts";
import type { ConfigurationFiles } from "../../io/ports.ts";

export interface FileRewrite {
  readonly path: string;
  readonly before: Uint8Array;
  readonly lines: readonly string[];
  readonly rewrite: Rewrite; // empty: it stays as it is
}

export interface Fixes {
  readonly rewrites: readonly FileRewrite[];
  readonly fixed: readonly Finding[];
  readonly left: readonly Finding[]; // fixed by another run: their edits overlap with others
}

/** Files as they would be. */
export function withRewrites<F extends Pick<ConfigurationFiles, "read">>(
  files: F,
  rewrites: readonly FileRewrite[],
): F {
  const byPath = new Map(rewrites.map((one) => [one.path, one]));
  const read: F["read"] = (path) => {
    const file = files.read(path);
    const own = byPath.get(path);
    return own === undefined ? file : { ...file, bytes: rewritten(own.lines, own.rewrite) };
  };
  return { ...files, read };
}

/** @throws SystemError where a file cannot be read, or is not any more what was checked */
export function fixesOf(
  findings: readonly Finding[],
  files: Pick<ConfigurationFiles, "read">,
): Fixes {
  const { edits, fixed, left } = planFixes(findings);
  const rewrites = [...edits].map(([path, own]) =>
    planRewrite(path, files, (lines) => {
      const rewrite = rewriteOf(lines, own);
      if (rewrite !== undefined) return rewrite;
      throw new SystemError("fix", path, "changed", "has changed since it was checked");
    }),
  );
  return { rewrites, fixed, left };
}

function planRewrite(
  path: string,
  files: Pick<ConfigurationFiles, "read">,
  plan: (lines: readonly string[], bytes: Uint8Array) => Rewrite,
): FileRewrite {
  const { bytes } = files.read(path);
  if (countLines(bytes) > MAX_LINES) {
    throw new SystemError("rewrite", path, "too-large", `has more than ${MAX_LINES} lines`);
  }
  const lines = textLines(bytes);
  return { path, before: bytes, lines, rewrite: plan(lines, bytes) };
}

/** Whole or not at all, with the mode and the owner that the file has. @throws SystemError */
export function writeRewrite(
  { path, before, lines, rewrite }: FileRewrite,
  files: Pick<ConfigurationFiles, "replace">,
): void {
  if (rewrite.size > 0) files.replace(path, rewritten(lines, rewrite), before);
}

/** A file as it is laid out. @throws SystemError `other-words` where it would not say the same any more */
export function formatFile(path: string, files: Pick<ConfigurationFiles, "read">): FileRewrite {
  return planRewrite(path, files, (lines, bytes) => {
    const { rewrite, unmatched } = layOut(lines);
    if (unmatched !== null) {
      const { brace, line } = unmatched;
      const why = brace === "}" ? "that closes nothing" : "that nothing closes";
      const reason = `line ${line} has a ${brace} ${why}: it stays as it is`;
      throw new SystemError("lay out", path, "unmatched-brace", reason);
    }
    if (rewrite.size === 0 || saysTheSame(bytes, rewritten(lines, rewrite))) return rewrite;
    throw new SystemError(
      "lay out",
      path,
      "other-words",
      "would say something else: it stays as it is",
    );
  });
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count += 1;
  return count;
}

const LF = 0x0a;
