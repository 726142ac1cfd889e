/** Arbitrary tables in the real kernel: a plan makes it what is wanted, and ipvsadm sees it and says it the same. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { IpvsKernel } from "../../src/app/ipvs/kernel.ts";
import { planSync, type SyncWish, sync } from "../../src/app/ipvs/sync.ts";
import { openNetlink } from "../../src/io/netlink-socket.ts";
import { sortedDestinations, sortedServices } from "../../src/proto/ipvs/ipvsadm-order.ts";
import { formatIpvsadmSave } from "../../src/proto/ipvs/ipvsadm-save.ts";
import { parseIpvsadmSave } from "../../src/proto/ipvs/ipvsadm-table.ts";
import { destinationKey, type IpvsTable, tableOf } from "../../src/proto/ipvs/table.ts";
import { services } from "../support/ipvs-kernel-tables.ts";
import { withIpvs } from "../support/ipvs-lab.ts";

withIpvs(import.meta.url, [], () => {
  test("from any table to any other: the kernel has it, and then nothing is left to do", async () => {
    const kernel = new IpvsKernel({ openNetlink });
    await fc.assert(
      fc.asyncProperty(services, async (wanted) => {
        const target = tableOf(wanted);
        const { refused } = await sync(kernel, wish(target), async () => {});
        assert.deepEqual(refused, []);
        assert.deepEqual(canonical(kernel.table()), canonical(target));
        assert.deepEqual(planSync(kernel, wish(target)).steps, []);
      }),
      { numRuns: 40 },
    );
    kernel.close();
  });

  test("what ipvsadm saves, we save, and each makes of what the other saved the same table", async () => {
    const kernel = new IpvsKernel({ openNetlink });
    await fc.assert(
      fc.asyncProperty(services, async (wanted) => {
        const table = tableOf(wanted);
        await sync(kernel, wish(table), async () => {});
        const theirs = ipvsadm("-S", "-n");
        const now = tableOf(
          sortedServices([...kernel.table().values()], ({ service }) => service.id).map((one) => ({
            ...one,
            destinations: sortedDestinations(one.destinations, (destination) => destination),
          })),
        );
        assert.equal(textOf(formatIpvsadmSave(now, false)), theirs);

        ipvsadm("-C");
        const { target, mistakes } = parseIpvsadmSave(theirs, "saved");
        assert.deepEqual(mistakes.first, []);
        await sync(kernel, wish(target.table), async () => {});
        assert.equal(ipvsadm("-S", "-n"), theirs);

        ipvsadm("-C");
        const ours = textOf(formatIpvsadmSave(table, true));
        execFileSync("ipvsadm", ["-R"], { input: ours });
        assert.deepEqual(canonical(kernel.table()), canonical(table));
      }),
      { numRuns: 10 },
    );
    kernel.close();
  });
});

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

/** All that is there goes where it is not wanted. */
const wish = (table: IpvsTable): SyncWish => ({
  target: { table, timeouts: null, daemons: null },
  owned: new Set(),
  prunes: true,
});

/** Without an order. */
const canonical = (table: IpvsTable) =>
  new Map(
    Array.from(table, ([key, { service, destinations }]) => [
      key,
      { service, destinations: new Map(destinations.map((one) => [destinationKey(one), one])) },
    ]),
  );

const ipvsadm = (...words: string[]): string =>
  execFileSync("ipvsadm", words, { encoding: "utf8" });
