/** Whether enough instances of a program run. */
import type { Ports, ProcessEvent } from "../../io/ports.ts";
import {
  hasName,
  isMeant,
  type ProcessPattern,
  type ProcessQuorum,
  processFinding,
} from "../../proto/check/process-match.ts";
import type { Prober } from "./attempt.ts";

export interface ProcessTarget {
  readonly name: string;
}

export interface ProcessPlan {
  readonly pattern: ProcessPattern;
  readonly quorum: ProcessQuorum;
}

/** This process itself is never counted. */
export function processProber(
  { pattern, quorum }: ProcessPlan,
  ports: Pick<Ports, "listProcesses" | "watchProcesses" | "pid">,
): Prober<ProcessTarget> {
  const counted = new Map<string, readonly number[]>(); // pids, by name
  const isCounted = (pid: number): boolean =>
    [...counted.values()].some((pids) => pids.includes(pid));
  const { isFull, parameters } = pattern;
  return {
    nameOf: ({ name }) => name,
    async probe({ name }, attempt) {
      attempt.enter("answer");
      const wants = (comm: string): boolean => isFull || hasName(name, comm);
      const withArguments = isFull || parameters !== undefined;
      const table = await ports.listProcesses(wants, withArguments, attempt.signal);
      const meant = table.processes.filter(
        (one) => one.pid !== ports.pid && isMeant(name, pattern, one.name, one.argv),
      );
      const pids = meant.map(({ pid }) => pid);
      counted.set(name, pids);
      return processFinding(pids, quorum, table.isPartial);
    },
    /** Of a busy host often: who asks at once must bound how often. */
    changes: (onChange) =>
      ports.watchProcesses((event) => {
        if (mayMatter(event, isCounted)) onChange();
      }),
    close: () => {},
  };
}

/** A child has its parent's name until it gets another one. */
function mayMatter(event: ProcessEvent, isCounted: (pid: number) => boolean): boolean {
  switch (event.kind) {
    case "started":
      return isCounted(event.parentPid);
    case "ended":
      return isCounted(event.pid);
    case "renamed":
    case "lost":
      return true;
  }
}

export const parseProcessTarget = (text: string): readonly ProcessTarget[] | string =>
  text === "" || text.includes("\0") ? "is no name of a program" : [{ name: text }];
