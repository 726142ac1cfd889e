import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { monotonicMs } from "../../../src/io/clock.ts";
import { openPing } from "../../../src/io/ping-socket.ts";
import type { PingReply } from "../../../src/io/ports.ts";
import { writeSysctl } from "../../../src/io/sysctl.ts";
import { EchoRequest } from "../../../src/proto/check/ping.ts";
import { Arrivals } from "../../support/arrivals.ts";
import { enterOwnNetns, ownNetnsMissing } from "../../support/own-netns.ts";
import { ip } from "../../support/packets.ts";

const skip = ownNetnsMissing;
if (skip === false) await enterOwnNetns();

interface Heard extends Pick<PingReply, "receivedMs" | "ttl"> {
  readonly source: readonly number[];
  readonly type: number | undefined;
  readonly data: readonly number[];
}

function open(t: TestContext, family: 4 | 6, range: string) {
  writeSysctl("net/ipv4/ping_group_range", range);
  const heard = new Arrivals<Heard>();
  const socket = openPing({
    family,
    source: null,
    ifName: null,
    mark: null,
    ttl: 33,
    tos: null,
    dontFragment: false,
    onReply: ({ receivedMs, ttl, source, message }) => {
      const [type, ...rest] = message;
      heard.push({ receivedMs, ttl, source: [...source], type, data: rest.slice(7) });
    },
    onRefusal: () => assert.fail("nobody refuses"),
  });
  t.after(() => socket.close());
  return { socket, heard };
}

for (const [range, method] of [
  ["0 65535", "dgram"],
  ["1 0", "raw"],
] as const) {
  for (const [family, address, reply] of [
    [4, "127.0.0.9", 0],
    [6, "::1", 129],
  ] as const) {
    test(`IPv${family}, ${method}: a reply comes with its source, its TTL and its time`, {
      skip,
    }, async (t) => {
      const { socket, heard } = open(t, family, range);
      assert.equal(socket.method, method);
      assert.equal(socket.identifier === null, method === "dgram");
      const request = new EchoRequest(family, socket.identifier, 3);
      const sentMs = socket.send(request.numbered(5), ip(address));
      const { receivedMs, ttl, source, type, data } = await heard.next();
      assert.deepEqual([source, type, data], [[...ip(address)], reply, [0, 1, 2]]);
      assert.equal(ttl, 64);
      assert.ok(receivedMs > sentMs - 1 && receivedMs <= monotonicMs());
    });
  }
}

test("what this host refuses is thrown by the send that it is about, and no other", {
  skip,
}, (t) => {
  const { socket } = open(t, 4, "0 65535");
  const request = new EchoRequest(4, null, 0);
  assert.throws(() => socket.send(request.numbered(0), ip("192.0.2.1")), { code: "ENETUNREACH" });
  socket.send(request.numbered(1), ip("127.0.0.1"));
});
