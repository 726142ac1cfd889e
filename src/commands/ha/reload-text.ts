/** What came of a reload, for people: of `ha up` and `ha reload`. */
import type { ReloadRecord } from "../../app/ha/up/parent/reload-record.ts";
import { printable } from "../../core/printable.ts";
import type { Context } from "../define.ts";
import { refusalLines } from "./plan-file.ts";
import { stepLines } from "./step-text.ts";

export function tellReload(
  { reloaded, mistake: isMistake, lines, notes, steps }: ReloadRecord,
  command: string,
  { stdout, stderr }: Pick<Context, "stdout" | "stderr">,
): void {
  for (const line of refusalLines({ kind: "refused", isMistake, lines }, command)) stderr(line);
  for (const note of notes) stderr(`note: ${printable(note)}`);
  for (const line of stepLines(steps)) stdout(line);
  if (reloaded) stdout("reloaded");
  else stderr("not reloaded: all goes on as it was");
}
