/** A client of a virtual address whose real servers `ha up` checks: one of them fails, and comes back by itself. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { withIpvs } from "../support/ipvs-lab.ts";
import { type Host, Lan } from "../support/netns.ts";
import { Nginx } from "../support/nginx.ts";

withIpvs(import.meta.url, ["nginx", "openssl", "curl"], () => {
  for (const method of ["NAT", "DR"] as const)
    test(`${method}: once the check has found that a server failed, no request is lost`, async () => {
      await using lan = await Lan.open("lb", "client", "one", "two");
      const { lb, client, one, two } = lan.hosts;
      await lb.run("ip", "address", "add", `${VIP}/32`, "dev", "eth0");
      const servers = method === "NAT" ? await behind(lan, lb, one, two) : await beside(one, two);
      using nginx = await serve(one);
      using _other = await serve(two);
      const up = new HaUp(lb, conf(method, servers));
      await balances(lb, servers);
      assert.deepEqual(await asked(client, 4), { one: 2, two: 2, lost: 0 });

      process.kill(Number(readFileSync(nginx.file("pid"), "utf8")), "SIGTERM");
      await balances(lb, servers.slice(1));
      assert.deepEqual(await asked(client, 12), { one: 0, two: 12, lost: 0 });

      one.spawn("nginx", "-p", nginx.folder, "-c", nginx.file("nginx.conf"));
      await balances(lb, servers);
      assert.deepEqual(await asked(client, 4), { one: 2, two: 2, lost: 0 });

      await up.stop();
      await balances(lb, []);
    });
});

/** The servers have a network of their own, and the balancer between them and the clients. */
async function behind(lan: Lan<string>, lb: Host, ...servers: readonly Host[]): Promise<string[]> {
  await lan.plugSecond(lb, ...servers);
  await lb.run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
  for (const server of servers) {
    await server.run("ip", "link", "set", "eth0", "down");
    await server.run("ip", "route", "add", "default", "via", "10.1.0.1");
  }
  return servers.map(({ ipv4 }) => ipv4.replace("10.0.", "10.1."));
}

/** The servers have the virtual address too, and answer no ARP for it. */
async function beside(...servers: readonly Host[]): Promise<string[]> {
  for (const server of servers) {
    await server.run(
      "sh",
      "-c",
      "cd /proc/sys/net/ipv4/conf/all; echo 1 >arp_ignore; echo 2 >arp_announce",
    );
    await server.run("ip", "address", "add", `${VIP}/32`, "dev", "lo");
  }
  return servers.map(({ ipv4 }) => ipv4);
}

/** An nginx whose page `who` is the name of its host. */
async function serve(host: Host): Promise<Nginx> {
  const nginx = await Nginx.start(host);
  writeFileSync(nginx.file("html/who"), `${host.name}\n`);
  return nginx;
}

/** How many of so many requests, one after the other, which server answered. */
async function asked(client: Host, count: number) {
  const script = `for n in $(seq ${count}); do curl -s -m 5 http://${VIP}/who || echo lost; done`;
  const answers = (await client.run("sh", "-c", script)).split("\n");
  const countOf = (word: string) => answers.filter((one) => one === word).length;
  return { one: countOf("one"), two: countOf("two"), lost: countOf("lost") };
}

/** Waits until connections go to these, and to no others. */
async function balances(lb: Host, servers: readonly string[]): Promise<void> {
  let now: string[] = [];
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const saved = await lb.run("ipvsadm", "-S", "-n");
    now = Array.from(saved.matchAll(/ -r (\S+):80 /g), ([, server = ""]) => server);
    if (now.join() === servers.join()) return;
  }
  assert.deepEqual(now, servers);
}

const VIP = "10.0.0.100";
const PATIENCE_MS = 30_000;

const conf = (method: "NAT" | "DR", [one = "", two = ""]: readonly string[]): string => `
virtual_server ${VIP} 80 {
  delay_loop 1
  lvs_sched rr
  lvs_method ${method}
  protocol TCP
  real_server ${one} 80 {
    HTTP_GET {
      connect_timeout 2
      retry 1
      delay_before_retry 1
      url {
        path /who
        status_code 200
      }
    }
  }
  real_server ${two} 80 {
    TCP_CHECK {
      connect_timeout 2
    }
  }
}
`;
