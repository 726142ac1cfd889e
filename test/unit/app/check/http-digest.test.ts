import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "../../../../src/app/check/http-digest.ts";
import { quietStream } from "../../../support/fake-net.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { httpPlan, httpUrl } from "../../../support/http-plan.ts";

test("the digests that are wanted are among the facts", async () => {
  const ports = new FakePorts();
  ports.net.ports.set("10.0.0.5:80", quietStream());
  ports.net.pages.set("10.0.0.5/", { body: "x" });
  const statuses = [{ first: 200, last: 299 }];
  const plan = { ...httpPlan({ digests: { md5: true, sha256: false } }), statuses };
  const { signal } = new AbortController();
  const { facts } = await digestOf(httpUrl("http://10.0.0.5/"), plan, 1000, ports, signal);
  assert.equal(facts.md5, "md5");
  assert.equal("sha256" in facts, false);
});
