/** How Linux schedules this process (sched(7)), and what it is called there. */
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { failure } from "./failure.ts";
import { accepted, native } from "./native.ts";

/** Children are scheduled as usual. Without CAP_SYS_NICE RLIMIT_RTPRIO decides. @throws SystemError */
export function scheduleRealtime(priority: number): void {
  const subject = `real-time priority ${priority}`;
  accepted(native().schedSetscheduler(SCHED_RR | RESET_ON_FORK, priority), "schedule", subject);
}

/** Below 0 children are scheduled as usual. @param nice -20..19 @throws SystemError */
export function scheduleNice(nice: number): void {
  const subject = `nice value ${nice}`;
  if (nice < 0) accepted(native().schedSetscheduler(RESET_ON_FORK, 0), "schedule", subject);
  try {
    setPriority(nice);
  } catch (error) {
    throw failure("schedule", subject, (error as { readonly info: unknown }).info);
  }
}

/** For `ps` and `pgrep`; its command line stays. The kernel keeps 15 bytes. @throws SystemError */
export function nameProcess(name: string): void {
  try {
    writeFileSync("/proc/self/comm", name);
  } catch (error) {
    throw failure("name", name, error);
  }
}

const SCHED_RR = 2;
const RESET_ON_FORK = 0x4000_0000; // SCHED_RESET_ON_FORK
