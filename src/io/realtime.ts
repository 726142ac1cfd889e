/** The real-time scheduling of Linux for this process (sched(7)). */
import { accepted, native } from "./native.ts";

/** Children are scheduled as usual. Without CAP_SYS_NICE RLIMIT_RTPRIO decides. @throws SystemError */
export function scheduleRealtime(priority: number): void {
  const policy = SCHED_RR | SCHED_RESET_ON_FORK;
  const subject = `real-time priority ${priority}`;
  accepted(native().schedSetscheduler(policy, priority), "schedule", subject);
}

const SCHED_RR = 2;
const SCHED_RESET_ON_FORK = 0x4000_0000;
