/** What came of a reload, as one JSON record. */
import type { ReloadResult } from "./reloads.ts";
import { type StepRecord, stepRecords } from "./step-record.ts";

export interface ReloadRecord {
  readonly reloaded: boolean; // else all goes on as it was
  readonly mistake: boolean; // the file has errors
  readonly lines: readonly string[]; // why it was not
  readonly notes: readonly string[]; // what the file says, as it did not before, and does not happen
  readonly steps: readonly StepRecord[];
}

export function reloadRecord(result: ReloadResult): ReloadRecord {
  if (result.kind === "refused") {
    const { isMistake: mistake, lines } = result;
    return { reloaded: false, mistake, lines, notes: [], steps: [] };
  }
  const { changes, notes } = result;
  return { reloaded: true, mistake: false, lines: [], notes, steps: stepRecords(changes) };
}
