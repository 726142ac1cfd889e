/** States of virtual routers as keepalived writes them: by number in JSON, by name in texts. */
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import type { Moment } from "./moment.ts";
import type { DumpedInstance } from "./plan.ts";

export interface DumpedState {
  readonly number: number;
  readonly name: string;
}

export const STATES: Readonly<Record<VrrpState, DumpedState>> = {
  init: { number: 0, name: "INIT" },
  backup: { number: 1, name: "BACKUP" },
  master: { number: 2, name: "MASTER" },
  fault: { number: 3, name: "FAULT" },
};

/** A router that is to begin as MASTER wants to be it until it once was. */
export function wantedState({ begins }: DumpedInstance, moment: Moment): DumpedState {
  const { state, statistics } = moment;
  const isNew = state === "backup" && statistics.become_master === 0;
  return STATES[isNew && begins === "MASTER" ? "master" : state];
}
