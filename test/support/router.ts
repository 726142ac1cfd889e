/** A VRRP router under test, whichever program it is: a test names the program and the rest is alike. */
import { Frr } from "./frr.ts";
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
  /** Further addresses in the adverts and outside them, in the words that vipkit and keepalived share. */
  readonly moreVips?: readonly string[];
  readonly excludedVips?: readonly string[];
}

/** A version 3 router at the fastest pace that a loaded test machine keeps, one for each family. */
export const FAST_ROUTERS = {
  IPv4: { version: 3, vrid: 51, vip: "10.0.0.100/24", intervalMs: 100 },
  IPv6: { version: 3, vrid: 51, vip: "fd00::100/64", intervalMs: 100 },
} as const;

/** One virtual router for each form that an advert can take on the wire. */
export const WIRE_FORMATS = {
  "version 2": { version: 2, vrid: 51, vip: "10.0.0.100/24", intervalMs: 1000 },
  "version 2 with PASS": {
    version: 2,
    vrid: 51,
    vip: "10.0.0.100/24",
    intervalMs: 1000,
    password: "s3cret",
  },
  "version 3 over IPv4": FAST_ROUTERS.IPv4,
  "version 3 over IPv6": FAST_ROUTERS.IPv6,
} as const;

/** Those that differ in more than a password. */
export const PLAIN_FORMATS = {
  ...FAST_ROUTERS,
  "version 2": WIRE_FORMATS["version 2"],
} as const satisfies Record<string, VirtualRouter>;

/** The virtual address alone, as a client uses it. */
export const addressOf = (router: VirtualRouter): string => router.vip.replace(/\/.*/, "");

export interface RouterOptions extends VirtualRouter {
  readonly priority: number;
  readonly nopreempt?: boolean;
  readonly preemptDelayMs?: number;
  /** The address lives on the virtual MAC; adverts leave from there or from the interface below. FRR always does so. */
  readonly vmac?: "adverts too" | "adverts below";
  /** vipkit alone: the words of further options. */
  readonly more?: readonly string[];
  /** Routes and rules of the master, in the words that vipkit and keepalived share. */
  readonly routes?: readonly string[];
  readonly rules?: readonly string[];
  /** Drop what is for the address and would end on the host. */
  readonly noAccept?: boolean;
  readonly unicast?: Unicast;
}

/** Adverts by unicast instead of to the group. */
export interface Unicast {
  readonly source: string;
  readonly peers: readonly string[];
}

export interface Router {
  readonly host: Host;
  readonly program: Program;
  /**
   * Waits until its own log says that it entered the state, behind what was waited for before.
   * @returns that line.
   */
  becomes(state: RouterState): Promise<string>;
  /** Lines in which it finds fault with what it received. */
  readonly complaints: readonly string[];
  /** Ends it politely (SIGTERM): it resigns and releases the address. */
  stop(): Promise<void>;
  /** Ends it without a last word (SIGKILL). */
  kill(): Promise<void>;
}

export type RouterState = "MASTER" | "BACKUP" | "FAULT";
export type RouterProgram = keyof typeof PROGRAMS;

export function startRouter(program: RouterProgram, host: Host, options: RouterOptions): Router {
  return new PROGRAMS[program](host, options);
}

/**
 * How most tests begin: a vipkit that is MASTER on the first host, then one that is BACKUP on the second.
 * Their priorities are 200 and 100 where the options have none.
 */
export async function startPair(
  [first, second]: readonly [Host, Host],
  ofMaster: MemberOptions,
  ofBackup = ofMaster,
): Promise<{ readonly master: Router; readonly backup: Router }> {
  const master = startRouter("vipkit", first, { priority: 200, ...ofMaster });
  await master.becomes("MASTER");
  const backup = startRouter("vipkit", second, { priority: 100, ...ofBackup });
  await backup.becomes("BACKUP");
  return { master, backup };
}

type MemberOptions = Omit<RouterOptions, "priority"> & Partial<Pick<RouterOptions, "priority">>;

const PROGRAMS = { vipkit: Vipkit, keepalived: Keepalived, frr: Frr } as const;
