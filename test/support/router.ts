/** A VRRP router under test, whichever program it is: a test names the program and the rest is alike. */

import { Keepalived } from "./keepalived.ts";
import type { Host } from "./netns.ts";
import type { Program } from "./program.ts";
import { Vipkit } from "./vipkit.ts";

/** The virtual router that all its members agree on. */
export interface VirtualRouter {
  readonly version: 2 | 3;
  readonly vrid: number;
  readonly vip: string; // with its prefix length
  readonly intervalMs: number;
  readonly password?: string; // version 2 alone
}

export interface RouterOptions extends VirtualRouter {
  readonly priority: number;
  readonly nopreempt?: boolean;
  readonly preemptDelayMs?: number;
}

export interface Router {
  readonly host: Host;
  readonly program: Program;
  /** Waits until its own log says that it entered the state, behind what was waited for before. */
  becomes(state: RouterState): Promise<void>;
  /** Ends it politely (SIGTERM): it resigns and releases the address. */
  stop(): Promise<void>;
  /** Ends it without a last word (SIGKILL). */
  kill(): Promise<void>;
}

export type RouterState = "MASTER" | "BACKUP" | "FAULT";
export type RouterProgram = "vipkit" | "keepalived";

export function startRouter(program: RouterProgram, host: Host, options: RouterOptions): Router {
  return program === "vipkit" ? new Vipkit(host, options) : new Keepalived(host, options);
}
