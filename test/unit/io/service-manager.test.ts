/** What the service manager is told comes to the socket that it names. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { DatagramSocket } from "../../../src/io/datagram-socket.ts";
import { serviceManagerOf } from "../../../src/io/service-manager.ts";
import { AF_UNIX } from "../../../src/io/sockaddr.ts";
import { SOCK_DGRAM } from "../../../src/io/socket-numbers.ts";

test("by a path and by an abstract name; who is not there is no error", () => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-notify-"));
  const path = join(folder, "notify");
  const name = `vipkit-test-${process.pid}`;
  for (const [variable, address] of [
    [path, { family: "unix-path", path }],
    [`@${name}`, { family: "unix", abstractName: name }],
  ] as const) {
    const manager = serviceManagerOf({ NOTIFY_SOCKET: variable }, 1);
    manager?.tell("READY=1");
    const socket = new DatagramSocket(AF_UNIX, SOCK_DGRAM, 0, "notify");
    try {
      socket.bind(address);
      manager?.tell("READY=1\nSTATUS=ä");
      const heard = socket.receive().map(({ bytes }) => new TextDecoder().decode(bytes));
      assert.deepEqual(heard, ["READY=1\nSTATUS=ä"]);
    } finally {
      socket.close();
    }
  }
  rmSync(folder, { recursive: true });
});

test("the watchdog counts where it is meant for this process", () => {
  const NOTIFY_SOCKET = "/run/systemd/notify";
  const watchdogMs = (more: object) => serviceManagerOf({ NOTIFY_SOCKET, ...more }, 7)?.watchdogMs;
  assert.equal(watchdogMs({}), null);
  assert.equal(watchdogMs({ WATCHDOG_USEC: "3000000" }), 3000);
  assert.equal(watchdogMs({ WATCHDOG_USEC: "3000000", WATCHDOG_PID: "7" }), 3000);
  assert.equal(watchdogMs({ WATCHDOG_USEC: "3000000", WATCHDOG_PID: "8" }), null);
  assert.equal(watchdogMs({ WATCHDOG_USEC: "soon" }), null);
});

test("what is no address of a socket is none", () => {
  for (const name of [undefined, "", "@", "/", "vsock:2:1234", `/${"a".repeat(107)}`]) {
    assert.equal(serviceManagerOf({ NOTIFY_SOCKET: name }, 1), undefined, name);
  }
});
