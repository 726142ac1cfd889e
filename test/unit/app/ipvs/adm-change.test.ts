import assert from "node:assert/strict";
import { test } from "node:test";
import { type AdmChange, carryOutAdm, isAdmChange } from "../../../../src/app/ipvs/adm-change.ts";
import { IpvsKernel } from "../../../../src/app/ipvs/kernel.ts";
import { IPVS_COMMANDS } from "../../../../src/core/netlink/ipvs.ts";
import { readIpvsadmCommand } from "../../../../src/proto/ipvs/ipvsadm-command.ts";
import { FakeIpvs } from "../../../support/fake-ipvs.ts";

/** What is refused of these command lines. */
function refused(ipvs: FakeIpvs, ...lines: readonly string[]): string[] {
  const changes = lines.map((line): AdmChange => {
    const command = readIpvsadmCommand(line.split(" "));
    assert.ok(isAdmChange(command), line);
    return command;
  });
  return carryOutAdm(new IpvsKernel(ipvs), changes).map(
    ({ index, error }) => `${index}: ${error.message}`,
  );
}

test("all are carried out in one go, in their order", () => {
  const ipvs = new FakeIpvs();
  const lines = [
    ...["-A -f 5 -s rr", "-E -f 5 -s wrr", "-a -f 5 -r 10.1.0.1", "-e -f 5 -r 10.1.0.1 -w 3"],
    ...["-Z", "-Z -f 5", "-d -f 5 -r 10.1.0.1", "-D -f 5", "-C", "--set 1 2 3"],
    ...["--start-daemon master", "--stop-daemon master"],
  ];
  assert.deepEqual(refused(ipvs, ...lines), []);
  const { newService, setService, deleteService, newDestination, setDestination } = IPVS_COMMANDS;
  const { deleteDestination, zero, flush, setConfig, newDaemon, deleteDaemon } = IPVS_COMMANDS;
  assert.deepEqual(ipvs.commands, [
    ...[newService, setService, newDestination, setDestination, zero, zero, deleteDestination],
    ...[deleteService, flush, setConfig, newDaemon, deleteDaemon],
  ]);
  assert.deepEqual(ipvs.timeouts, { tcpS: 1, tcpFinS: 2, udpS: 3 });
});

const REFUSALS: readonly (readonly [line: string, why: RegExp])[] = [
  ["-A -f 5", /^1: ipvs add-service fwmark 5: it is there already \(EEXIST\)$/],
  ["-A -f 6 -s foo", /no scheduler foo \(modprobe ip_vs_foo\)/],
  ["-E -f 5 -s foo -p --pe sip", /no scheduler foo .* engine sip \(modprobe ip_vs_pe_sip\)/],
  ["-E -f 6", /there is no such service \(ESRCH\)/],
  ["-D -f 6", /there is no such service/],
  ["-Z -f 6", /there is no such service/],
  ["-a -f 6 -r 10.1.0.1", /10\.1\.0\.1:0 of fwmark 6: there is no such service/],
  ["-e -f 5 -r 10.1.0.1", /there is no such server \(ENOENT\)/],
  ["-d -f 5 -r 10.1.0.1", /there is no such server/],
  ["--stop-daemon backup", /sync daemon backup: none runs/],
];

test("a refusal names what it is about, and says what it means", () => {
  for (const [line, why] of REFUSALS)
    assert.match(refused(new FakeIpvs(), "-A -f 5", line).join(), why, line);
});

test("what another kernel may refuse", () => {
  const ipvs = new FakeIpvs();
  const refuse = (command: number, code: string) => ipvs.refusals.set(command, code);
  refuse(IPVS_COMMANDS.newDestination, "ERANGE");
  assert.match(refused(ipvs, "-a -f 5 -r 10.1.0.1")[0] ?? "", /lower threshold is above/);
  refuse(IPVS_COMMANDS.newDestination, "EINVAL");
  assert.match(refused(ipvs, "-a -f 5 -r 224.0.0.1")[0] ?? "", /has a unicast address/);
  refuse(IPVS_COMMANDS.newDaemon, "ENODEV");
  assert.match(refused(ipvs, "--start-daemon master")[0] ?? "", /there is no interface eth0/);
  refuse(IPVS_COMMANDS.newDaemon, "EINVAL");
  assert.match(refused(ipvs, "--start-daemon master")[0] ?? "", /must be up, know multicast/);
  refuse(IPVS_COMMANDS.newDaemon, "EEXIST");
  assert.match(refused(ipvs, "--start-daemon master")[0] ?? "", /one runs already/);
  refuse(IPVS_COMMANDS.flush, "EPERM");
  assert.match(refused(ipvs, "-C")[0] ?? "", /^0: ipvs clear all services: EPERM/);
});
