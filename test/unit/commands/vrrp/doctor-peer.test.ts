/** `vrrp doctor` on fake ports: both ends of its test of delivery. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp } from "../../../../src/core/addr.ts";
import {
  decodeDeliveryProbe,
  encodeDeliveryProbe,
} from "../../../../src/core/wire/delivery-probe.ts";
import { deliveryQuestion } from "../../../support/delivery-question.ts";
import { runDoctor as run, type Watcher } from "../../../support/doctor-run.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { decodedOf, fromHex, ip } from "../../../support/packets.ts";
import { advertOfPeer } from "../../../support/vrrp.ts";

/** The other end, as a program of its own would be: it hears what was sent since it looked last. */
function otherEnd(hears: (to: string) => boolean): Watcher {
  let seen = 0;
  const counts = { multicast: 0, unicast: 0 };
  return (ports) => {
    for (const { destination, source, bytes } of ports.sent.splice(seen)) {
      if (destination === null || source === null) continue;
      const way = destination === "224.0.0.18" ? "multicast" : "unicast";
      const probe = decodedOf(
        decodeDeliveryProbe(bytes, { source: ip(source), destination: ip(destination) }),
      );
      if (!hears(way)) continue;
      if (probe.kind === "question") counts[way] += 1;
      const tally = { sent: { ...counts }, received: { ...counts }, seen: { ...counts } };
      const answer = {
        ...probe,
        kind: probe.kind === "question" ? "answer" : "report",
        tally,
      } as const;
      const to = probe.answerWay === "multicast" ? ip("224.0.0.18") : ip(source);
      ports.receive(
        "10.0.0.2",
        encodeDeliveryProbe(answer, { source: ip("10.0.0.2"), destination: to }),
      );
    }
    seen = 0;
  };
}

test("--peer draws a matrix of what each end received", async () => {
  const far = otherEnd(() => true);
  const quiet: Watcher = (ports, at) => void (at > 1000 && far(ports, at));
  const { stdout } = await run(["-j", "-4", "--peer", "10.0.0.2", "--for", "1s"], quiet);
  const { matrix, findings } = JSON.parse(stdout);
  assert.equal(matrix.peer, "10.0.0.2");
  assert.deepEqual(matrix.multicast.us_to_peer, { sent: 10, received: 10, at_interface: 10 });
  assert.deepEqual(matrix.unicast.peer_to_us, { sent: 10, received: 10, at_interface: 0 });
  assert.equal(findings.at(-1).check, "delivery");
  assert.equal(findings.at(-1).verdict, "ok");
});

test("without anybody at the other end the matrix is unknown, and that is a finding", async () => {
  const { exitCode, lines } = await run(["-4", "--peer", "10.0.0.2", "--for", "1s"]);
  assert.equal(exitCode, 1);
  assert.ok(
    lines.some((line) => line.startsWith("FAIL  delivery: nothing came back from 10.0.0.2")),
  );
});

test("probes that this host forbids itself are a finding, with a line for each chain of what goes out", async () => {
  const ports = new FakePorts();
  // A chain `in` of the table `fw` of the family inet, with the hook output.
  ports.filterChains = [
    fromHex(
      "01000000 0800010066770000 0700030069 6e0000 14000480 0800010000000003 0800020000000000",
    ),
  ];
  const forbid: Watcher = (_, elapsedMs) => {
    if (elapsedMs === 500) ports.refuseSend = "EPERM";
  };
  const argv = ["-4", "--peer", "10.0.0.2", "--for", "1s"];
  const { exitCode, lines } = await run(argv, forbid, ports);
  assert.equal(exitCode, 1);
  const at = lines.findIndex((line) => line.startsWith("FAIL  delivery: this host cannot send"));
  assert.equal(
    lines[at + 1]?.trim(),
    "nft insert rule inet fw in oifname eth0 meta l4proto 112 accept",
  );
});

test("--respond answers who names an address of ours, by the way that is wanted, and tells of it", async () => {
  const question = deliveryQuestion();
  const carrier = { source: ip("10.0.0.2"), destination: ip("224.0.0.18") };
  const { exitCode, ports, stdout, stderr } = await run(
    ["--respond", "-4", "--for", "3s"],
    (it, at) => {
      if (at === 100) it.receive("10.0.0.2", encodeDeliveryProbe(question, carrier));
      if (at === 200) it.receive("10.0.0.2", encodeDeliveryProbe(question, carrier), 254);
      if (at === 300)
        it.receive(
          "10.0.0.2",
          encodeDeliveryProbe({ ...question, asked: ip("10.0.0.9") }, carrier),
        );
      if (at === 400) it.receive("10.0.0.2", advertOfPeer("10.0.0.2", 255));
    },
  );
  assert.deepEqual([exitCode, stderr], [0, "answers for 3s at 10.0.0.1\n"]);
  assert.equal(
    ports.sent.length,
    1,
    "not to what came over a router, is for another, or is an advert",
  );
  const [only] = ports.sent;
  assert.deepEqual(
    [only?.source, only?.destination, only?.bytes.length],
    ["10.0.0.1", "10.0.0.2", 48],
  );
  const back = { source: ip("10.0.0.1"), destination: ip("10.0.0.2") };
  const answer = decodedOf(decodeDeliveryProbe(only?.bytes ?? new Uint8Array(), back));
  assert.deepEqual(
    [answer.kind, formatIp(answer.asked), answer.tally.received.multicast],
    ["answer", "10.0.0.1", 1],
  );
  assert.match(
    stdout,
    /^10\.0\.0\.2 asked\n {6}multicast +us -> peer not tried +peer -> us 1\/1\n/,
  );
});

test("--respond that nobody asked is exit 1; -j has a line for each who asked", async () => {
  const nobody = await run(["--respond", "-4", "--for", "1s"]);
  assert.deepEqual([nobody.exitCode, nobody.stdout], [1, ""]);
  assert.match(nobody.stderr, /nobody asked\n$/);
  const bare = new FakePorts({ bare: true });
  bare.kernel.setLink();
  const without = await run(["--respond"], () => {}, bare);
  assert.equal(without.exitCode, 2);
  assert.match(without.stderr, /no address that could answer/);
});

test("a peer that is this host itself is refused", async () => {
  const { exitCode, stderr } = await run(["--peer", "10.0.0.1", "--for", "1s"]);
  assert.equal(exitCode, 2);
  assert.match(stderr, /--peer 10\.0\.0\.1: is an address of this host itself/);
});
