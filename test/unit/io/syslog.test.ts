/** Datagrams to a socket in the place of /dev/log, and descriptors of a process. */
import assert from "node:assert/strict";
import { closeSync, fstatSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { DatagramSocket } from "../../../src/io/datagram-socket.ts";
import { AF_UNIX } from "../../../src/io/sockaddr.ts";
import { SOCK_DGRAM } from "../../../src/io/socket-numbers.ts";
import { isJournal, sendSyslog } from "../../../src/io/syslog.ts";

test("a datagram reaches who listens there, also after it was away, and never waits", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-syslog-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "log");
  assert.equal(sendSyslog(utf8("nobody is there"), path), false);
  for (let time = 0; time < 2; time++) {
    const daemon = new DatagramSocket(AF_UNIX, SOCK_DGRAM, 0, path);
    daemon.bind({ family: "unix-path", path });
    assert.equal(sendSyslog(utf8("hello"), path), true);
    assert.deepEqual(
      daemon.receive().map(({ bytes }) => new TextDecoder().decode(bytes)),
      ["hello"],
    );
    let sent = 0;
    while (sent < 100_000 && sendSyslog(utf8("x"), path)) sent += 1;
    assert.ok(sent < 100_000, "who does not read gets no more");
    daemon.close();
    assert.equal(sendSyslog(utf8("it has gone"), path), false);
    rmSync(path);
  }
});

test("a descriptor is the journal's where device and inode are those that systemd says", () => {
  const fd = openSync("/dev/null", "w");
  const { dev, ino } = fstatSync(fd);
  assert.equal(isJournal(`${dev}:${ino}`, fd), true);
  assert.equal(isJournal(`${dev}:${ino + 1}`, fd), false);
  for (const said of [undefined, "", "a:b", `${dev}`]) assert.equal(isJournal(said, fd), false);
  closeSync(fd);
  assert.equal(isJournal(`${dev}:${ino}`, fd), false);
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
