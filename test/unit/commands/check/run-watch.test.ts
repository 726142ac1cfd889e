import assert from "node:assert/strict";
import { test } from "node:test";
import { checkHost, checkTcpRan } from "../../../support/check-cli.ts";
import { quietStream } from "../../../support/fake-net.ts";

const STEADY = "--watch --jitter 0 --interval 1s";

test("changes alone are told, a recovery with the length of the outage, statistics at the end", async () => {
  const ports = checkHost();
  const { exitCode, out } = await checkTcpRan(`10.0.0.1:80 ${STEADY} -w 100s`, {
    ports,
    passMs: 100_000,
    during: [
      [2500, () => ports.net.ports.set("10.0.0.1:80", "ECONNREFUSED")],
      [72_000, () => ports.net.ports.set("10.0.0.1:80", quietStream())],
    ],
  });
  assert.equal(exitCode, 0);
  assert.deepEqual(
    out.slice(0, 3).map((line) => line.replace(/^\S+ {2}/, "")),
    [
      "10.0.0.1:80  UP  L4OK  0.00ms  connected",
      "10.0.0.1:80  DOWN  L4CON  connection refused",
      "10.0.0.1:80  UP  L4OK  0.00ms  connected  (down 00:01:12)",
    ],
  );
  assert.match(out[3] ?? "", /^TARGET +STATE +SENT +LOST +MIN +AVG +MAX +P95 +OUTAGES$/);
  assert.match(out[4] ?? "", /^10\.0\.0\.1:80 +UP +100 +72 \(72%\) .* 1$/);
  assert.equal(ports.clock.pending, 0);
});

test("0 all up at the end, 1 not, 2 where it hangs on those that could not be asked", async () => {
  const status = async (targets: string) =>
    (await checkTcpRan(`${targets} ${STEADY} -w 3s`)).exitCode;
  assert.equal(await status("10.0.0.1-2:80"), 0);
  assert.equal(await status("10.0.0.1-3:80"), 1);
  assert.equal(await status("10.0.0.1-3:80 --at-least 2"), 0);
  assert.equal(await status("10.0.0.1:80 10.0.0.9:80"), 2);
});

test("an interruption ends it with the statistics and its own status", async () => {
  const stop = new AbortController();
  const { exitCode, out } = await checkTcpRan(`10.0.0.3:80 ${STEADY}`, {
    stop,
    interruptedBy: "SIGINT",
    during: [[2500, () => stop.abort()]],
  });
  assert.equal(exitCode, 1);
  assert.match(out.at(-1) ?? "", /^10\.0\.0\.3:80 +DOWN +3 +3 \(100%\)/);
});

test("SIGQUIT tells the statistics on standard error, and it goes on", async () => {
  let tell = (): void => {};
  const { out, err } = await checkTcpRan(`10.0.0.1:80 ${STEADY} -w 5s -j`, {
    onStatistics: (it) => {
      tell = it;
    },
    during: [[1500, () => tell()]],
  });
  const [asked, last] = [err[0] ?? "", out.at(-1) ?? ""].map((line) => JSON.parse(line));
  assert.deepEqual([asked.type, asked.checks, asked.outages], ["statistics", 2, 0]);
  assert.deepEqual([last.type, last.checks], ["statistics", 5]);
});

test("a signal before what was waited for is no answer to it", async () => {
  const stop = new AbortController();
  const { exitCode } = await checkTcpRan("10.0.0.3:80 --until-up 1", {
    stop,
    interruptedBy: "SIGTERM",
    during: [[2500, () => stop.abort()]],
  });
  assert.equal(exitCode, 143);
});

test("--jitter is a share, with its sign or without", async () => {
  const status = async (text: string) =>
    (await checkTcpRan(`10.0.0.1:80 --watch -w 3s --jitter ${text}`)).exitCode;
  assert.equal(await status("10%"), 0);
  assert.equal(await status("10"), 0);
  assert.equal(await status("101%"), 2);
  assert.equal(await status("x"), 2);
});

test("--until-up ends as soon as it was so; -w before that is a no", async () => {
  const ports = checkHost();
  ports.net.ports.delete("10.0.0.1:80");
  const up = await checkTcpRan("10.0.0.1:80 --until-up 2 --jitter 0 --interval 1s -q", {
    ports,
    during: [[3500, () => ports.net.ports.set("10.0.0.1:80", quietStream())]],
  });
  assert.equal(up.exitCode, 0);
  assert.equal(ports.net.connected.length, 6);
  assert.equal((await checkTcpRan("10.0.0.3:80 --until-up 1 -w 3s")).exitCode, 1);
  assert.equal((await checkTcpRan("10.0.0.9:80 --until-up 1 -w 3s")).exitCode, 2);
  assert.equal((await checkTcpRan("10.0.0.3:80 --until-down 3 -w 5s --interval 1s")).exitCode, 0);
});

test("a program that could not be started is refused at the start, not at the first outage", async () => {
  const ports = checkHost();
  ports.missingPrograms.add("./nope.sh");
  const ran = await checkTcpRan("10.0.0.1:80 --watch --on-change ./nope.sh", { ports });
  assert.equal(ran.exitCode, 2);
  assert.match(ran.stderr, /--on-change ".\/nope\.sh" is no program/);
  assert.equal(ports.net.connected.length, 0);
});

test("-c ends it after so many checks of each target", async () => {
  const watched = await checkTcpRan(`10.0.0.1:80 10.0.0.3:80 ${STEADY} -c 3 --down-interval 3s`);
  assert.equal(watched.exitCode, 1);
  assert.deepEqual([watched.ports.net.connected.length, watched.ports.clock.pending], [6, 0]);
  assert.equal((await checkTcpRan("10.0.0.3:80 --until-up 1 -c 2 --interval 1s")).exitCode, 1);
});

test("-v tells each result, changes with a star; -q nothing", async () => {
  const { out } = await checkTcpRan(`10.0.0.1:80 ${STEADY} -w 2500ms -v`);
  assert.deepEqual(
    out.slice(0, 3).map((line) => line.split("  ")[1]),
    ["*", "=", "="],
  );
  const json = (await checkTcpRan(`10.0.0.1:80 ${STEADY} -w 2500ms -v -j`)).out;
  assert.deepEqual(
    json.map((line) => JSON.parse(line).type),
    ["change", "result", "result", "statistics"],
  );
  assert.equal((await checkTcpRan(`10.0.0.1:80 ${STEADY} -w 2s -q`)).stdout, "");
});

test("--on-change runs for each change, and --metrics are kept fresh", async () => {
  const ports = checkHost();
  await checkTcpRan(
    `10.0.0.1:80 10.0.0.3:80 ${STEADY} -w 9s --on-change /bin/tell --metrics m.prom`,
    {
      ports,
      during: [
        [5000, () => assert.ok(ports.files.contents.has("m.prom"))],
        [500, () => ports.net.ports.set("10.0.0.1:80", "ECONNREFUSED")],
      ],
    },
  );
  assert.deepEqual(
    ports.programs.map(({ argv, environment }) => [
      ...argv,
      environment.VIPKIT_TARGET,
      environment.VIPKIT_STATE,
    ]),
    [
      ["/bin/tell", "10.0.0.3:80", "DOWN"],
      ["/bin/tell", "10.0.0.1:80", "DOWN"],
    ],
  );
  const text = new TextDecoder().decode(ports.files.contents.get("m.prom"));
  assert.match(
    text,
    /probe_success\{kind="tcp",target="10\.0\.0\.1:80"\} 0\n/,
    "as it is, not as it was",
  );
});
