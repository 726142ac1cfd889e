import assert from "node:assert/strict";
import { test } from "node:test";
import { webOptions } from "../../../../src/commands/ha/web-options.ts";
import { formatIp } from "../../../../src/core/addr.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

function placed(text: string): string {
  const place = webOptions.metrics.read([text]);
  return place === undefined ? "" : `${formatIp(place.ip)} ${place.port}`;
}

test("a port alone is one of this host's own, and others are asked for by an address", () => {
  assert.equal(placed("9165"), "127.0.0.1 9165");
  assert.equal(placed("localhost:9165"), "127.0.0.1 9165");
  assert.equal(placed("0.0.0.0:80"), "0.0.0.0 80");
  assert.equal(placed("[::1]:9165"), "::1 9165");
});

test("what is no place is refused with the reason", () => {
  for (const [text, reason] of [
    ["", /no PORT/],
    [":9165", /no IP address/],
    ["host:9165", /no IP address/],
    ["::1:9165", /no PORT/],
    ["[127.0.0.1]:9165", /brackets for IPv6 alone/],
    ["0", /1 to 65535/],
    ["65536", /1 to 65535/],
  ] as const) {
    assert.throws(() => placed(text), reason, text);
  }
});

test("a port that is taken is refused before anything is started: exit 2", async () => {
  const ports = new FakePorts();
  ports.web.refuse = "EADDRINUSE";
  const ran = await runInProcess(["ha", "up", "--metrics", "9165"], { ports });
  assert.equal(ran.exitCode, 2);
  assert.match(ran.stderr, /listen 127\.0\.0\.1 port 9165: .*EADDRINUSE/);
  assert.equal(ports.open, 0);
});

test("what needs metrics is refused without them", async () => {
  for (const words of [["--metrics-compat", "keepalived"], ["--dashboard"]]) {
    const ran = await runInProcess(["ha", "up", ...words], { ports: new FakePorts() });
    assert.deepEqual([ran.exitCode, /needs --metrics/.test(ran.stderr)], [2, true]);
  }
});
