/** A way for the test's own process to open sockets on a host of the LAN. */
import { closeSync, openSync } from "node:fs";
import { accepted, native } from "../../src/io/native.ts";
import { enterNetns } from "../../src/io/netns.ts";
import { type Host, labMissing } from "./netns.ts";

/** Why that cannot be done here, in one line; false when it can. */
export const insideMissing = (): string | false =>
  process.getuid?.() === 0 ? labMissing() : "needs root: a test enters a network namespace itself";

export interface Inside {
  readonly ifName: string;
  readonly ifIndex: number;
  /** Runs `work` in the namespace of the host; what it opens stays there. */
  run<T>(work: () => T): T;
}

export async function openInside(host: Host): Promise<Inside> {
  const resident = host.spawn("sh", "-c", "ip -o link show eth0; exec cat");
  const [, ifIndex] = await resident.lines.next(/^(\d+): eth0/);
  return {
    ifName: "eth0",
    ifIndex: Number(ifIndex),
    run: (work) => {
      const home = openSync("/proc/thread-self/ns/net", "r");
      try {
        enterNetns(`/proc/${resident.pid}/ns/net`);
        return work();
      } finally {
        accepted(native().setns(home, 0), "setns", "home");
        closeSync(home);
      }
    },
  };
}
