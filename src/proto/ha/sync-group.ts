/**
 * A sync group: virtual routers of one node that are MASTER together or not at all, and in FAULT
 * together (keepalived.conf(5), "vrrp_sync_group").
 */
import type { VrrpFact, VrrpState } from "../vrrp/facts.ts";

/** A member as its machine says. */
export interface GroupMember {
  readonly state: VrrpState;
  readonly isReady: boolean; // would take over
  readonly isFaulty: boolean; // by a fault of its own
}

/** For one member: what its machine is to be told. */
export interface GroupOrder<Member> {
  readonly member: Member;
  readonly fact: VrrpFact;
}

/** To be reviewed after each fact that a member was told. */
export class SyncGroup<Member extends GroupMember> {
  readonly #members: readonly Member[];
  readonly #told: Set<Member>;
  #leads: boolean = false;

  /** @param told those who know of somebody else's fault already, from a group before this one */
  constructor(members: readonly Member[], told: Iterable<Member> = []) {
    this.#members = members;
    this.#told = new Set(told);
  }

  /** Those who know of somebody else's fault. */
  get told(): ReadonlySet<Member> {
    return this.#told;
  }

  /** @returns what to tell next, until it is empty: each order may change what members say */
  review(): GroupOrder<Member>[] {
    const faults = this.#shareFaults();
    if (faults.length > 0) return faults;
    return this.#leads ? this.#keepTogether() : this.#lead();
  }

  /** A member that is all right by itself shares the fault of any other. */
  #shareFaults(): GroupOrder<Member>[] {
    const faulty = this.#members.filter(({ isFaulty }) => isFaulty);
    return this.#members.flatMap((member): GroupOrder<Member>[] => {
      const isTold = this.#told.has(member);
      const shares = faulty.some((other) => other !== member);
      if (shares === isTold) return [];
      if (shares) this.#told.add(member);
      else this.#told.delete(member);
      const kind = shares ? "fault-raised" : "fault-cleared";
      return [{ member, fact: { kind, fault: "sync-group" } }];
    });
  }

  /** When everybody would, everybody does. */
  #lead(): GroupOrder<Member>[] {
    if (!this.#members.every(({ isReady, state }) => isReady || state === "master")) return [];
    this.#leads = true;
    return this.#members
      .filter(({ isReady }) => isReady)
      .map((member) => ({ member, fact: { kind: "told-to-lead" } }));
  }

  /** When one no longer is MASTER, nobody is. */
  #keepTogether(): GroupOrder<Member>[] {
    if (this.#members.every(({ state }) => state === "master")) return [];
    this.#leads = false;
    return this.#members
      .filter(({ state }) => state === "master")
      .map((member) => ({ member, fact: { kind: "told-to-follow" } }));
  }
}
