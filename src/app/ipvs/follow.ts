/** Follows what anybody does to IPVS, by reading it again and again: the kernel notifies nobody. */
import type { Ports } from "../../io/ports.ts";
import { planTable } from "../../proto/ipvs/plan.ts";
import type { IpvsTable } from "../../proto/ipvs/table.ts";
import { pause } from "../pause.ts";
import type { IpvsKernel } from "./kernel.ts";
import { type IpvsStepRecord, ipvsStepRecords } from "./step-record.ts";

/** Until `signal` is aborted. @param onChange steps that make the table before the one that is now. @throws SystemError */
export async function followTable(
  kernel: IpvsKernel,
  intervalMs: number,
  { clock }: Pick<Ports, "clock">,
  signal: AbortSignal,
  onChange: (steps: readonly IpvsStepRecord[]) => void,
): Promise<void> {
  for (let before: IpvsTable | undefined; !signal.aborted; ) {
    const now = kernel.table();
    if (before !== undefined) {
      const steps = ipvsStepRecords(planTable(before, now, () => true));
      if (steps.length > 0) onChange(steps);
    }
    before = now;
    await pause(clock, intervalMs, signal);
  }
}
