/** Programs of the user's that follow the states of virtual routers and sync groups: of each one at a time, in order. */

import type { Ports } from "../../../../io/ports.ts";
import { type Notice, noticeWords } from "../../../../proto/ha/notice.ts";
import { type HookCall, type HookQueue, hookQueue } from "../../../hooks.ts";
import type { PlannedProgram, PlannedSubject } from "../plan/notify-plan.ts";

export class HookRunner {
  readonly #queue: HookQueue;

  /** One that hangs delays those of its own subject alone. */
  constructor(
    { name }: Pick<PlannedSubject, "name">,
    ports: Pick<Ports, "clock" | "runProgram">,
    onTrouble: (line: string) => void,
  ) {
    this.#queue = hookQueue(ports, (line) => onTrouble(`${name}: ${line}`));
  }

  /** @param environment what it learns beside its arguments */
  tell(
    notice: Notice,
    hooks: PlannedSubject["hooks"],
    environment: Readonly<Record<string, string>>,
  ): void {
    const { word } = notice;
    if (word === "MASTER_PRIORITY" || word === "BACKUP_PRIORITY") return; // FIFOs alone tell these
    const final = word === "STOP";
    this.#push(hooks[word], { contract: [], environment, final });
    if (word === "MASTER_RX_LOWER_PRI") return;
    this.#push(hooks.change, { contract: noticeWords(notice), environment, final });
  }

  /** Resolves when all have ended or were given up. */
  drained(): Promise<void> {
    return this.#queue.drained();
  }

  /** Kills what runs but for what follows the end itself. */
  hurry(): void {
    this.#queue.hurry();
  }

  #push(program: PlannedProgram | undefined, call: Omit<HookCall, "argv" | "user">): void {
    if (program === undefined) return;
    const { argv, user } = program;
    this.#queue.push({ ...call, argv, ...(user !== null && { user }) });
  }
}
