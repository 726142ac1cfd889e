import assert from "node:assert/strict";
import { test } from "node:test";
import { readIpvsadmCommand } from "../../../../src/proto/ipvs/ipvsadm-command.ts";
import { destinationTo, serviceId } from "../../../support/ipvs.ts";

const read = (line: string) => readIpvsadmCommand(line.split(" "));
const server = (line: string, service = "-t 10.0.0.1:80") => {
  const command = read(`-a ${line} ${service}`);
  assert.ok(command.kind === "add-server");
  return command.destination;
};
const direct = { forwarding: { by: "direct" } } as const;

test("a real server, with the defaults of ipvsadm", () => {
  assert.deepEqual(server("-r 10.1.0.1"), destinationTo("10.1.0.1:80", direct));
  assert.deepEqual(server("-r 10.1.0.1:81 -m"), destinationTo("10.1.0.1:81"));
  assert.deepEqual(
    server("-m -w 0 -x 10 -y 5 -r 10.1.0.1"),
    destinationTo("10.1.0.1:80", { weight: 0, upperThreshold: 10, lowerThreshold: 5 }),
  );
  assert.deepEqual(read("-d -f 5 -r 10.1.0.1"), {
    ...{ kind: "delete-server", id: serviceId("fwmark 5") },
    destination: { ip: Uint8Array.of(10, 1, 0, 1), port: 0 },
  });
});

test("a server that gets packets as they are has the port of its service, but of a fwmark its own", () => {
  assert.equal(server("-r 10.1.0.1:81 -g").port, 80);
  assert.equal(server("-r 10.1.0.1:81 -i").port, 80);
  assert.equal(server("-r 10.1.0.1:81 -g", "-f 5").port, 81);
  assert.equal(server("-r 10.1.0.1 -g", "-f 5").port, 0);
});

test("tunnels", () => {
  const tunnel = (line: string) => server(`-r fd00::7 -i ${line}`.trim()).forwarding;
  const by = "tunnel";
  assert.deepEqual(tunnel(""), { by, type: "ipip", port: 0, checksum: "none" });
  assert.deepEqual(tunnel("--tun-type gue --tun-port 6080 --tun-remcsum"), {
    ...{ by, type: "gue", port: 6080, checksum: "remote" },
  });
  assert.deepEqual(tunnel("--tun-type gre --tun-csum"), {
    ...{ by, type: "gre", port: 0, checksum: "sum" },
  });
});

const FAULTS: readonly (readonly [line: string, reason: RegExp])[] = [
  ["-i --tun-type gue", /a tunnel gue needs --tun-port/],
  ["-i --tun-type gue --tun-port 0", /"0" is no number of 1\.\.65535/],
  ["-i --tun-type foo", /"foo" is none of ipip, gue, gre/],
  ["-i --tun-type gre --tun-port 5", /--tun-port is not of a tunnel gre/],
  ["-i --tun-type gre --tun-remcsum", /--tun-remcsum is not of a tunnel gre/],
  ["-i --tun-csum", /--tun-csum is not of a tunnel ipip/],
  ["-i --tun-port 5", /--tun-port is not of a tunnel ipip/],
  ["-m --tun-type gue", /options of a tunnel go with --ipip/],
  ["--tun-nocsum", /options of a tunnel go with --ipip/],
  ["-w 2147483648", /"2147483648" is no number of 0\.\.2147483647/],
  ["-x 2147483648", /--u-threshold/],
  ["-y -1", /--l-threshold "-1"/],
];

test("what cannot be meant", () => {
  for (const [line, reason] of FAULTS)
    assert.throws(() => read(`-a -t 10.0.0.1:80 -r 10.1.0.1 ${line}`), reason, line);
  assert.throws(() => read("-a -t 10.0.0.1:80"), /--add-server: which real server/);
  assert.throws(() => read("-e -t 10.0.0.1:80"), /--edit-server: which real server/);
});
