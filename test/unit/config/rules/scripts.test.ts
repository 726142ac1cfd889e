/** Whether scripts and other definitions are used, and how soon their failures are acted on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instance, ruled } from "../../../support/effective.ts";

const USER = instance("track_script {; s; }");

test("a definition that nothing tracks is found", () => {
  const text = `vrrp_script s {; script /bin/true; }; track_file f {; file /f; }; vrrp_track_process p {; process x; }; ${instance("")}`;
  assert.deepEqual(ruled(text), [
    "a.conf:1:13 vk420 nothing uses vrrp_script s",
    "a.conf:7:20 vk420 nothing uses vrrp_track_process p",
    "a.conf:4:12 vk420 nothing uses track_file f",
  ]);
  const owner = instance("priority 255; track_script {; s; }");
  const taken = ruled(`vrrp_script s {; script /bin/true; weight 5; timeout 1; }; ${owner}`);
  assert.ok(
    !taken.some((line) => line.includes("vk420")),
    "what keepalived takes back is used all the same",
  );
  const checked =
    "virtual_server 10.0.0.9 80 {; real_server 10.0.0.8 80 {; FILE_CHECK {; track_file f; }; }; }";
  assert.deepEqual(ruled(`track_file f {; file /f; }; ${checked}`), []);
});

/** What a script has, and what is found of its times. */
const TIMES: readonly (readonly [inside: string, found: readonly string[]])[] = [
  [
    "",
    [
      "1:13 vk424 a run of vrrp_script s that hangs is ended after 1s, the interval, for there is no timeout",
      "1:13 vk426 vrrp_script s: a failure is acted on after 1s at most, a hang after 2s",
    ],
  ],
  [
    "interval 2; fall 3; timeout 1",
    ["4:6 vk426 vrrp_script s: a failure is acted on after 6s at most, a hang after 7s"],
  ],
  [
    "interval 2; fall 3; timeout 5",
    [
      "5:9 vk425 a run of vrrp_script s may take 5s, and the next is to begin after 2s",
      "4:6 vk426 vrrp_script s: a failure is acted on after 6s at most, a hang after 19s",
    ],
  ],
];

test("a script without a timeout, one above the interval, and how long a failure lasts", () => {
  for (const [inside, found] of TIMES) {
    const text = `vrrp_script s {; script /bin/true; ${inside}; }; ${USER}`;
    assert.deepEqual(
      ruled(text),
      found.map((line) => `a.conf:${line}`),
      inside,
    );
  }
});

test("what is tracked by a misspelt name is not told to be unused too", () => {
  const told = (tracked: string): string[] =>
    ruled(
      `vrrp_script chk_web {; script /bin/true; }; ${instance(`track_script {; ${tracked}; }`)}`,
    ).filter((line) => line.includes("vk420"));
  assert.deepEqual(told("chk_wbe"), []);
  assert.equal(told("other").length, 1);
});
