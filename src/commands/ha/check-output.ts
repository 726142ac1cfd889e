/** How the findings of `ha check` are told: as text, as NDJSON, as one SARIF document, or not at all. */
import type { Finding, Severity } from "../../config/finding.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import { VERSION } from "../../version.ts";
import type { Context } from "../define.ts";
import { findingRecord } from "./finding-record.ts";
import { findingCounts, findingText } from "./finding-text.ts";
import { sarif } from "./sarif.ts";

export type CheckForm = "text" | "json" | "sarif" | "none";

export class CheckOutput {
  readonly #form: CheckForm;
  readonly #ctx: Context;
  readonly #tellsNotes: boolean;
  readonly #sarif: Finding[] = []; // one document for all files

  /** @param tellsNotes as text too; programs sort them out themselves */
  constructor(form: CheckForm, tellsNotes: boolean, ctx: Context) {
    this.#form = form;
    this.#tellsNotes = tellsNotes;
    this.#ctx = ctx;
  }

  /** A line beside the findings. */
  say(line: string): void {
    if (this.#form === "text" || this.#form === "sarif") this.#ctx.stderr(printable(line));
  }

  /** All findings of a file. @param more of the summary, for programs */
  tell(path: string, findings: readonly Finding[], more: object = {}): void {
    const { stdout, paint, columns } = this.#ctx;
    const told =
      this.#form === "text" && !this.#tellsNotes
        ? findings.filter(({ kind }) => kind.severity !== "note")
        : findings;
    const shown = told.slice(0, MOST_SHOWN);
    const leftOut = told.length - shown.length;
    if (this.#form === "sarif") this.#sarif.push(...shown);
    if (this.#form === "json") {
      for (const one of shown) stdout(formatJson(findingRecord(one)));
      const counts = { errors: count(findings, "error"), warnings: count(findings, "warning") };
      const notes = count(findings, "note");
      stdout(
        formatJson({ type: "summary", file: path, ...counts, notes, left_out: leftOut, ...more }),
      );
    }
    if (this.#form === "text") {
      for (const one of shown) for (const line of findingText(one, paint, columns)) stdout(line);
      if (leftOut > 0) stdout(`... and ${leftOut} more`);
    }
    const hidden = told.length < findings.length ? " (-v tells the notes)" : "";
    this.say(`${path}: ${findingCounts(findings)}${hidden}`);
  }

  /** No more files come. @param isWhole whether none failed */
  end(isWhole: boolean): void {
    if (this.#form === "sarif") this.#ctx.stdout(formatJson(sarif(this.#sarif, VERSION, isWhole)));
  }
}

const count = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter(({ kind }) => kind.severity === severity).length;

const MOST_SHOWN = 1000;
