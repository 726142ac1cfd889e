/**
 * Every command, sorted by name. A command is loaded when it is run or described: starting one costs
 * nothing of the others.
 */
import type { Command } from "./define.ts";

export interface CommandEntry {
  readonly name: string; // "vip add"; the definition says the same
  readonly load: () => Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  { name: "completion", load: async () => (await import("./completion.ts")).completion },
  { name: "garp send", load: async () => (await import("./garp/send.ts")).garpSend },
  { name: "vrrp run", load: async () => (await import("./vrrp/run.ts")).vrrpRun },
];

/** What the commands of a group are about. */
export const GROUPS: Readonly<Record<string, string>> = {
  garp: "Tell neighbours and switches where an address lives",
  vip: "Virtual addresses of this host",
  vrrp: "Share an address between routers (RFC 9568, RFC 3768)",
};
