/** The addon and the bytes it hands on: whatever comes, the process lives. Also run by test:asan. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DatagramSocket } from "../../src/io/datagram-socket.ts";
import { native } from "../../src/io/native.ts";
import { AF_INET, decodeSockaddr } from "../../src/io/sockaddr.ts";
import { SOCK_DGRAM } from "../../src/io/socket-numbers.ts";

test("any datagrams that we send ourselves come back as they were", (t) => {
  const socket = new DatagramSocket(AF_INET, SOCK_DGRAM, 0, "udp");
  t.after(() => socket.close());
  socket.bind({ family: "inet", ip: Uint8Array.of(127, 0, 0, 1), port: 0 });
  const address = decodeSockaddr(socket.name());
  assert.ok(address.ok);
  const datagrams = fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 40 });
  fc.assert(
    fc.property(datagrams, (sent) => {
      socket.sendMany(sent, address.value);
      const received: Uint8Array[] = [];
      while (received.length < sent.length) {
        received.push(...socket.receive().map(({ bytes }) => bytes));
      }
      assert.deepEqual(received, sent);
    }),
  );
});

test("no bytes make the decoder of socket addresses throw", () => {
  const families = fc.constantFrom(0, 1, 2, 10, 16, 17, 255);
  fc.assert(
    fc.property(families, fc.uint8Array({ maxLength: 130 }), (family, bytes) => {
      decodeSockaddr(bytes);
      if (bytes.length > 1) decodeSockaddr(Uint8Array.of(family, 0, ...bytes.subarray(2)));
    }),
  );
});

test("any arguments are refused by the addon with a TypeError or an errno", () => {
  const {
    close: _,
    closeAllOnExec: __,
    socket: ___,
    timerfdCreate: ____,
    pipe: _____,
    ...functions
  } = native();
  const calls = Object.entries(functions) as [string, (...args: unknown[]) => unknown][];
  const argument = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 40 }),
    fc.anything(),
  );
  const noDescriptor = fc.oneof(fc.constant(-1), fc.string(), fc.anything().filter(isNoNumber));
  fc.assert(
    fc.property(
      fc.constantFrom(...calls),
      noDescriptor,
      fc.array(argument, { maxLength: 5 }),
      ([name, call], fd, rest) => {
        try {
          const answer = call(fd, ...rest);
          assert.ok(name === "strerror" || (typeof answer === "number" && answer < 0), name);
        } catch (error) {
          assert.ok(error instanceof TypeError, `${name}: ${error}`);
        }
      },
    ),
    { numRuns: 5000 },
  );
});

const isNoNumber = (value: unknown): boolean => typeof value !== "number";
