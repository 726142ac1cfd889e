/** Leases are told once for each renewal, and only those that another process could renew. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LeaseNews } from "../../../../../../src/app/ha/up/vrrp/lease-news.ts";
import { vrrpConfig, vrrpInstance } from "../../../../../support/vrrp.ts";

const router = (name: string, renewedMs: number, leaseS: number | null = 2) => ({
  name,
  planned: {
    instance: vrrpInstance({ name, config: vrrpConfig({ leaseS }) }),
    keys: null,
    trackers: [],
  },
  renewedMs,
  lease: { addresses: [], renewedMs },
});

test("each renewal is told once, of those that have a lease", () => {
  const news = new LeaseNews();
  const told = (...routers: readonly ReturnType<typeof router>[]): string[] =>
    news.of(routers).map(({ instance, renewedMs }) => `${instance} ${renewedMs}`);
  assert.deepEqual(told(router("a", 1), router("b", 1), router("c", 1, null)), ["a 1", "b 1"]);
  assert.deepEqual(told(router("a", 1), router("b", 2)), ["b 2"]);
});
