import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import {
  decodeDaemon,
  decodeTimeouts,
  dumpDaemons,
  getTimeouts,
  type IpvsDaemon,
  setTimeouts,
  startDaemon,
  stopDaemon,
} from "../../../../src/core/netlink/ipvs-daemon.ts";
import { meaning } from "../../../support/ipvs-meaning.ts";
import * as vectors from "../../../vectors/ipvs.ts";

const ipOf = (text: string) => parseIp(text) ?? assert.fail(text);
const MASTER: IpvsDaemon = {
  ...{ role: "master", ifName: "eth0", syncId: 7 },
  ...{ maxBytes: 0, group: null, port: 0, ttl: 0 },
};
const BACKUP: IpvsDaemon = {
  ...{ role: "backup", ifName: "eth0", syncId: 9 },
  ...{ maxBytes: 1400, group: ipOf("ff02::51"), port: 8849, ttl: 3 },
};

test("a daemon is started as ipvsadm starts it", () => {
  assert.deepEqual(meaning(startDaemon(MASTER).body), meaning(vectors.master));
  assert.deepEqual(meaning(startDaemon(BACKUP).body), meaning(vectors.backup));
});

test("a group of IPv4 goes where the kernel looks for one of IPv4", () => {
  const { daemon } = meaning(startDaemon({ ...MASTER, group: ipOf("224.0.0.99") }).body);
  assert.deepEqual([daemon?.group4, daemon?.group6], [ipOf("224.0.0.99"), undefined]);
});

test("a daemon is stopped by its role, with the name and the number that the kernel wants too", () => {
  const { command, daemon } = meaning(stopDaemon(MASTER).body);
  const theirs = meaning(vectors.stopMaster);
  assert.deepEqual([command, daemon?.state], [theirs.command, theirs.daemon?.state]);
  assert.deepEqual([daemon?.ifName, daemon?.syncId], ["eth0", 7]);
});

test("daemons are read as the kernel tells them, with what it chose where nothing was asked", () => {
  assert.deepEqual(vectors.daemons.map(decodeDaemon), [
    {
      ok: true,
      value: { ...MASTER, maxBytes: 1472, group: ipOf("224.0.0.81"), port: 8848, ttl: 1 },
    },
    { ok: true, value: BACKUP },
  ]);
});

test("a message without a daemon, or with one of no role, is none", () => {
  for (const body of [vectors.timeouts, vectors.addTcp]) {
    const result = decodeDaemon(body);
    assert.ok(!result.ok && result.fault.code === "no-daemon");
  }
});

test("daemons and timeouts are asked for by a command alone", () => {
  const asked = [dumpDaemons(), getTimeouts()];
  assert.deepEqual(
    asked.map(({ flags, body }) => [flags, ...body]),
    [
      [0x300, 11, 1, 0, 0],
      [0, 13, 1, 0, 0],
    ],
  );
});

test("timeouts are set as ipvsadm sets them, and read as the kernel tells them", () => {
  const value = { tcpS: 900, tcpFinS: 120, udpS: 300 };
  assert.deepEqual(meaning(setTimeouts(value).body), meaning(vectors.setTimeouts));
  assert.deepEqual(decodeTimeouts(vectors.timeouts), { ok: true, value });
});

test("a value that the kernel could not hold is a caller's bug", () => {
  for (const wrong of [{ syncId: -1 }, { maxBytes: 65536 }, { port: 65536 }, { ttl: 256 }])
    assert.throws(() => startDaemon({ ...MASTER, ...wrong }), RangeError);
  assert.throws(() => setTimeouts({ tcpS: 2 ** 32, tcpFinS: 0, udpS: 0 }), RangeError);
});
