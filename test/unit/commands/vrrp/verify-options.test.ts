import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyText } from "../../../../src/commands/vrrp/event-text.ts";
import { runInProcess } from "../../../support/cli.ts";

const refusal = async (...words: string[]): Promise<string> => {
  const line = ["vrrp", "run", "-I", "eth0", "--vrid", "51", "--vip", "10.0.0.100", "--dry-run"];
  const { exitCode, stderr } = await runInProcess([...line, ...words]);
  assert.equal(exitCode, 2, words.join(" "));
  return stderr;
};

test("what cannot be meant is refused in one line that says which two things clash", async () => {
  assert.match(
    await refusal("--verify", "10.0.0.9", "--no-verify"),
    /^vipkit vrrp run: --verify and --no-verify clash: [^\n]*\n/,
  );
  assert.match(await refusal("--verify", "fd00::9"), /--verify fd00::9 and --vip clash: /);
  const many = Array.from({ length: 17 }, (_, n) => ["--verify", `10.0.0.${n + 1}`]);
  assert.match(await refusal(...many.flat()), /--verify is given 17 times: 16 at most/);
});

test("each verdict is told in words that accuse nobody without a reason", () => {
  const record = {
    host: "10.0.0.1",
    role: "gateway",
    vip: "10.0.0.100",
    ok: true,
    sends: 2,
    took_ms: 638,
    tried: ["other-form"],
  } as const;
  const text = (verdict: Parameters<typeof verifyText>[0]["verdict"]) =>
    verifyText({ ...record, verdict });
  assert.equal(text("answers"), "gateway 10.0.0.1 answers at our MAC after 2 sends, 0.638s");
  assert.match(text("no-echo"), /is reached and reaches us, but answers no echo request/);
  assert.match(
    text("astray"),
    /answers this host and not 10\.0\.0\.100: it may believe another MAC/,
  );
  assert.match(text("silent"), /does not answer 10\.0\.0\.100 \(2 sends in .*; tried other-form\)/);
});
