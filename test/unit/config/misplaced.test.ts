/** Keywords in the wrong block: the help names the right one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkConfiguration } from "../../../src/app/ha/check-configuration.ts";
import { SURROUNDINGS } from "../../support/conf.ts";
import { FakeConfigurationFiles } from "../../support/fake-configuration-files.ts";

/** Of the unknown keywords: what is told, and the help. */
function told(text: string): string[] {
  const wish = { surroundings: SURROUNDINGS, host: null, tellsUnused: false };
  const files = new FakeConfigurationFiles({ "/etc/a.conf": text.replaceAll(";", "\n") });
  const { findings } = checkConfiguration("/etc/a.conf", wish, files);
  return findings
    .filter(({ kind }) => kind.code === "vk103")
    .map(({ message, help }) => `${message.replace("unknown keyword ", "")}: ${help}`);
}

test("a keyword of another block is told where it belongs", () => {
  assert.deepEqual(told("vrrp_instance v {;lb_algo rr;use_pid_dir;}"), [
    "'lb_algo' in vrrp_instance: it belongs in virtual_server",
    "'use_pid_dir' in vrrp_instance: it belongs outside of all blocks",
  ]);
  assert.deepEqual(told("real_server 10.0.0.1 80 {;}"), [
    "'real_server': it belongs in virtual_server",
  ]);
  assert.deepEqual(told("router_id a;global_defs {;instance x;}"), [
    "'router_id': it belongs in global_defs",
    "'instance' in global_defs: it belongs outside of all blocks",
  ]);
});

test("one that many blocks have, that none has, or of which another one is guessed has no such help", () => {
  assert.deepEqual(told("weight 5;foo"), ["'weight': null", "'foo': null"]);
  assert.deepEqual(told("track_process p {;process x;}"), [
    "'track_process' (did you mean 'vrrp_track_process'?): null",
  ]);
});
