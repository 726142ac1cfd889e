/**
 * Tests for which the kernel must have IPVS. Their file runs once more inside of user-mode-linux
 * (ipvs-kernel.ts), and each test in there is one out here. In there everything else is as ever: LANs
 * (netns.ts) whose hosts have an IPVS each, peers, `ha up`, ports of ours in the process of the test itself.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { bootIpvs, ipvsKernelMissing } from "./ipvs-kernel.ts";
import type { InsideResult } from "./ipvs-reporter.ts";
import type { Program } from "./program.ts";

/**
 * All tests of a file.
 * @param file `import.meta.url` of it
 * @param programs that they need, beside ipvsadm
 */
export function withIpvs(file: string, programs: readonly string[], define: () => void): void {
  if (process.env[INSIDE] !== undefined) define();
  else
    test("in a kernel with IPVS", { skip: ipvsKernelMissing(...programs) }, (t) => boot(t, file));
}

async function boot(t: TestContext, file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-ipvs-"));
  const kernel = bootIpvs(folder, inside(fileURLToPath(file)));
  try {
    await report(t, kernel);
  } finally {
    await kernel.destroy();
    rmSync(folder, { recursive: true });
  }
}

/** Tests of the inside as they end. @throws Error when the file of tests itself failed */
async function report(t: TestContext, { lines }: Program): Promise<void> {
  for (let failed = 0; ; ) {
    const [, status, json = ""] = await lines.next(RESULT, PATIENCE_MS);
    if (status === "0" || (status !== undefined && failed > 0)) return;
    if (status !== undefined) throw new Error(lines.all.join("\n"));
    const { name, isSkipped, error }: InsideResult = JSON.parse(json);
    if (error !== null) failed++;
    await t.test(name, { skip: isSkipped }, () => {
      if (error !== null) throw new Error(error);
    });
  }
}

function inside(file: string): string[] {
  const kept = KEPT.filter((name) => process.env[name] !== undefined);
  const reporter = new URL("./ipvs-reporter.js", import.meta.url);
  return [
    ...[`export ${INSIDE}=1`, ...kept.map((name) => `export ${name}='${process.env[name]}'`)],
    `cd '${process.cwd()}'`,
    `timeout -s KILL ${LONGEST_S} '${process.execPath}' --test-reporter='${reporter}' '${file}' 2>&1; echo "over $?"`,
  ];
}

const RESULT = /^(?:over (\d+)|@(\{.*\}))$/;
const INSIDE = "VIPKIT_TEST_IPVS";
const KEPT = ["UPDATE", "NODE_V8_COVERAGE"];
const LONGEST_S = 290; // for a file, as for any other
const PATIENCE_MS = 240_000; // for one test
