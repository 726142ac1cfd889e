/** `check tcp --nagios` beside check_tcp of the monitoring plugins: same status, same perfdata. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { after, before, describe, test } from "node:test";
import { BIN } from "../support/cli.ts";

const CHECK_TCP = "/usr/lib/nagios/plugins/check_tcp";
const missing = existsSync(CHECK_TCP) ? false : "check_tcp is missing: monitoring-plugins-basic";

interface Answered {
  readonly status: number | null;
  readonly word: string | undefined; // "TCP OK"
  readonly perfdata: string; // without its value
}

function answered(file: string, words: readonly string[]): Answered {
  const { status, stdout } = spawnSync(file, words, { encoding: "utf8" });
  const [text = "", perfdata = ""] = stdout.trimEnd().split("|");
  return {
    status,
    word: /^\S+ (OK|WARNING|CRITICAL)/.exec(text)?.[0],
    perfdata: perfdata.replace(/=[\d.]+s/, "=s"),
  };
}

describe("a port of this host", { skip: missing }, () => {
  const server = createServer((socket) => socket.end());
  let open = 0;
  let closed = 0;

  before(async () => {
    const gone = createServer();
    for (const one of [server, gone]) await once(one.listen(0, "127.0.0.1"), "listening");
    [open, closed] = [server, gone].map((one) => (one.address() as AddressInfo).port) as [
      number,
      number,
    ];
    await new Promise((resolve) => gone.close(resolve));
  });
  after(() => server.close());

  const both = (port: number, limits: readonly string[]): [Answered, Answered] => {
    const [warn, crit] = limits;
    const theirs = [
      "-H",
      "127.0.0.1",
      "-p",
      `${port}`,
      ...(warn ? ["-w", warn] : []),
      ...(crit ? ["-c", crit] : []),
    ];
    const ours = [
      "check",
      "tcp",
      `127.0.0.1:${port}`,
      "-t",
      "10s",
      "--nagios",
      ...(warn ? ["--warn", warn] : []),
      ...(crit ? ["--crit", crit] : []),
    ];
    return [answered(CHECK_TCP, theirs), answered(process.execPath, [BIN, ...ours])];
  };

  test("it is OK, with and without limits, in the same perfdata", () => {
    for (const limits of [[], ["5"], ["5", "9.5"]]) {
      const [theirs, ours] = both(open, limits);
      assert.deepEqual(ours, theirs, limits.join(" "));
      assert.equal(ours.word, "TCP OK");
    }
  });

  test("one that is too slow is WARNING or CRITICAL", () => {
    for (const limits of [["0.000001"], ["0.000001", "0.000001"]]) {
      const [theirs, ours] = both(open, limits);
      assert.deepEqual(ours, theirs, limits.join(" "));
      assert.equal(ours.status, limits.length);
    }
  });

  test("one that nobody listens on is CRITICAL and has no time", () => {
    const [theirs, ours] = both(closed, ["5"]);
    assert.deepEqual([ours.status, ours.perfdata], [theirs.status, theirs.perfdata]);
    assert.equal(ours.status, 2);
  });
});
