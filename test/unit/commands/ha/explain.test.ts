/** --explain and --keywords: what codes and keywords mean, and what to do about a word that is neither. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";

const check = async (...words: string[]) => await runInProcess(["ha", "check", ...words], {});

test("a code in any case is explained, as JSON with its keys", async () => {
  const { stdout, exitCode } = await check("--explain", "VK103");
  assert.equal(exitCode, 0);
  assert.match(stdout, /^error\[vk103\]: unknown keyword\n {2}keepalived skips/);
  const record = JSON.parse((await check("--explain", "vk103", "-j")).stdout);
  assert.deepEqual(Object.keys(record), ["code", "severity", "title", "explains"]);
});

test("a code that is none is refused with the nearest", async () => {
  const { stderr, exitCode } = await check("--explain", "vk13");
  assert.equal(exitCode, 2);
  assert.match(stderr, /"vk13" is no code of a finding/);
});

test("keywords of a block, with what they take", async () => {
  const { stdout } = await check("--keywords", "vrrp_script");
  assert.match(stdout, /^interval /m);
  assert.doesNotMatch(stdout, /^virtual_router_id /m);
  const lines = (await check("--keywords", "-j")).stdout.trim().split("\n");
  const names = lines.map((line) => JSON.parse(line).name);
  assert.ok(names.includes("virtual_router_id") && names.length > 350);
});

test("a word with no keyword inside is refused with the nearest", async () => {
  const { stderr, exitCode } = await check("--keywords", "vrrp_scrip");
  assert.equal(exitCode, 2);
  assert.match(stderr, /did you mean vrrp_script/);
});
