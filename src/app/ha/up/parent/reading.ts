/** The configuration is read by a process of its own: its size delays nobody, and its memory goes with it. */
import type { Child, Ports } from "../../../../io/ports.ts";
import type { FileAsRead } from "../../../file-watch.ts";
import type { HaPlan } from "../plan/plan.ts";

/** An error with which keepalived goes on, and so do we at the start. */
export interface FileError {
  readonly what: string; // the same wherever it stands
  readonly lines: readonly string[]; // for people
}

export interface ReadWell {
  readonly kind: "plan";
  readonly plan: HaPlan;
  readonly files: readonly FileAsRead[]; // that it was read from
  readonly errors: readonly FileError[]; // in spite of which it can be run
}

export type ReadPlan =
  | ReadWell
  /** Lines for people, which say what is wrong. `isMistake`: in the file; else it could not be read. */
  | { readonly kind: "refused"; readonly isMistake: boolean; readonly lines: readonly string[] };

/**
 * A reload runs nothing that is worse than what runs: an error that was not there is refused, though a
 * start would live with it.
 */
export function unlessWorse(former: ReadWell, next: ReadWell): ReadPlan {
  const known = new Set(former.errors.map(({ what }) => what));
  const fresh = next.errors.filter(({ what }) => !known.has(what));
  if (fresh.length === 0) return next;
  return { kind: "refused", isMistake: true, lines: fresh.flatMap(({ lines }) => lines) };
}

/** What the file says now. @param limitMs then it has failed */
export async function readPlan(
  ports: Pick<Ports, "startChild" | "clock">,
  limitMs: number,
): Promise<ReadPlan> {
  let child: Child | undefined;
  let cancel = (): void => {};
  const failed = (text: string): ReadPlan => ({
    kind: "refused",
    isMistake: false,
    lines: [`the process that reads the configuration ${text}`],
  });
  const result = await new Promise<ReadPlan>((resolve) => {
    cancel = ports.clock.at(ports.clock.nowMs() + limitMs, () => {
      child?.kill();
      resolve(failed("has not ended in time"));
    });
    void ports
      .startChild(["--child", "reader"], {
        onMessage: (message) => resolve(message as ReadPlan),
        onEnd: (code) => resolve(failed(`has ended (${code})`)),
      })
      .then((started) => {
        child = started;
      });
  });
  cancel();
  return result;
}
