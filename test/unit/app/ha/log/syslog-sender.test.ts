import assert from "node:assert/strict";
import { test } from "node:test";
import { SyslogSender } from "../../../../../src/app/ha/log/syslog-sender.ts";
import { FakePorts } from "../../../../support/fake-ports.ts";

function sender() {
  const ports = new FakePorts();
  const lost: number[] = [];
  return { ports, lost, sender: new SyslogSender(ports, (count) => void lost.push(count)) };
}

test("what is not taken is sent when it can be, in order", async () => {
  const { ports, lost, sender: syslog } = sender();
  ports.daemon.takesSyslog = false;
  for (const text of ["a", "b"]) syslog.send(utf8(text));
  await ports.clock.pass(600);
  ports.daemon.takesSyslog = true;
  syslog.send(utf8("c"));
  assert.deepEqual(ports.daemon.syslog, [], "it waits its turn");
  await ports.clock.pass(250);
  assert.deepEqual([ports.daemon.syslog, lost], [["a", "b", "c"], []]);
  assert.equal(ports.clock.pending, 0);
});

test("of too many the oldest are lost, which is told", async () => {
  const { ports, lost, sender: syslog } = sender();
  ports.daemon.takesSyslog = false;
  for (let n = 0; n < 1003; n++) syslog.send(utf8(`${n}`));
  ports.daemon.takesSyslog = true;
  syslog.close();
  assert.equal(ports.daemon.syslog[0], "3");
  assert.equal(ports.daemon.syslog.length, 1000);
  assert.deepEqual(lost, [3]);
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
