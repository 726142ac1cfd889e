/**
 * Real servers of `ha up`: an nginx that is stopped and started, as FIFO, status and events tell of it, and
 * a process of the checks that is killed meanwhile. IPVS is not set.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { ReportRecord } from "../../src/app/ha/report.ts";
import type { HaStatusRecord } from "../../src/app/ha/up/parent/status.ts";
import { HaUp } from "../support/ha-up.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Nginx } from "../support/nginx.ts";
import { Notified } from "../support/notified.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("nginx", "mkfifo");

const conf = (told: Notified, web: string): string => `global_defs {
  lvs_notify_fifo ${told.path("fifo")}
  script_user root
}
virtual_server 10.0.0.9 80 {
  delay_loop 0.2
  warmup 0
  lvs_sched wrr
  lvs_method NAT
  protocol TCP
  sorry_server 10.0.0.8 80
  quorum_down "${told.path("log")} quorum lost"
  real_server ${web} 80 {
    retry 1
    delay_before_retry 0.1
    HTTP_GET {
      url {
        path /health
        regex "all is well"
      }
      url {
        path /state
        status_code 200
      }
    }
    SSL_GET {
      connect_port 443
      enable_sni
      virtualhost www.test
      url { path /health
        digest 3d25ef8d9af81a2cf08932abc1401be0
      }
    }
    TCP_CHECK {
    }
    PING_CHECK {
    }
  }
}
`;

test("nginx stops and starts again, and a process of the checks that dies meanwhile tells nothing twice", {
  skip,
}, async () => {
  await using lan = await Lan.open("lb", "web");
  const { lb, web } = lan.hosts;
  using told = new Notified();
  using nginx = await Nginx.start(web);
  told.makeFifo("fifo");
  lb.spawn("sh", "-c", `exec cat <>${told.path("fifo")} >${told.path("fifo.txt")}`);
  const up = new HaUp(lb, conf(told, web.ipv4), ["--state-dir", told.path("state")]);
  const { lines } = up.program;
  await lines.next(/IPVS is not set, all else goes on/);
  const [server, service] = [`[${web.ipv4}]:tcp:80`, "[10.0.0.9]:tcp:80"];
  const expected = [`VS ${service} UP`];
  const reaches = async (more: readonly string[]): Promise<void> => {
    expected.push(...more);
    assert.deepEqual(await told.reaches("fifo.txt", expected.length), expected);
  };
  await reaches([]);
  while ((await checksOf(lb)).some(({ state }) => state === "unknown"));
  assert.deepEqual(await checksOf(lb), allUp(), "pages, a digest over TLS, a port, an echo");

  process.kill(Number(readFileSync(nginx.file("pid"), "utf8")), "SIGTERM");
  await reaches([`RS ${server} ${service} DOWN`, `VS ${service} DOWN`]);
  await lines.next(/are to go to \[10\.0\.0\.8\]:tcp:80 \(sorry\) weight 1/);
  await told.reaches("log.txt", 1);
  process.kill(up.pidOf("checkers"), "SIGKILL");
  await lines.next(/checkers: ended \(SIGKILL\): started again/);
  let [known] = (await statusOf(lb)).services ?? [];
  while (known === undefined) [known] = (await statusOf(lb)).services ?? [];
  assert.equal(known.servers[0]?.state, "down");

  web.spawn("nginx", "-p", nginx.folder, "-c", nginx.file("nginx.conf"));
  await reaches([`RS ${server} ${service} UP`, `VS ${service} UP`]);
  assert.deepEqual(told.lines("log.txt"), ["quorum lost"]);
  assert.deepEqual(
    (await checksOf(lb)).map(({ check }) => check),
    KINDS,
  );
  await up.stop();
  assert.deepEqual(told.lines("fifo.txt"), expected, "without omega its end is told to nobody");
  const [served, ...others] = await reported(lb, told.path("state"));
  assert.deepEqual([served?.service, served?.outages.length, others], [service, 1, []]);
  const [outage] = served?.outages ?? [];
  assert.deepEqual(outage?.cause, { kind: "quorum-lost", weight: 0, threshold: 1 });
});

const KINDS = ["HTTP_GET", "SSL_GET", "TCP_CHECK", "PING_CHECK"];

const allUp = () => KINDS.map((check) => ({ check, state: "up" }));

async function statusOf({ name, ...host }: Host): Promise<HaStatusRecord> {
  const argv = [process.execPath, VIPKIT, "ha", "status", "-j", "--name", name];
  return JSON.parse(await host.run(...argv));
}

async function reported({ name, ...host }: Host, folder: string) {
  const argv = ["ha", "report", "-j", "--name", name, "--state-dir", folder];
  const report: ReportRecord = JSON.parse(await host.run(process.execPath, VIPKIT, ...argv));
  return report.virtual_servers;
}

async function checksOf(host: Host) {
  const { services } = await statusOf(host);
  const [server] = services?.[0]?.servers ?? [];
  return (server?.checks ?? []).map(({ check, state }) => ({ check, state }));
}
