/** `ipvs adm` beside ipvsadm: the same words do and show the same, and what one refuses the other refuses. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { IpvsKernel } from "../../src/app/ipvs/kernel.ts";
import type { IpvsRequest } from "../../src/core/netlink/ipvs.ts";
import { decodeTimeouts, getTimeouts } from "../../src/core/netlink/ipvs-daemon.ts";
import { addDestination } from "../../src/core/netlink/ipvs-destination.ts";
import { addService } from "../../src/core/netlink/ipvs-service.ts";
import { isSameValue } from "../../src/core/same-value.ts";
import { files } from "../../src/io/files.ts";
import { openNetlink } from "../../src/io/netlink-socket.ts";
import { formatIpvsadmSave } from "../../src/proto/ipvs/ipvsadm-save.ts";
import { flawsOf } from "../../src/proto/ipvs/rules.ts";
import { serviceKey, tableOf, type VirtualService } from "../../src/proto/ipvs/table.ts";
import { BIN, runInProcess } from "../support/cli.ts";
import { destinationTo, serviceAt } from "../support/ipvs.ts";
import { services } from "../support/ipvs-kernel-tables.ts";
import { withIpvs } from "../support/ipvs-lab.ts";
import { DESTINATION_CASES, SERVICE_CASES } from "../support/ipvs-rule-cases.ts";

const wordsOf = (line: string): string[] => line.split(" ").filter((word) => word !== "");

function theirs(line: string, input = "") {
  const { status, stdout } = spawnSync("ipvsadm", wordsOf(line), { encoding: "utf8", input });
  return { isDone: status === 0, stdout };
}

async function ours(line: string) {
  const ports = { openNetlink, files };
  const { exitCode, stdout } = await runInProcess(["ipvs", "adm", ...wordsOf(line)], { ports });
  return { isDone: exitCode === 0, stdout };
}

/** All that there is, after each of these lines, and whether it was done. */
async function story(kernel: IpvsKernel, run: (line: string) => Promise<boolean>) {
  clear();
  const told: unknown[] = [];
  for (const line of CHANGES) {
    const isDone = await run(line);
    const named = { op: "list", subject: "timeouts", request: getTimeouts() };
    const services = [...kernel.table().values()].sort((one, other) =>
      serviceKey(one.service.id).localeCompare(serviceKey(other.service.id)),
    );
    told.push({ line, isDone, services, timeouts: kernel.ask(named, decodeTimeouts) });
  }
  return told;
}

function clear(): void {
  theirs("-C");
  theirs("--set 900 120 300");
}

withIpvs(import.meta.url, [], () => {
  test("the same words make the same table, or are refused by both", async () => {
    const kernel = new IpvsKernel({ openNetlink });
    const their = await story(kernel, async (line) => theirs(line).isDone);
    assert.deepEqual(await story(kernel, async (line) => (await ours(line)).isDone), their);
    kernel.close();
  });

  test("the same table looks the same, in each kind of columns and either order", async () => {
    for (const table of fc.sample(services, { numRuns: 3, seed: 1 })) {
      clear();
      theirs("-R", `${formatIpvsadmSave(tableOf(table), true).join("\n")}\n`);
      const [first] = theirs("-S -n").stdout.split("\n");
      const [, one = ""] = /^-A (-\S+ \S+(?: -6)?)/.exec(first ?? "") ?? [];
      for (const line of [...LISTS, ...(one === "" ? [] : [`-L -n ${one}`])])
        assert.deepEqual(await ours(line), theirs(line), line);
    }
    assert.equal((await ours("-L -n -t 10.99.0.1:80")).isDone, false);
  });

  test("addresses that are far from each other stand in the order of ipvsadm", async () => {
    clear();
    const addresses = ["10.0.0.1", "127.0.0.1", "192.168.0.1", "224.0.0.1", "0.0.0.1", "130.0.0.1"];
    const wide = addresses.flatMap((ip) => [80, 81].map((port) => `-A -t ${ip}:${port}`));
    const servers = addresses.filter((ip) => !ip.startsWith("224"));
    const inside = servers.map((ip) => `-a -t 10.0.0.1:80 -r ${ip}:1 -m`);
    theirs("-R", `${[...wide, ...inside].join("\n")}\n`);
    for (const line of ["-S -n", "-L -n"]) assert.deepEqual(await ours(line), theirs(line));
  });

  test("sync daemons are started, shown and stopped", async () => {
    execFileSync("ip", wordsOf("link add eth0 type dummy"));
    execFileSync("ip", wordsOf("addr add 10.9.0.1/24 dev eth0"));
    execFileSync("ip", wordsOf("link set eth0 up"));
    for (const line of DAEMONS) {
      assert.equal((await ours(line)).isDone, true, line);
      const shown = await ours("-L --daemon");
      assert.deepEqual(shown, theirs("-L --daemon"));
    }
    assert.equal((await ours("--stop-daemon backup")).isDone, false);
    assert.equal((await ours("--start-daemon master --mcast-interface eth7")).isDone, false);
  });

  test("connections that are open", async () => {
    clear();
    execFileSync("ip", wordsOf("addr add 10.0.0.1/32 dev lo"));
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    theirs("-A -t 10.0.0.1:80 -s rr -p 100");
    theirs(`-a -t 10.0.0.1:80 -r 127.0.0.1:${port} -m`);
    const clients: Socket[] = [];
    for (let count = 0; count < 3; count += 1) {
      const client = connect(80, "10.0.0.1");
      await once(client, "connect");
      clients.push(client);
    }
    const timeless = ({ stdout }: { stdout: string }) => stdout.replace(/^(\w+) +\d+:\d\d/gm, "$1");
    for (const line of ["-L -c -n", "-L -c -n --persistent-conn"]) {
      const shown = timeless(await ours(line));
      assert.equal(shown.trimEnd().split("\n").length, 2 + 3 + 1, shown);
      assert.equal(shown, timeless(theirs(line)));
    }
    assert.deepEqual(await ours("-L -n"), theirs("-L -n"));
    for (const client of clients) client.destroy();
    server.close();
  });

  test("-R reads what -S wrote; a mistake in it changes nothing", () => {
    clear();
    const saved = "-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.1.0.1:80 -m -w 2\n";
    const restore = (input: string) =>
      spawnSync(process.execPath, [BIN, "ipvs", "adm", "-R"], { input }).status;
    assert.equal(restore(saved), 0);
    assert.equal(theirs("-S -n").stdout, saved);
    assert.equal(restore("-C\n-A -t 10.0.0.2:99999\n"), 2);
    assert.equal(theirs("-S -n").stdout, saved);
  });

  test("what a rule calls an error the kernel refuses or keeps otherwise, all else it takes", () => {
    const kernel = new IpvsKernel({ openNetlink });
    for (const [, ...service] of SERVICE_CASES)
      judge(kernel, { service: serviceAt(...service), destinations: [] });
    for (const [, at, more, of = "tcp 10.0.0.1:80"] of DESTINATION_CASES)
      judge(kernel, { service: serviceAt(of), destinations: [destinationTo(at, more)] });
    kernel.close();
  });
});

/** A link-local address is taken where it is one of this host: that is why its rule only warns. */
function judge(kernel: IpvsKernel, wanted: VirtualService): void {
  clear();
  const flaws = flawsOf(tableOf([wanted]));
  const isError = flaws.some(({ severity, code }) => severity === "error" || code === "link-local");
  assert.equal(isKept(kernel, wanted), !isError, JSON.stringify([flaws, wanted]));
}

function isKept(kernel: IpvsKernel, wanted: VirtualService): boolean {
  const { service, destinations } = wanted;
  let requests: IpvsRequest[];
  try {
    requests = [addService(service), ...destinations.map((one) => addDestination(service.id, one))];
  } catch (error) {
    if (error instanceof RangeError) return false; // no bytes say it
    throw error;
  }
  const named = requests.map((request) => ({ op: "add", subject: "it", request }));
  if (kernel.change(named).length > 0) return false;
  // A kernel with a thousand ticks a second cuts times that this one takes.
  const { timeoutS = 0 } = service.persistence ?? {};
  return timeoutS <= 4_294_967 && isSameValue([...kernel.table().values()], [wanted]);
}

const CHANGES: readonly string[] = [
  ...["-A -t 10.0.0.1:80", "-A -t 10.0.0.1:80 -s rr", "-A -u 10.0.0.1:domain -s rr -o"],
  ...["-E -t 10.0.0.1:80 -s sh -b sh-port,sh-fallback -p -M 255.255.0.0", "-E -t 10.0.0.9:80"],
  ...["--add-service --udp-service=10.0.0.2:5060 --persistent=30 --pe=sip --scheduler=rr"],
  ...["-A -f 5 -6 -s mh -b mh-port", "-A -f 5 -s nosuch", "-A -f 0", "-A -f 6 -p5"],
  ...["-A --sctp-service [fd00::1]:9 -srr", "-A -t fd00::2 -p 7 -M 64", "-A -t 10.0.0.3:80 -w 1"],
  ...["-a -t 10.0.0.1:80 -r 10.1.0.1", "-a -t 10.0.0.1:80 -r 10.1.0.2:81 -m -w 0 -x 9 -y 3"],
  ...["-a -t 10.0.0.1:80 -r 10.1.0.2:81 -m", "-a -t 10.0.0.1:80 -r 10.1.0.3:81 -g"],
  ...["-a -t 10.0.0.1:80 -r [fd00::7]:81 -i", "-a -t 10.0.0.1:80 -r [fd00::8]:81 -m"],
  ...["-a -t 10.0.0.1:80 -r 10.1.0.4 -i --tun-type gue --tun-port 6080 --tun-remcsum"],
  ...["-a -t 10.0.0.1:80 -r 10.1.0.5 -i --tun-type gre --tun-csum", "-a -f 5 -6 -r fd00::9 -m"],
  ...["-a -t 10.0.0.1:80 -r 10.1.0.6 -i --tun-type gue", "-a -t 10.0.0.1:80 -r 10.1.0.6 -y 5"],
  ...["-a -t 10.0.0.1:80 -r 224.0.0.1 -m", "-a -t 10.0.0.1:80", "-a -f 6 -r 10.1.0.7:99 -g"],
  ...["-a -t 10.0.0.1:80 -r 10.1.0.6 -m --tun-csum", "-a -t 10.0.0.1:80 -r 10.1.0.6 -w -1"],
  ...["-e -t 10.0.0.1:80 -r 10.1.0.2:81 -w 5", "-e -t 10.0.0.1:80 -r 10.1.0.2:81 -w 5 -m"],
  ...["-e -t 10.0.0.1:80 -r 10.1.0.99 -m", "-d -t 10.0.0.1:80 -r 10.1.0.1 -m"],
  ...["-d -t 10.0.0.1:80 -r 10.1.0.1", "-d -t 10.0.0.1:80 -r 10.1.0.1", "-Z", "-Z -f 6", "-Z -f 7"],
  ...["--set 10 0 30", "--set 10 20", "--set 1 2 2678401", "-D -f 5 -6", "-D -f 5", "-C -n"],
  ...["-L --foo", "-Z -n", "-S -t 10.0.0.1:80", "-C"],
];

const LISTS: readonly string[] = [
  ...["-S -n", "-Sn", "-L -n", "-ln", "-L -n --nosort", "-L -n --sort", "-L -n --exact --stats"],
  ...["-L -n --stats", "-L -n --rate", "-L -n --thresholds", "-L -n --persistent-conn"],
  ...["-L -n --tun-info", "-L -n --rate --stats", "-L -n --thresholds --tun-info", "-L --timeout"],
  ...["-L -n --thresholds --persistent-conn", "-L --daemon", "-L -c -n"],
];

const DAEMONS: readonly string[] = [
  "--start-daemon master",
  "--start-daemon backup --mcast-interface eth0 --syncid 7 --mcast-group 239.1.2.3 --mcast-port 99 --mcast-ttl 3 --sync-maxlen 2000",
  "--stop-daemon master",
  "--stop-daemon backup",
  "--start-daemon backup --mcast-group ff02::5",
  "--stop-daemon backup --syncid 0",
];
