/** What each path answers, asked of a running `ha up` on fake ports. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Site } from "../../../../../src/app/ha/web/site.ts";
import type { Pages } from "../../../../../src/app/ha/web/view.ts";
import { readExposition } from "../../../../support/exposition.ts";
import { FakeHa } from "../../../../support/fake-ha.ts";

async function site(isCompatible = false, pages?: Pages) {
  const ha = await FakeHa.up();
  for (const role of ["vrrp", "checkers"]) ha.children.of(role).says({ kind: "beat", lateMs: 3 });
  const options = { socket: "ha", stateDirectory: "/state", silentMs: 1000, isCompatible, pages };
  const shown = new Site(options, ha.ports);
  const get = async (path: string) => {
    const answer = await shown.answer({ path });
    if ("onOpen" in answer) throw new Error("a feed");
    return answer;
  };
  return { ha, get, shown };
}

test("/metrics has what was counted, and other names where they are asked for", async () => {
  const { get } = await site();
  const values = readExposition((await get("/metrics")).body);
  const cause = 'instance="VI_3",to="master",cause="released"';
  assert.equal(values.get(`vrrp_transitions_total{${cause}}`), 1);
  assert.equal(values.get('vrrp_loop_delay_seconds_bucket{le="0.005"}'), 1);
  assert.equal(values.has("keepalived_up"), false);
  const compatible = await (await site(true)).get("/metrics");
  assert.equal(readExposition(compatible.body).get("keepalived_up"), 1);
});

test("/status is the record of ha status -j", async () => {
  const { ha, get } = await site();
  const { type, body } = await get("/status");
  assert.equal(type, "application/json");
  assert.equal(body, (await ha.run("status", "-j")).stdout);
});

test("/healthz is ok, until a process is silent", async () => {
  const { ha, get } = await site();
  assert.deepEqual([(await get("/healthz")).status, (await get("/healthz")).body], [200, "ok\n"]);
  await ha.ports.clock.pass(1001);
  const { status, body } = await get("/healthz");
  assert.equal(status, 503);
  assert.match(body, /^process vrrp is silent for 1\.001s$/m);
});

test("where ha up does not answer that is told, and other paths are not there", async () => {
  const { ha, get } = await site();
  assert.equal((await get("/x")).status, 404);
  assert.equal((await get("/constructor")).status, 404);
  assert.match((await get("/")).body, /^\/metrics$/m);
  ha.ports.control.served.clear();
  const { status, body } = await get("/metrics");
  assert.equal(status, 503);
  assert.match(body, /not-running/);
});

const PAGES: Pages = {
  page: ({ status }) => `a page of ${status.file}`,
  parts: ({ transitions }) => ({ past: transitions.map(({ to }) => to).join(" ") }),
  script: "s()",
  style: "a {}",
};

test("a page for people is there where it is wanted, and may do nothing but what it is made for", async () => {
  assert.equal((await (await site()).get("/live")).status, 404);
  const { get } = await site(false, PAGES);
  const { type, body, headers } = await get("/");
  assert.deepEqual([type, body], ["text/html; charset=utf-8", "a page of /etc/ha.conf"]);
  const policy = headers?.["Content-Security-Policy"] ?? "";
  assert.match(
    policy,
    /^default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+';/,
  );
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
});

test("a page that is open is told of what happens", async () => {
  const { ha, shown } = await site(false, PAGES);
  const { clock } = ha.ports;
  const feed = await shown.answer({ path: "/live" });
  assert.ok("onOpen" in feed);
  const heard: string[] = [];
  feed.onOpen({ send: (_, data) => void heard.push(...JSON.parse(data).parts), onGone: () => {} });
  await clock.pass(0);
  await ha.followed();
  await clock.pass(10);
  assert.deepEqual(heard.splice(0), [["past", "master master master"]]);
  await ha.run("failover", "VI_3");
  await clock.pass(500);
  assert.deepEqual(heard, [["past", "master master master backup"]]);
});

test("a scrape waits for routers that are slow to answer, longer than a person would", async () => {
  const { ha, get } = await site();
  const vrrp = ha.children.of("vrrp");
  const answer = ha.children.onHeard;
  const slow = (child: typeof vrrp, message: object): void =>
    void ha.ports.clock.at(ha.ports.clock.nowMs() + 900, () => answer(child, message));
  ha.children.onHeard = slow;
  const asked = get("/metrics");
  await ha.ports.clock.pass(3000);
  const values = readExposition((await asked).body);
  assert.equal(values.get("ha_unanswered"), 0);
});
