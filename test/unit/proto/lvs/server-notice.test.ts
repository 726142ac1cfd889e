/** What FIFOs and people are told of virtual and real servers, in the words of keepalived 2.2.7. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import {
  endpointLabel,
  groupLabel,
  markLabel,
  serverLine,
  serverMail,
  serviceLine,
  serviceMail,
} from "../../../../src/proto/lvs/server-notice.ts";

const label = (ip: string, ...more: [string | null, number | null]): string =>
  endpointLabel(parseIp(ip) ?? assert.fail(), ...more);

test("servers by address, protocol and port, of a mark without protocol", () => {
  assert.equal(label("10.0.0.1", "TCP", 80), "[10.0.0.1]:tcp:80");
  assert.equal(label("fd00::1", "UDP", null), "[fd00::1]:udp:0");
  assert.equal(label("10.0.1.4", null, 53), "[10.0.1.4]:none:53");
});

test("lines of a FIFO", () => {
  const server = label("10.0.1.3", "UDP", 53);
  assert.equal(serverLine(server, groupLabel("g"), true), "RS [10.0.1.3]:udp:53 [g]:0 UP\n");
  assert.equal(serviceLine(markLabel(5), false), "VS FWM 5 DOWN\n");
});

test("mails", () => {
  const service = label("10.0.0.1", "TCP", 80);
  assert.deepEqual(serverMail(label("10.0.1.1", "TCP", 80), service, false, "refused", "R1"), {
    subject: "[R1] Realserver [10.0.1.1]:tcp:80 of virtual server [10.0.0.1]:tcp:80 - DOWN",
    text: "=> refused <=\n",
  });
  assert.equal(
    serviceMail(service, true, "", "R1").subject,
    "[R1] Virtualserver [10.0.0.1]:tcp:80 - UP",
  );
});
