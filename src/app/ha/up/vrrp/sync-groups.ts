/** The sync groups of all virtual routers of one process. */
import { SyncGroup } from "../../../../proto/ha/sync-group.ts";
import type { PlannedGroup } from "../plan/plan.ts";
import type { TrackedRouter } from "./tracked-router.ts";

export class SyncGroups {
  readonly #groupOf = new Map<TrackedRouter, SyncGroup<TrackedRouter>>();
  readonly #toReview = new Set<SyncGroup<TrackedRouter>>();

  /** Who shared the fault of another member, and is in no group any more, does so no longer. */
  regroup(groups: readonly PlannedGroup[], routers: readonly TrackedRouter[]): void {
    const told = new Set([...this.#groupOf.values()].flatMap((group) => [...group.told]));
    this.#groupOf.clear();
    for (const { members } of groups) {
      const own = routers.filter(({ name }) => members.includes(name));
      const group = new SyncGroup(
        own,
        own.filter((router) => told.has(router)),
      );
      for (const router of own) this.#groupOf.set(router, group);
    }
    for (const router of routers) {
      if (this.#groupOf.has(router)) this.reviewSoon(router);
      else if (told.has(router)) router.tell({ kind: "fault-cleared", fault: "sync-group" });
    }
  }

  /** In the same turn of the loop, behind what the member has to do now. */
  reviewSoon(member: TrackedRouter | undefined): void {
    if (member === undefined) return; // it is being made
    const group = this.#groupOf.get(member);
    if (group === undefined || this.#toReview.has(group)) return;
    this.#toReview.add(group);
    queueMicrotask(() => {
      this.#toReview.delete(group);
      if (this.#groupOf.get(member) !== group) return;
      for (let orders = group.review(); orders.length > 0; orders = group.review()) {
        for (const { member: one, fact } of orders) one.tell(fact as never);
      }
    });
  }
}
