/** What a reload does, as JSON records: of `ha plan`, `ha reload` and `ha events`. */
import type { Change, ChangeKind, PlanChanges } from "../plan/plan-changes.ts";

/** One thing of the file, whether it goes on as it is or not. */
export interface StepRecord {
  readonly block: string; // keyword
  readonly name: string | null; // null: what has none
  readonly next_name: string | null; // null also for what is removed
  readonly step: ChangeKind;
  readonly what: readonly string[]; // settings that are others
}

export const stepRecords = (changes: PlanChanges): StepRecord[] => [
  ...BLOCKS.flatMap(([key, block]) => changes[key].map((one) => stepRecord(block, one))),
  ...changes.others.map(({ kind: step, name: block, what }) => {
    return { block, name: null, next_name: null, step, what };
  }),
];

const stepRecord = (block: string, { kind: step, name, nextName, what }: Change): StepRecord => {
  return { block, name, next_name: step === "removed" ? null : nextName, step, what };
};

const BLOCKS = [
  ["routers", "vrrp_instance"],
  ["syncGroups", "vrrp_sync_group"],
  ["scripts", "vrrp_script"],
  ["files", "track_file"],
  ["processes", "vrrp_track_process"],
  ["notify", "notify"],
] as const;
