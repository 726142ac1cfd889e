/** Mistakes of which the help says what to write: one finding for each, with the remedy. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readConf } from "../../support/conf.ts";

const helps = (...lines: string[]): string[] =>
  readConf(...lines).findings.map(
    ({ kind, span, help }) => `${span.place.line} ${kind.code} ${help}`,
  );

test("a definition within a word wants braces around its name", () => {
  const braced = `\${VIP}`;
  assert.deepEqual(
    helps("$VIP=10.0.0.1", "vrrp_instance v {", "virtual_ipaddress {", "$VIP/24", "}", "}"),
    [`4 vk205 write ${braced}/24`],
  );
});

test("an entry on the line of its list is one mistake, with and without a block", () => {
  const at = "2 vk228 write notification_email { a@b }";
  assert.deepEqual(helps("global_defs {", "notification_email a@b", "router_id c", "}"), [at]);
  assert.deepEqual(helps("global_defs {", "notification_email a@b {", "}", "}"), [at]);
  assert.deepEqual(helps("global_defs {", "notification_email {", "}", "}"), ["2 vk238 null"]);
  assert.deepEqual(helps("global_defs {", "notification_email", "a@b", "}", "}"), ["2 vk105 null"]);
});

test("keywords that share a line are told to stand on lines of their own", () => {
  const own = "write each keyword on a line of its own";
  assert.deepEqual(
    helps("vrrp_instance v {", "authentication { auth_type PASS auth_pass abc }", "}"),
    [`2 vk104 ${own}`],
  );
  const server = ["virtual_server 10.0.0.1 80 {", "real_server 10.0.0.2 80 { weight 1 TCP_CHECK {"];
  assert.deepEqual(helps(...server, "}", "}", "}"), [`2 vk104 ${own}`, `2 vk106 ${own}`]);
  assert.deepEqual(helps("vrrp_instance v {", "priority 100 x", "}"), ["2 vk104 null"]);
});

test("a ; behind the name of an interface is told", () => {
  assert.deepEqual(helps("vrrp_instance v {", "interface eth0;", "}"), ["2 vk242 write eth0"]);
});
