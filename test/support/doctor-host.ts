/** `vipkit vrrp doctor` on a host of a test LAN, and a person there who pastes what it prints. */
import assert from "node:assert/strict";
import type { Finding } from "../../src/proto/doctor/finding.ts";
import type { Host } from "./netns.ts";
import { VIPKIT } from "./vipkit.ts";

export const DOCTOR = [process.execPath, VIPKIT, "vrrp", "doctor", "-I", "eth0"];

/** Listens for 1 s unless `more` says otherwise: fast routers advertise ten times in it. */
export async function examineHost(host: Host, ...more: string[]) {
  const time = more.includes("--for") ? [] : ["--for", "1s"];
  const program = host.spawn(...DOCTOR, "-j", ...time, ...more);
  const { code } = await program.ended;
  const answer = JSON.parse(program.lines.all.join("\n"));
  const findings: Finding[] = answer.findings;
  return {
    code,
    answer,
    findings,
    of: (check: string) => findings.filter((it) => it.check === check),
  };
}

export const verdicts = (findings: readonly Finding[]): string[] =>
  findings.map(({ verdict }) => verdict);

/** Every line that is no advice, each by a shell of its own. */
export async function paste(host: Host, finding: Finding | undefined): Promise<void> {
  const lines = finding?.fix.filter((line) => !line.startsWith("#")) ?? [];
  assert.ok(lines.length > 0, "there is something to paste");
  for (const line of lines) await host.run("sh", "-euc", line);
}
