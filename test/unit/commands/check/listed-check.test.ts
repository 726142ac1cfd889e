import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCheckList } from "../../../../src/commands/check/check-list.ts";
import { checkExec } from "../../../../src/commands/check/exec.ts";
import { checkFile } from "../../../../src/commands/check/file.ts";
import { prepareListed } from "../../../../src/commands/check/listed-check.ts";
import { checkTcp } from "../../../../src/commands/check/tcp.ts";
import type { Context } from "../../../../src/commands/define.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const kinds = new Map([
  ["exec", checkExec],
  ["file", checkFile],
  ["tcp", checkTcp],
]);
const ctx = { ports: new FakePorts(), signal: new AbortController().signal } as Partial<Context>;

async function prepare(text: string) {
  const [listed] = await parseCheckList(text, "f");
  assert.ok(listed);
  return await prepareListed(listed, kinds, ctx as Context);
}

test("a check is what its command makes of the same words", async () => {
  const { kind, targets, name, args } = await prepare(
    "- {name: load, kind: file, paths: [/a, /b], weight: -3, reverse: true, retry: 2, at-least: 1}",
  );
  assert.deepEqual([kind, name, args.retry], ["file", "load", 2]);
  assert.deepEqual(targets, [{ path: "/a" }, { path: "/b" }]);
  assert.deepEqual(args["at-least"], { number: 1, isPercent: false });
  const exec = await prepare(
    "- {kind: exec, target: [sh, -c, 'exit 1'], timeout: 1s, no-weight: false}",
  );
  assert.deepEqual([exec.targets, exec.args.timeout], [[["sh", "-c", "exit 1"]], 1000]);
});

test("a mistake is told with the place of the key or the value that is wrong", async () => {
  const cases = [
    ["- {target: x}", /^f:1:3: kind is missing/],
    ["- {kind: ping}", /^f:1:10: kind "ping" is none of exec, file/],
    ["- kind: file\n  timeout: soon", /^f:2:12: --timeout "soon" is refused/],
    [
      "- kind: file\n  wieght: 3",
      /^f:2:3: check file has no "wieght" in a file \(did you mean weight\?\)$/,
    ],
    [
      "- kind: file\n  json: true",
      /^f:2:3: check file has no "json" in a file: it goes to the command line/,
    ],
    ["- kind: file\n  __proto__: x", /^f:2:3: check file has no/],
    ["- kind: file\n  reverse: maybe", /^f:2:12: reverse is either/],
    ["- {kind: file, target: x, until-up: 2}", /^f:1:27: check file has no "until-up"/],
    ["- {kind: tcp, target: ['a:1', b]}", /^f:1:31: "b" has no port/],
    [
      "- {kind: tcp, tls: true, target: 'a:1', alpn: [h2, '']}",
      /^f:1:52: --alpn "" has not 1 to 255 bytes/,
    ],
    ["- {kind: tcp, target: 'a:1', cert: x, tls: true}", /^f:1:36: --cert and --key belong/],
    ["- {kind: tcp, target: 'a:1', at-least: 2}", /^f:1:40: --at-least 2: there is only 1/],
    ["- kind: file", /^f:1:3: no target/],
  ] as const;
  for (const [text, message] of cases) await assert.rejects(prepare(text), { message }, text);
});
