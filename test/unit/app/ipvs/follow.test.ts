import assert from "node:assert/strict";
import { test } from "node:test";
import { followTable } from "../../../../src/app/ipvs/follow.ts";
import { IpvsKernel } from "../../../../src/app/ipvs/kernel.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

test("what was there is not told, what comes and goes is", async () => {
  const ports = new FakePorts();
  const [web, mail] = [serviceAt("tcp 192.0.2.1:80"), serviceAt("tcp 192.0.2.1:25")];
  ports.ipvs.add(web, destinationTo("10.0.0.1:80"));
  const stop = new AbortController();
  const told: string[] = [];
  const following = followTable(new IpvsKernel(ports), 1000, ports, stop.signal, (steps) =>
    told.push(...steps.map(({ step, subject }) => `${step} ${subject}`)),
  );
  await ports.clock.pass(1000);
  ports.ipvs.add(mail);
  ports.ipvs.remove(web.id, destinationTo("10.0.0.1:80"));
  await ports.clock.pass(1000);
  stop.abort();
  await following;
  assert.deepEqual(told, ["add tcp 192.0.2.1:25", "remove 10.0.0.1:80 of tcp 192.0.2.1:80"]);
});
