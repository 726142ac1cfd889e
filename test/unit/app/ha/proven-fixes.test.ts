/** What --fix makes of a file: what is moved, with what, and what stays because something would get lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkConfiguration } from "../../../../src/app/ha/check-configuration.ts";
import { provenFixes } from "../../../../src/app/ha/proven-fixes.ts";
import { writeRewrite } from "../../../../src/app/ha/rewrite-file.ts";
import { OLD_SPELLING, UNKNOWN_KEYWORD } from "../../../../src/config/codes/words.ts";
import { type FindingKind, finding } from "../../../../src/config/finding.ts";
import { SURROUNDINGS } from "../../../support/conf.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";

const WISH = { surroundings: SURROUNDINGS, host: null, tellsUnused: false };
const REST =
  "    interface eth0\n    virtual_router_id 5\n    virtual_ipaddress { 10.0.0.5/24 }\n}\n";
const INSTANCE = `vrrp_instance A {\n${REST}`;
const tracking = (name: string): string =>
  `vrrp_instance A {\n    track_script { ${name} }\n${REST}`;
const script = (name: string): string =>
  `vrrp_script ${name} {\n    script "/bin/true"\n    timeout 1\n}\n`;

/** @returns the file after it, and how many are fixed, left and refused */
function fixed(text: string | Readonly<Record<string, string>>) {
  const files = new FakeConfigurationFiles(typeof text === "string" ? { "/a.conf": text } : text);
  const before = checkConfiguration("/a.conf", WISH, files);
  const { rewrites, ...told } = provenFixes("/a.conf", before, WISH, files);
  for (const rewrite of rewrites) writeRewrite(rewrite, files);
  return {
    text: files.text("/a.conf"),
    counts: [told.fixed.length, told.left.length, told.refused.length],
    files,
  };
}
const stays = (text: string, ...counts: number[]): void => {
  assert.deepEqual(fixed(text).text, text);
  assert.deepEqual(fixed(text).counts, counts);
};

test("what is tracked too early is moved in front, with its comments; the empty line behind goes too", () => {
  const user = tracking("x");
  const moved = `# of x\n${script("x").replace("{\n", "{ # x\n")}`;
  const { text, counts } = fixed(`# head\n\n# of A\n${user}\n${moved}\n# end\n`);
  assert.equal(text, `# head\n\n${moved}\n# of A\n${user}\n# end\n`);
  assert.deepEqual(counts, [1, 0, 0]);
});

test("several are moved in the order in which they are used, each once", () => {
  const users = `${tracking("x\n    y\n   ")}\n${INSTANCE.replace("A", "B").replace("id 5", "id 6").replace(".5/", ".6/").replace("{\n", "{\n    track_script { x }\n")}`;
  const { text } = fixed(`${users}\n${script("y")}\n${script("x")}`);
  assert.equal(text, `${script("x")}\n${script("y")}\n${users}`);
});

test("a definition needs what stands above it: then it stays", () => {
  stays(`${tracking("x")}\n$T=1\n${script("x").replace("timeout 1", `timeout \${T}`)}`, 0, 0, 1);
});

test("what shares a line, is of one host or comes out of a definition stays", () => {
  stays(
    `${tracking("x")}\nvrrp_script x { script "/bin/true"\n timeout 1\n} group_defs\n`,
    0,
    0,
    0,
  );
  stays(`${tracking("x")}\n@one ${script("x")}`, 0, 0, 0);
  stays(`${tracking("x")}\n$X= \\\n${script("x").replace(/\n(?=.)/g, " \\\n")}$X\n`, 0, 0, 0);
});

test("a keyword of global_defs is moved to its end, in its layout", () => {
  const { text, counts } = fixed(
    `global_defs {\n\trouter_id a\n} # b\n\n${INSTANCE.replace("{\n", "{\n    # why\n    enable_script_security # c\n")}\nnotification_email {\n  a@example.com\n}\n`,
  );
  assert.equal(
    text,
    `global_defs {\n\trouter_id a\n\t# why\n\tenable_script_security # c\n\tnotification_email {\n\t  a@example.com\n\t}\n} # b\n\n${INSTANCE}`,
  );
  assert.deepEqual(counts, [2, 0, 0]);
});

test("a global_defs is made where there is none, behind the head of the file", () => {
  const { text } = fixed(`! head\nrouter_id a\n\nscript_user root\n\n${INSTANCE}`);
  assert.equal(
    text,
    `! head\n\nglobal_defs {\n    router_id a\n    script_user root\n}\n\n${INSTANCE}`,
  );
});

test("what would change what is in force, or is there already, stays; the others are moved", () => {
  const globals = "global_defs {\n    router_id a\n}\n";
  stays(`${globals}router_id b\n${INSTANCE}`, 0, 0, 0);
  const strict = INSTANCE.replace("{\n", "{\n    preempt_delay 5\n");
  const { text, counts } = fixed(`${globals}vrrp_strict\nscript_user root\n${strict}`);
  assert.equal(
    text,
    `global_defs {\n    router_id a\n    script_user root\n}\nvrrp_strict\n${strict}`,
  );
  assert.deepEqual(counts, [1, 0, 1]);
});

/** Fixes a file as if a finding of it had these edits: what is replaced, by what. */
function tried(text: string, kind: FindingKind, ...edits: [old: string, now: string][]) {
  const files = new FakeConfigurationFiles({ "/a.conf": text });
  const before = checkConfiguration("/a.conf", WISH, files);
  const [file] = before.files;
  assert.ok(file);
  const own = edits.map(([old, now]) => {
    const line = file.lines.findIndex((one) => one.includes(old));
    const column = (file.lines[line] ?? "").indexOf(old) + 1;
    const place = { file, line: line + 1, column, definedAt: null };
    return { span: { place, length: old.length }, text: now };
  });
  const span = own[0]?.span ?? assert.fail();
  const others = before.findings.filter((one) => one.kind !== kind);
  const findings = [...others, finding(kind, span, "m", { edits: own })];
  const { fixed: made, refused } = provenFixes("/a.conf", { ...before, findings }, WISH, files);
  return [made.length, refused.length];
}

test("a fix that takes something from what is in force, or brings another error, is not made", () => {
  const text = `foo\n${INSTANCE.replace("{\n", "{\n    priority 90\n")}`;
  assert.deepEqual(tried(text, UNKNOWN_KEYWORD, ["foo", ""]), [1, 0]);
  assert.deepEqual(
    tried(text, UNKNOWN_KEYWORD, ["foo", ""], ["priority 90", "priority 91"]),
    [0, 1],
  );
  assert.deepEqual(tried(text, UNKNOWN_KEYWORD, ["foo", "vrrp_instance B { }"]), [0, 1]);
});

test("another spelling brings nothing into force, and changes no virtual server", () => {
  const server =
    "virtual_server 10.0.0.5 80 {\n    lb_algo rr\n    protocol TCP\n    real_server 10.0.0.9 80 { }\n}\n";
  const text = `${INSTANCE}${server}vrrp_track_file z {\n    file /x\n}\n`;
  const renamed: [string, string] = ["vrrp_track_file", "track_file"];
  assert.deepEqual(tried(text, OLD_SPELLING, renamed), [1, 0]);
  assert.deepEqual(tried(text, OLD_SPELLING, renamed, ["lb_algo rr", "lb_algo wrr"]), [0, 1]);
  const more = "interface eth0\n    priority 90";
  assert.deepEqual(tried(text, OLD_SPELLING, renamed, ["interface eth0", more]), [0, 1]);
});

test("nothing is moved where a brace matches none", () => {
  stays(`router_id a\n}\n${INSTANCE}`, 0, 0, 0);
});

test("a word of a route that has another name now says the same", () => {
  const routes = (via: string): string =>
    INSTANCE.replace(
      "{\n",
      `{\n    virtual_routes {\n        10.9.0.0/24 ${via} 10.0.0.7\n    }\n`,
    );
  const { text, counts } = fixed(routes("gw"));
  assert.deepEqual([text, ...counts], [routes("via"), 1, 0, 0]);
});

test("a keyword is moved into the file that has global_defs", () => {
  const { files, text } = fixed({
    "/a.conf": `include /g.conf\nscript_user root\n${INSTANCE}`,
    "/g.conf": "global_defs {\n  router_id a\n}\n",
  });
  assert.equal(text, `include /g.conf\n${INSTANCE}`);
  assert.equal(files.text("/g.conf"), "global_defs {\n  router_id a\n  script_user root\n}\n");
});
