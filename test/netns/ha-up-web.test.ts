/** A running `ha up` is looked at over HTTP: scraped, asked for its health, and nobody else gets in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readExposition } from "../support/exposition.ts";
import { HaUp } from "../support/ha-up.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("curl");
const router = FAST_ROUTERS.IPv4;

/** `STATUS BODY`. */
const get = async (host: Host, url: string): Promise<string> =>
  await host.run("curl", "-s", "--noproxy", "*", "-m", "5", "-w", "\n%{http_code}", url);

test("metrics of a master and its peer, under both kinds of names", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const shown = ["--metrics", "9165", "--metrics-compat", "keepalived"];
  const master = new HaUp(a, { ...router, priority: 200 }, shown);
  await master.becomes("MASTER");
  const backup = new HaUp(b, { ...router, priority: 100 }, ["--metrics", "0.0.0.0:9165"]);
  await backup.becomes("BACKUP");

  const values = await scraped(a, "http://127.0.0.1:9165/metrics");
  const seen = (name: string, more: string): number | undefined =>
    [...values].find(([series]) => series.startsWith(`${name}{`) && series.includes(more))?.[1];
  assert.equal(seen("vrrp_state", 'state="master"'), 1);
  assert.equal(seen("vip_present", `address="${addressOf(router)}/24"`), 1);
  assert.equal(seen("vrrp_transitions_total", 'to="master"'), 1);
  assert.equal(seen("keepalived_vrrp_state", `ip_address="${addressOf(router)}"`), 2);
  assert.ok((seen("vrrp_adverts_sent_total", "") ?? 0) > 0);
  assert.ok((values.get("vrrp_loop_delay_seconds_count") ?? 0) > 0);

  const others = await scraped(a, `http://${b.ipv4}:9165/metrics`);
  assert.equal([...others].find(([series]) => series.startsWith("vrrp_masters_seen"))?.[1], 1);
  await assert.rejects(get(b, `http://${a.ipv4}:9165/metrics`), "without an address it is closed");
});

/** Once there is something to be told. */
async function scraped(host: Host, url: string): Promise<Map<string, number>> {
  for (;;) {
    const [, body = "", code] = /^(.*)\n(\d+)$/s.exec(await got(host, url)) ?? [];
    if (code === "200") return readExposition(body);
  }
}

/** Nobody may serve there yet. */
const got = async (host: Host, url: string): Promise<string> =>
  await get(host, url).catch(() => "\n0");

test("the web server is killed: it is back, the routers do not notice", { skip }, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const up = new HaUp(a, { ...router, priority: 200 }, ["--metrics", "[::1]:9165", "--dashboard"]);
  await up.becomes("MASTER");
  const health = "http://[::1]:9165/healthz";
  while ((await got(a, health)) !== "ok\n\n200");
  const routers = up.pidOf("vrrp");
  process.kill(up.pidOf("web"), "SIGKILL");
  await up.program.lines.next(/ web: ended \(SIGKILL\): started again$/);
  while ((await got(a, health)) !== "ok\n\n200");
  assert.equal(up.pidOf("vrrp"), routers);
  assert.match(await got(a, "http://[::1]:9165/status"), /"role":"web","pid":\d+,.*"restarts":1/);

  const page = await a.run("curl", "-si", "--noproxy", "*", "http://[::1]:9165/");
  assert.match(page, /^Content-Security-Policy: default-src 'none'; script-src 'sha256-/m);
  assert.match(page, /<span class="pill master">MASTER<\/span>/);

  const second = a.spawn(
    process.execPath,
    VIPKIT,
    ...["ha", "up", "--name", "other", "--metrics", "[::1]:9165"],
  );
  assert.match((await second.lines.next(/listen/)).input, /EADDRINUSE/);
  await second.ended;
  assert.equal(up.program.lines.all.filter((line) => /-> MASTER/.test(line)).length, 1);
});
