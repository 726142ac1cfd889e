/** Who is told of transitions, and how: a part of the plan of `ha up`. */
import type { MailServer, ProgramUser } from "../../../../io/ports.ts";
import type { Notice, StateWord } from "../../../../proto/ha/notice.ts";

export interface NotifyPlan {
  readonly subjects: readonly PlannedSubject[];
  readonly fifos: readonly PlannedFifo[];
  readonly mail: PlannedMail | null; // null: there is no server, or nobody to write to
  readonly retells: boolean; // FIFOs get all states again after a reload
}

/** An instance or a sync group, and what follows its states. */
export interface PlannedSubject extends Pick<Notice, "subject" | "name"> {
  readonly hooks: Readonly<Partial<Record<HookKind, PlannedProgram>>>;
  readonly isMailed: boolean;
  readonly tellsPriority: boolean; // each change of it, to FIFOs
  readonly tellsDeletion: boolean; // by a reload; else that is told as a fault
}

/** `change`: behind that of the state itself. */
export type HookKind = StateWord | "MASTER_RX_LOWER_PRI" | "change";

export interface PlannedProgram {
  readonly argv: readonly string[];
  readonly user: ProgramUser | null; // null: as ourselves
}

export interface PlannedFifo {
  readonly of: "all" | "vrrp" | "lvs"; // what is told by it
  readonly path: string;
  readonly mode: number; // of one that we make
  readonly owner: ProgramUser | null; // likewise; null: we ourselves
  readonly reader: PlannedProgram | null; // run while we run, with the path behind its arguments
}

export interface PlannedMail {
  readonly server: MailServer;
  readonly from: string;
  readonly to: readonly string[];
  readonly routerId: string;
  readonly tellsFaults: boolean;
}
