import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type InterfaceChange,
  interfaceChanges,
} from "../../../../src/app/vrrp/interface-changes.ts";
import { type InterfaceState, readInterface } from "../../../../src/app/vrrp/interface-watch.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const NOTHING: InterfaceState = { link: undefined, addresses: [] };

function changesWhen(change: (ports: FakePorts) => void): InterfaceChange[] {
  const ports = new FakePorts();
  const netlink = ports.openNetlink(0);
  const before = readInterface(netlink, "eth0");
  change(ports);
  return interfaceChanges(before, readInterface(netlink, "eth0"));
}

test("an interface that comes is told with its addresses, one that goes too", () => {
  const state = readInterface(new FakePorts().openNetlink(0), "eth0");
  const told = interfaceChanges(NOTHING, state);
  assert.deepEqual(
    told.map(({ type, present }) => [type, present]),
    [
      ["link", true],
      ["address", true],
      ["address", true],
    ],
  );
  const [gone] = interfaceChanges(state, NOTHING);
  assert.deepEqual(gone, {
    type: "link",
    present: false,
    if_index: null,
    up: null,
    carrier: null,
    running: null,
    mac: null,
    mtu_bytes: null,
  });
});

test("an address that comes or goes is told; the same with another lifetime is not", () => {
  assert.deepEqual(
    changesWhen(({ kernel }) => kernel.addAddress("10.0.0.100/24")),
    [{ type: "address", address: "10.0.0.100/24", present: true }],
  );
  assert.deepEqual(
    changesWhen(({ kernel }) => kernel.removeAddress("10.0.0.1/24")),
    [{ type: "address", address: "10.0.0.1/24", present: false }],
  );
  assert.deepEqual(
    changesWhen(() => {}),
    [],
  );
});

test("a link that stops running is told, and so is another MAC", () => {
  const told = [
    ...changesWhen(({ kernel }) => kernel.setLink({ running: false })),
    ...changesWhen(({ kernel }) => kernel.setLink({ mac: "02:00:00:00:00:99" })),
  ];
  assert.deepEqual(
    told.map((change) => change.type === "link" && [change.running, change.mac]),
    [
      [false, "02:00:00:00:00:01"],
      [true, "02:00:00:00:00:99"],
    ],
  );
});
