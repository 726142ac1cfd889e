/** What a check of `vrrp doctor` or `ipvs doctor` comes to. */
import type { Family } from "../../core/addr.ts";

export interface Finding {
  readonly check: string; // one lower-case word
  readonly family: Family | null; // null: of the host, or of the virtual router that it names
  readonly verdict: Verdict;
  readonly seen: string; // one line, no full stop
  /** Lines to be pasted into a shell as they stand; advice that is no command begins with `# `. */
  readonly fix: readonly string[];
}

/** `warn` works, or may not be meant; `skip` could not be told. */
export type Verdict = "ok" | "fail" | "warn" | "skip";

export const well = (check: string, seen: string): Finding => ({
  check,
  family: null,
  verdict: "ok",
  seen,
  fix: [],
});

export const skipped = (check: string, seen: string): Finding => ({
  check,
  family: null,
  verdict: "skip",
  seen,
  fix: [],
});

export const failed = (check: string, seen: string, ...fix: readonly string[]): Finding => ({
  check,
  family: null,
  verdict: "fail",
  seen,
  fix,
});

export const doubtful = (check: string, seen: string, ...fix: readonly string[]): Finding => ({
  check,
  family: null,
  verdict: "warn",
  seen,
  fix,
});

export const ofFamily = (family: Family, finding: Finding): Finding => ({ ...finding, family });

/** For what would read alike of both families. */
export const namingFamily = (finding: Finding): Finding => ({
  ...finding,
  seen: `IPv${finding.family}: ${finding.seen}`,
});
