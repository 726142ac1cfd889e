/** Many follow one interface, which is read once for all of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { InterfaceState } from "../../../../src/app/vrrp/interface-watch.ts";
import { Interfaces } from "../../../../src/app/vrrp/interfaces.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

function followed() {
  const ports = new FakePorts();
  const netlink = ports.openNetlink(0);
  let reads = 0;
  const counting = {
    ...netlink,
    transact: (requests: Parameters<typeof netlink.transact>[0]) => {
      reads += 1;
      return netlink.transact(requests);
    },
    close: () => netlink.close(),
  };
  const interfaces = new Interfaces(ports, counting);
  return { ports, interfaces, reads: () => reads };
}

const ignoring = { onTrouble: () => {} };

test("one reading serves all who follow", async () => {
  const { ports, interfaces, reads } = followed();
  const seen: InterfaceState[][] = [[], []];
  for (const states of seen) {
    interfaces.follow("eth0", { onChange: (state) => void states.push(state), ...ignoring });
  }
  assert.equal(interfaces.stateOf("eth0"), interfaces.stateOf("eth0"));
  const before = reads();
  ports.kernel.addAddress("10.0.0.7/24");
  await ports.clock.pass(0);
  assert.deepEqual(
    seen.map((states) => states.length),
    [1, 1],
  );
  assert.equal(seen[0]?.[0], seen[1]?.[0]);
  assert.ok(reads() - before <= 2, "the link and its addresses");
});

test("one that cannot do with it is told again, alone", async () => {
  const { ports, interfaces } = followed();
  const troubles: SystemError[] = [];
  let refusals = 1;
  const calls = { first: 0, second: 0 };
  interfaces.follow("eth0", {
    onChange: () => {
      calls.first += 1;
      if (refusals-- > 0) throw new SystemError("open", "eth0", "ENODEV", "no");
    },
    onTrouble: (error) => void troubles.push(error),
  });
  const second = (): void => {
    calls.second += 1;
  };
  interfaces.follow("eth0", { onChange: second, ...ignoring });
  ports.kernel.addAddress("10.0.0.7/24");
  await ports.clock.pass(0);
  assert.equal(troubles.length, 1);
  await ports.clock.pass(1000);
  assert.deepEqual(calls, { first: 2, second: 1 });
});

test("the watch ends with the last who follows", () => {
  const { ports, interfaces } = followed();
  const open = ports.open;
  const watches = [1, 2].map(() => interfaces.follow("eth0", { onChange: () => {}, ...ignoring }));
  assert.ok(ports.open > open);
  for (const watch of watches) watch.close();
  assert.equal(ports.open, open);
});

test("with delays a link counts as down when it has been so for long enough", async () => {
  const ports = new FakePorts();
  const delays = new Map([["eth0", { upMs: 1000, downMs: 2000 }]]);
  const interfaces = new Interfaces(ports, ports.openNetlink(0), delays);
  const seen: (boolean | undefined)[] = [];
  const onChange = ({ link }: InterfaceState): void => void seen.push(link?.running);
  const watch = interfaces.follow("eth0", { onChange, ...ignoring });
  assert.equal(interfaces.stateOf("eth0").link?.running, true);
  ports.kernel.setLink({ running: false });
  await ports.clock.pass(1999);
  assert.equal(seen.at(-1), true);
  await ports.clock.pass(1);
  assert.equal(seen.at(-1), false);
  ports.kernel.setLink({ running: true });
  await ports.clock.pass(999);
  assert.equal(seen.at(-1), false);
  await ports.clock.pass(1);
  assert.equal(seen.at(-1), true);
  watch.close();
  assert.equal(ports.clock.pending, 0);
});
