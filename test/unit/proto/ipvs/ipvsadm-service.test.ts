import assert from "node:assert/strict";
import { test } from "node:test";
import { readIpvsadmCommand } from "../../../../src/proto/ipvs/ipvsadm-command.ts";
import { serviceAt, serviceId } from "../../../support/ipvs.ts";

const read = (line: string) => readIpvsadmCommand(line.split(" "));
const service = (line: string) => {
  const command = read(`-A ${line}`);
  assert.ok(command.kind === "add-service");
  return command.service;
};

test("services by what names them", () => {
  assert.deepEqual(service("-t 10.0.0.1:80"), serviceAt("tcp 10.0.0.1:80"));
  assert.deepEqual(service("-u [fd00::1]:53 -s rr").id, serviceId("udp [fd00::1]:53"));
  assert.deepEqual(service("--sctp-service 10.0.0.1:9").id, serviceId("sctp 10.0.0.1:9"));
  assert.deepEqual(service("-f 4294967295").id, serviceId("fwmark 4294967295"));
  assert.deepEqual(service("-6 -f 5").id, serviceId("fwmark 5 inet6"));
  assert.deepEqual(service("-t 10.0.0.1 -p").id, serviceId("tcp 10.0.0.1:0"));
  assert.deepEqual(read("-D -f 5"), { kind: "delete-service", id: serviceId("fwmark 5") });
});

test("how it schedules", () => {
  assert.deepEqual(
    service("-u 10.0.0.1:53 -s mh -b mh-port -o"),
    serviceAt("udp 10.0.0.1:53", { scheduler: "mh", schedulerFlags: 2, onePacket: true }),
  );
  assert.equal(service("-b sh-port -s sh -t 10.0.0.1:80").schedulerFlags, 2);
  assert.equal(read("-E -t 10.0.0.1:80").kind, "edit-service");
});

test("what persists, in any order of the words", () => {
  const four = { timeoutS: 360, netmask: 0xffffffff, engine: null };
  assert.deepEqual(service("-t 10.0.0.1:80 -p").persistence, four);
  assert.deepEqual(service("-M 255.255.0.0 -p 5 -t 10.0.0.1:80 --pe sip").persistence, {
    ...{ timeoutS: 5, netmask: 0xffff0000, engine: "sip" },
  });
  assert.deepEqual(service("-M 64 -p 5 -f 5 -6").persistence, {
    ...{ timeoutS: 5, netmask: 64, engine: null },
  });
  assert.equal(service("-t 10.0.0.1:80 -M 255.0.0.0").persistence, null);
});

const FAULTS: readonly (readonly [line: string, reason: RegExp])[] = [
  ["-A", /--add-service: which service/],
  ["-D", /--delete-service: which service/],
  ["-A -6 -t 10.0.0.1:80", /--ipv6 goes with --fwmark-service alone/],
  ["-A -f 0", /"0" is no number of 1\.\.4294967295/],
  ["-A -f 4294967296", /is no number/],
  ["-A -t 10.0.0.1:80 -p 0", /"0" is no number of 1\.\.2678400/],
  ["-A -t [fd00::1]:80 -p -M 129", /"129" is no number of 1\.\.128/],
  ["-A -u 10.0.0.1:80 --pe sip", /--pe needs persistence: add -p/],
];

test("what cannot be meant", () => {
  for (const [line, reason] of FAULTS) assert.throws(() => read(line), reason, line);
});
