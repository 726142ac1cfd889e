/** Puts the process of a test file into a network namespace of its own, which ends with the process. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { enterNetns } from "../../src/io/netns.ts";

/** Why it cannot be done here, in one line; false when it can. Usable as the `skip` of a test. */
export const ownNetnsMissing: string | false =
  process.getuid?.() === 0 ? false : "needs root: a process cannot join a namespace of its child";

/** To be called before anything is opened. The loopback interface is up; children start inside. */
export async function enterOwnNetns(): Promise<void> {
  const script = ["ip link set lo up", "echo ready", "exec cat"].join("\n");
  const holder = spawn("unshare", ["--net", "sh", "-euc", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  enterNetns(`/proc/${holder.pid}/ns/net`);
  holder.stdin.end();
  await once(holder, "exit");
}
