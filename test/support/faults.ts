/** What may befall the MASTER of a pair, and its end where it does not end by itself. */
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { HaUp } from "./ha-up.ts";
import type { Host, Lan } from "./netns.ts";
import { processTree } from "./process-tree.ts";
import type { Program } from "./program.ts";
import { addressOf, type Router, type VirtualRouter } from "./router.ts";

export interface Patient {
  readonly lan: Lan<string>;
  readonly master: Router;
  readonly router: VirtualRouter;
  readonly client: Host;
}

/** Resolves when it is over, and all that it started has ended. */
export type Fault = (patient: Patient) => Promise<void>;

export const FAULTS: Readonly<Record<string, Fault>> = {
  "node cut off": async ({ lan, master }) => {
    await lan.cut(master.host);
    await setTimeout(6000);
    await lan.mend(master.host);
  },
  "everything SIGKILLed": async ({ master }) => await master.kill(),
  "freeze 8 s": async ({ master }) => {
    const pids = processTree(master.program.pid);
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    await setTimeout(8000);
    for (const pid of pids) process.kill(pid, "SIGCONT");
  },
  "address removed": async ({ master, router }) =>
    void (await master.host.run("ip", "address", "delete", router.vip, "dev", "eth0")),
  "20 bad adverts a second": async (patient) => await storm(patient),
  "adverts with TTL 64": async (patient) => await storm(patient, "ttl 64"),
  "split and heal": async ({ lan, master }) => {
    await lan.silence(master.host);
    await setTimeout(6000);
    await lan.unsilence(master.host);
  },
  "VRRP child killed": async ({ master }) => {
    process.kill(vrrpChildOf(master), "SIGKILL");
  },
  SIGTERM: async ({ master }) => await master.stop(),
  "link bounced": async ({ lan, master }) => {
    await lan.cut(master.host);
    await setTimeout(300);
    await lan.mend(master.host);
  },
};

/** How many processes of `ha up` it has started again. */
export const restartsBy = (fault: string): number => (fault === "VRRP child killed" ? 1 : 0);

/** That of `ha up`; keepalived that only speaks VRRP has but one child. */
function vrrpChildOf(master: Router): number {
  if (master instanceof HaUp) return master.pidOf("vrrp");
  const [, child] = processTree(master.program.pid);
  if (child === undefined) throw new Error("it has no child");
  return child;
}

/** @param flaw the only one; by default all in turn */
async function storm({ client, router }: Patient, ...flaw: readonly string[]): Promise<void> {
  const words = [client.ipv4, `${router.vrid}`, addressOf(router), ...flaw];
  const program: Program = client.spawn(process.execPath, STORM, ...words);
  await program.lines.next(/^bad /);
  await setTimeout(5000);
  await program.destroy();
}

const STORM = fileURLToPath(new URL("./advert-storm.js", import.meta.url));
