import assert from "node:assert/strict";
import { test } from "node:test";
import { IpvsKernel } from "../../../../src/app/ipvs/kernel.ts";
import { savedText } from "../../../../src/app/ipvs/saved-text.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

function kernel(): IpvsKernel {
  const ports = new FakePorts();
  const limits = { upperThreshold: 9, lowerThreshold: 5 };
  ports.ipvs.add(serviceAt("tcp 192.0.2.1:80"), destinationTo("10.0.0.1:80", limits));
  return new IpvsKernel(ports);
}

test("thresholds, which ipvsadm leaves out, are saved in its words", () => {
  assert.equal(
    savedText(kernel(), "ipvsadm"),
    "-A -t 192.0.2.1:80 -s wlc\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1 -x 9 -y 5",
  );
});

test("timeouts and daemons, for which ipvsadm has no words, are saved in ours", () => {
  const { timeouts, daemons } = JSON.parse(savedText(kernel(), "json"));
  assert.deepEqual([timeouts, daemons], [{ tcp: "15m", "tcp-fin": "2m", udp: "5m" }, []]);
  assert.match(savedText(kernel(), "yaml"), /^timeouts: \{tcp: 15m, tcp-fin: 2m, udp: 5m\}$/m);
});
