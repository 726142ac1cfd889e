import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  decodeNetlinkAck,
  decodeNetlinkMessages,
  encodeNetlinkMessages,
} from "../../../src/core/netlink/message.ts";
import {
  addAddress,
  decodeAddress,
  FOREVER,
  type InterfaceAddress,
} from "../../../src/core/netlink/rtnl-address.ts";
import { decodeLink } from "../../../src/core/netlink/rtnl-link.ts";
import { decodeNeighbour } from "../../../src/core/netlink/rtnl-neighbour.ts";
import { addRoute, decodeRoute, type Route } from "../../../src/core/netlink/rtnl-route.ts";
import { addRule, decodeRule, type Rule } from "../../../src/core/netlink/rtnl-rule.ts";
import * as vectors from "../../vectors/rtnl.ts";
import * as policy from "../../vectors/rtnl-policy.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });

/** A real datagram of which some bytes were changed and the end perhaps cut off. */
const mutated = fc
  .tuple(
    fc.constantFrom(...Object.values(vectors), ...Object.values(policy)),
    fc.array(fc.tuple(fc.nat(), u8), { maxLength: 8 }),
    fc.nat(),
  )
  .map(([vector, changes, cut]) => {
    const datagram = vector.slice();
    for (const [at, byte] of changes) datagram[at % datagram.length] = byte;
    return cut % 2 === 0 ? datagram : datagram.subarray(0, cut % datagram.length);
  });

const DECODERS = [decodeAddress, decodeLink, decodeRoute, decodeNeighbour, decodeRule];

test("no bytes make a decoder throw", () => {
  const check = (datagram: Uint8Array): void => {
    const messages = decodeNetlinkMessages(datagram);
    const bodies = messages.ok ? messages.value.map((message) => message.body) : [datagram];
    for (const body of bodies) for (const decode of DECODERS) decode(body);
    if (messages.ok) for (const message of messages.value) decodeNetlinkAck(message);
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), check), { numRuns: 500 });
  fc.assert(fc.property(mutated, check), { numRuns: 1000 });
});

test("messages packed into one datagram are read as they were written", () => {
  const body = fc.uint8Array({ maxLength: 50 });
  const fields = { type: u16, flags: u16, sequence: u32, portId: u32, body };
  const message = fc.record(fields, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), (messages) => {
      const datagram = encodeNetlinkMessages(messages);
      assert.deepEqual(decodeNetlinkMessages(datagram), { ok: true, value: messages });
    }),
  );
});

const lifetimes = fc
  .tuple(fc.oneof(u32, fc.constant(FOREVER)), fc.oneof(u32, fc.constant(FOREVER)))
  .filter((pair) => !pair.includes(0xffffffff)); // means FOREVER
const cidrOf = (length: number) =>
  fc.record(
    { ip: bytes(length), prefixLength: fc.nat({ max: length * 8 }) },
    { noNullPrototype: true },
  );
const cidr = fc.constantFrom(4, 16).chain(cidrOf);

test("an address is read as it was written", () => {
  const address: fc.Arbitrary<InterfaceAddress> = fc
    .tuple(cidr, u32, u8, u32, u8, u32, lifetimes, fc.stringMatching(/^[a-z0-9:]{1,15}$/))
    .map(([own, ifIndex, scope, flags, protocol, metric, [validLftS, preferredLftS], label]) => ({
      ...own,
      ifIndex,
      peer: null,
      broadcast: own.ip.length === 4 ? own.ip : null,
      label,
      scope,
      flags,
      protocol,
      metric,
      validLftS,
      preferredLftS,
    }));
  fc.assert(
    fc.property(address, (value) => {
      assert.deepEqual(decodeAddress(addAddress(value).body), { ok: true, value });
    }),
  );
});

test("a route is read as it was written", () => {
  const route: fc.Arbitrary<Route> = cidr.chain((destination) => {
    const { length } = destination.ip;
    const maybeIp = fc.option(bytes(length));
    const toAny = destination.prefixLength === 0;
    const fields = {
      destination: fc.constant(
        toAny ? { ip: new Uint8Array(length), prefixLength: 0 } : destination,
      ),
      from: fc.option(cidrOf(length)),
      gateway: fc.option(fc.oneof(bytes(4), bytes(16))),
      onlink: fc.boolean(),
      ifIndex: fc.option(u32),
      preferredSource: maybeIp,
      table: u32,
      protocol: u8,
      scope: u8,
      type: u8,
      metric: u32,
      mtuBytes: fc.option(u32),
    };
    return fc.record(fields, { noNullPrototype: true });
  });
  fc.assert(
    fc.property(route, (value) => {
      assert.deepEqual(decodeRoute(addRoute(value).body), { ok: true, value });
    }),
  );
});

test("a rule is read as it was written", () => {
  const ifName = fc.option(fc.stringMatching(/^[a-z0-9.]{1,15}$/));
  const rule: fc.Arbitrary<Rule> = fc.constantFrom(4, 6).chain((family) => {
    const prefix = fc.option(cidrOf(family === 4 ? 4 : 16));
    const fields = {
      family: fc.constant(family),
      inverted: fc.boolean(),
      from: prefix,
      to: prefix,
      fwmark: fc.option(u32),
      fwmask: fc.option(u32),
      inputInterface: ifName,
      outputInterface: ifName,
      priority: u32,
      action: u8,
      table: u32,
      suppressPrefixLength: fc.option(fc.nat({ max: 128 })),
      protocol: u8,
    } as const;
    return fc.record(fields, { noNullPrototype: true });
  });
  fc.assert(
    fc.property(rule, (value) => {
      assert.deepEqual(decodeRule(addRule(value).body), { ok: true, value });
    }),
  );
});
