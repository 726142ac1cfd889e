/** What a check of `vrrp doctor` comes to. */

export interface Finding {
  readonly check: string; // one lower-case word
  readonly verdict: Verdict;
  readonly seen: string; // one line, no full stop
  /** Lines to be pasted into a shell as they stand; advice that is no command begins with `# `. */
  readonly fix: readonly string[];
}

/** `warn` works, or may not be meant; `skip` could not be told. */
export type Verdict = "ok" | "fail" | "warn" | "skip";

export const well = (check: string, seen: string): Finding => ({
  check,
  verdict: "ok",
  seen,
  fix: [],
});

export const skipped = (check: string, seen: string): Finding => ({
  check,
  verdict: "skip",
  seen,
  fix: [],
});

export const failed = (check: string, seen: string, ...fix: readonly string[]): Finding => ({
  check,
  verdict: "fail",
  seen,
  fix,
});

export const doubtful = (check: string, seen: string, ...fix: readonly string[]): Finding => ({
  check,
  verdict: "warn",
  seen,
  fix,
});
