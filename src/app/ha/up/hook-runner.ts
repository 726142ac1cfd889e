/** Programs of the user's that follow the states of virtual routers and sync groups: of each one at a time, in order. */

import type { Ports } from "../../../io/ports.ts";
import { type Notice, noticeWords } from "../../../proto/ha/notice.ts";
import { type HookQueue, hookQueue } from "../../hooks.ts";
import type { HookKind, PlannedSubject } from "./notify-plan.ts";

export class HookRunner {
  readonly #hooks: PlannedSubject["hooks"];
  readonly #queue: HookQueue;

  /** One that hangs delays those of its own subject alone. */
  constructor(
    { hooks, name }: PlannedSubject,
    ports: Pick<Ports, "clock" | "runProgram">,
    onTrouble: (line: string) => void,
  ) {
    this.#hooks = hooks;
    this.#queue = hookQueue(ports, (line) => onTrouble(`${name}: ${line}`));
  }

  /** @param environment what it learns beside its arguments */
  tell(notice: Notice, environment: Readonly<Record<string, string>>): void {
    const { word } = notice;
    if (word === "MASTER_PRIORITY" || word === "BACKUP_PRIORITY") return; // FIFOs alone tell these
    this.#push(word, [], environment, word === "STOP");
    if (word === "MASTER_RX_LOWER_PRI") return;
    this.#push("change", noticeWords(notice), environment, word === "STOP");
  }

  /** Resolves when all have ended or were given up. */
  drained(): Promise<void> {
    return this.#queue.drained();
  }

  /** Kills what runs but for what follows the end itself. */
  hurry(): void {
    this.#queue.hurry();
  }

  #push(
    kind: HookKind,
    contract: readonly string[],
    environment: Readonly<Record<string, string>>,
    final: boolean,
  ): void {
    const program = this.#hooks[kind];
    if (program === undefined) return;
    const { argv, user } = program;
    this.#queue.push({ argv, contract, environment, final, ...(user !== null && { user }) });
  }
}
