import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../../../src/app/check/attempt.ts";
import { tcpProber } from "../../../../src/app/check/tcp.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { FakeNet, quietStream } from "../../../support/fake-net.ts";
import { ip } from "../../../support/packets.ts";

const LEAVE = {
  source: null,
  ifName: null,
  mark: null,
  family: undefined,
  firstOnly: false,
} as const;

test("who lets us in is up, and the connection ends as was wanted", async () => {
  for (const close of ["fin", "rst"] as const) {
    const net = new FakeNet();
    const closed: string[] = [];
    net.ports.set("10.0.0.5:80", { ...quietStream(), close: (how) => closed.push(how) });
    const prober = tcpProber({ ...LEAVE, close }, net);
    const target = { host: "10.0.0.5", ip: ip("10.0.0.5"), port: 80 };
    const result = await attempt(
      prober,
      target,
      1000,
      new FakeClock(),
      new AbortController().signal,
    );
    assert.deepEqual(
      [result.class, closed, prober.nameOf(target)],
      ["L4OK", [close], "10.0.0.5:80"],
    );
  }
});
