/** The configuration is read by a process of its own: its size delays nobody, and its memory goes with it. */
import type { Child, Ports } from "../../../io/ports.ts";
import type { HaPlan } from "./plan.ts";

export type ReadPlan =
  | { readonly kind: "plan"; readonly plan: HaPlan }
  /** Lines for people, which say what is wrong. `isMistake`: in the file; else it could not be read. */
  | { readonly kind: "refused"; readonly isMistake: boolean; readonly lines: readonly string[] };

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
