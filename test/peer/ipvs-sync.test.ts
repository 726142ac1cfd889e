/** `ipvs sync`, `save` and `show` at a real IPVS, as ipvsadm sees it, and a sync daemon as tcpdump sees it. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { withIpvs } from "../support/ipvs-lab.ts";
import { type Host, Lan } from "../support/netns.ts";
import { Nginx } from "../support/nginx.ts";
import { VIPKIT } from "../support/vipkit.ts";

withIpvs(import.meta.url, ["tcpdump", "nginx", "openssl", "curl"], () => {
  test("what ipvsadm saves of every flag, ipvs sync makes and ipvs save writes again", async () => {
    await using lan = await Lan.open("a");
    using balancer = new Balancer(lan.hosts.a);
    await balancer.restore(EVERY_FLAG);
    const saved = await balancer.saved();
    assert.equal(saved.split("\n").length, EVERY_FLAG.length);
    await balancer.run("ipvsadm", "-C");
    const file = balancer.file("saved", `${saved}\n`);
    await balancer.vipkit("sync", "-f", file);
    assert.equal(await balancer.saved(), saved);
    await balancer.vipkit("sync", "-f", file, "--exit-code"); // nothing is left to do
    const ours = await balancer.vipkit("save");
    await balancer.run("ipvsadm", "-C");
    await balancer.restore(ours.split("\n"));
    assert.equal(await balancer.saved(), saved);
  });

  test("the other balancer hears of connections from a sync daemon, and counters are ipvsadm's", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    using balancer = new Balancer(a);
    using _nginx = await Nginx.start(b);
    const capture = b.spawn("tcpdump", "-lni", "eth0", "udp and dst 224.0.0.81 and port 8848");
    await capture.lines.next(/listening on/);
    await a.run("ip", "address", "add", `${VIP}/32`, "dev", "lo");
    await balancer.vipkit("sync", "-f", balancer.file("table.yaml", table(b.ipv4)));

    const [daemon] = (await balancer.run("ipvsadm", "-L", "--daemon")).split("\n");
    assert.match(
      daemon ?? "",
      /^master sync daemon \(mcast=eth0, syncid=7,.* group=224\.0\.0\.81, port=8848/,
    );
    const page = await a.run("curl", "-sS", "--max-time", "20", `http://${VIP}/health`);
    assert.equal(page, "ok: all is well");
    await capture.lines.next(/IP 10\.0\.0\.1\.\d+ > 224\.0\.0\.81\.8848: UDP/);

    const [theirs, ours] = await balancer.counters();
    assert.deepEqual(ours, theirs);
    assert.ok((theirs[0]?.[1] ?? 0) > 0, "a connection was counted");
    await balancer.vipkit("sync", "-f", balancer.file("table.yaml", "services: []\ndaemons: []\n"));
    assert.equal(await balancer.run("ipvsadm", "-L", "--daemon"), "");
  });
});

class Balancer implements Disposable {
  readonly #host: Host;
  readonly #folder = mkdtempSync(join(tmpdir(), "vipkit-ipvs-"));

  constructor(host: Host) {
    this.#host = host;
  }

  run(...argv: string[]): Promise<string> {
    return this.#host.run(...argv);
  }

  vipkit(command: string, ...words: string[]): Promise<string> {
    return this.run(process.execPath, VIPKIT, "ipvs", command, ...words);
  }

  file(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  async restore(lines: readonly string[]): Promise<void> {
    const file = this.file("lines", lines.map((line) => `${line}\n`).join(""));
    await this.run("sh", "-c", `ipvsadm -R <${file}`);
  }

  saved(): Promise<string> {
    return this.run("ipvsadm", "-S", "-n");
  }

  /** Of each service and server in turn, its name and its five counters: ipvsadm's, and ours. */
  async counters(): Promise<[Counters[], Counters[]]> {
    const listed = await this.run("ipvsadm", "-L", "-n", "--stats", "--exact");
    const theirs = listed.split("\n").flatMap((line) => {
      const [, name, numbers] = /^(?:TCP|UDP| {2}->)\s+(\S+:\d+)\s+(\d.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, ...numbersOf(numbers ?? "")] as const];
    });
    const { services } = JSON.parse(await this.vipkit("show", "-j"));
    const ours = services.flatMap((service: ShownService) => [
      [service.service.replace(/^\w+ /, ""), ...countersOf(service)] as const,
      ...service.servers.map((one) => [one.server, ...countersOf(one)] as const),
    ]);
    return [theirs, ours];
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}

type Counters = readonly [string, ...number[]];
interface Shown {
  readonly connections: number;
  readonly in_packets: number;
  readonly out_packets: number;
  readonly in_bytes: number;
  readonly out_bytes: number;
}
interface ShownService extends Shown {
  readonly service: string;
  readonly servers: readonly (Shown & { readonly server: string })[];
}
const countersOf = (one: Shown): number[] => [
  ...[one.connections, one.in_packets, one.out_packets, one.in_bytes, one.out_bytes],
];
const numbersOf = (text: string): number[] => text.trim().split(/\s+/).map(Number);

const VIP = "10.0.0.100";
const table = (server: string): string => `
services:
  - service: tcp ${VIP}:80
    scheduler: rr
    destinations: [{ server: "${server}:80", method: nat }]
daemons:
  - { role: master, interface: eth0, sync-id: 7 }
`;

const SCHEDULERS = "rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh".split(" ");
const EVERY_FLAG = [
  ...SCHEDULERS.map((name, index) => `-A -t 192.0.2.1:${index + 1} -s ${name}`),
  ..."sh-fallback sh-port sh-fallback,sh-port"
    .split(" ")
    .map((flags, index) => `-A -u 192.0.2.2:${index + 1} -s sh -b ${flags}`),
  ..."mh-fallback mh-port mh-fallback,mh-port"
    .split(" ")
    .map((flags, index) => `-A -u 192.0.2.3:${index + 1} -s mh -b ${flags}`),
  ..."flag-1 flag-2 flag-3 flag-1,flag-2,flag-3"
    .split(" ")
    .map((flags, index) => `-A -u 192.0.2.4:${index + 1} -s rr -b ${flags}`),
  "-A --sctp-service [2001:db8::1]:9 -s wrr",
  "-A -u 192.0.2.5:53 -s rr -o",
  "-A -u 192.0.2.5:5060 -s rr -p 90 --pe sip",
  "-A -t 192.0.2.6:0 -s rr -p 360 -M 255.255.255.0",
  "-A -t [2001:db8::2]:0 -s rr -p 360 -M 64",
  "-A -f 5 -s rr",
  "-A -f 5 -6 -s rr -p 360",
  "-a -f 5 -r 10.9.0.1:0 -g -w 1",
  "-a -t 192.0.2.1:1 -r 10.9.0.1:8080 -m -w 0",
  "-a -t 192.0.2.1:1 -r 10.9.0.2:8080 -m -w 2147483647",
  "-a -t 192.0.2.1:1 -r 10.9.0.3:1 -g -w 1",
  "-a -t 192.0.2.1:1 -r 10.9.0.4:1 -i -w 1",
  "-a -t 192.0.2.1:1 -r [2001:db8::9]:1 -i -w 1",
  "-a -t 192.0.2.1:1 -r 10.9.0.5:1 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum",
  "-a -t 192.0.2.1:1 -r 10.9.0.6:1 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum",
  "-a -t 192.0.2.1:1 -r 10.9.0.7:1 -i -w 1 --tun-type gue --tun-port 6080 --tun-remcsum",
  "-a -t 192.0.2.1:1 -r 10.9.0.8:1 -i -w 1 --tun-type gre --tun-nocsum",
  "-a -t 192.0.2.1:1 -r 10.9.0.9:1 -i -w 1 --tun-type gre --tun-csum",
];
