/** What tests rely on in a kernel with IPVS: it loads all that IPVS needs, and each host has a table of its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withIpvs } from "../support/ipvs-lab.ts";
import { Lan } from "../support/netns.ts";
import { sorted } from "../support/notified.ts";

withIpvs(import.meta.url, [], () => {
  test("each protocol, scheduler and engine is there when asked for", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const services = [
      ...SCHEDULERS.map((name, index) => ["-t", `10.0.0.1:${index + 1}`, "-s", name]),
      ["-u", "10.0.0.1:99", "-s", "rr", "-p", "360", "--pe", "sip"],
      ["--sctp-service", "[fd00::1]:99", "-s", "rr"],
      ["-f", "5", "-s", "rr"],
    ];
    for (const service of services) await a.run("ipvsadm", "-A", ...service);
    const saved = await a.run("ipvsadm", "-S", "-n");
    const wanted = services.map((words) => ["-A", ...words].join(" "));
    assert.deepEqual(sorted(saved.split("\n")), sorted(wanted));
    assert.equal(await b.run("ipvsadm", "-S", "-n"), "");
  });
});

const SCHEDULERS = "rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh".split(" ");
