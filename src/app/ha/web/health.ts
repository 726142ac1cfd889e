/** Whether a running `ha up` does its work: of `/healthz`. What its routers are is no matter of health. */
import { formatDurationMs } from "../../../core/duration.ts";
import type { ChildRecord, HaStatusRecord } from "../up/parent/status.ts";

/** @param silentMs for which a process may be silent. @returns what is wrong; nothing where all is well */
export const flawsOf = (
  { children, unanswered }: HaStatusRecord,
  silentMs: number,
): readonly string[] => [
  ...children.flatMap((child) => flawOf(child, silentMs)),
  ...unanswered.map((instance) => `router ${instance} does not answer`),
];

function flawOf({ role, pid, beat_age_ms }: ChildRecord, silentMs: number): readonly string[] {
  if (pid === null) return [`process ${role} does not run`];
  if (beat_age_ms === null) return [`process ${role} has just started`];
  if (beat_age_ms <= silentMs) return [];
  return [`process ${role} is silent for ${formatDurationMs(beat_age_ms)}`];
}
