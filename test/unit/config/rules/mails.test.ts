/** Mails need a server and an addressee. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { examined, instance } from "../../../support/effective.ts";

const SERVER = "smtp_server 10.0.0.25";
const PEOPLE = "notification_email {; a@example.com; }";
const told = (globals: string, inside = ""): string[] =>
  examined(`global_defs {; router_id r; ${globals}; }; ${instance(inside)}`)
    .filter((line) => line.includes("vk337"))
    .map((line) => line.replace(/ vk337 mails are|, and global_defs has|: none is sent/g, ""));

test("who asks for mails, or prepares them, is told what is missing", () => {
  assert.deepEqual(told("", "smtp_alert on"), [
    "a.conf:7:12 asked for no smtp_server and no notification_email",
  ]);
  assert.deepEqual(told(SERVER, "smtp_alert on"), ["a.conf:8:12 asked for no notification_email"]);
  assert.deepEqual(told(`smtp_alert on; ${PEOPLE}`), ["a.conf:3:12 asked for no smtp_server"]);
  assert.deepEqual(told(PEOPLE), ["a.conf:4:1 prepared no smtp_server"]);
  assert.deepEqual(told(SERVER), ["a.conf:3:13 prepared no notification_email"]);
});

test("both are enough, and without a wish nothing is missing", () => {
  assert.deepEqual(told(`${SERVER}; ${PEOPLE}`, "smtp_alert on"), []);
  assert.deepEqual(told("", "smtp_alert off"), []);
  assert.deepEqual(told(""), []);
  assert.deepEqual(told(`${PEOPLE}; smtp_server a/b`), [], "which is told at smtp_server");
});
