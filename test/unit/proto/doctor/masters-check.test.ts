import assert from "node:assert/strict";
import { test } from "node:test";
import { masterFindings } from "../../../../src/proto/doctor/masters-check.ts";
import {
  doctorFacts,
  heardFact,
  otherSpeaker,
  routerOf,
  speaker,
  told,
} from "../../../support/doctor.ts";

test("one master, with all that names it", () => {
  assert.deepEqual(told(masterFindings(doctorFacts())), [
    "ok: vrid 51: 10.0.0.2 (02:00:00:00:00:02) priority 150, every 1s, 10.0.0.100",
  ]);
});

test("two masters, each with its MAC address, priority and list", () => {
  const heard = heardFact([speaker(), otherSpeaker({ addresses: ["10.0.0.101"] })]);
  const [finding] = masterFindings(doctorFacts({ heard }));
  assert.equal(finding?.verdict, "fail");
  assert.equal(
    finding?.seen,
    "vrid 51 has 2 masters: 10.0.0.2 (02:00:00:00:00:02) priority 150 for 10.0.0.100, 10.0.0.4 (02:00:00:00:00:04) priority 100 for 10.0.0.101",
  );
});

test("this host beside another is a split brain too; what comes back of our own is not", () => {
  const own = speaker({ source: "10.0.0.3", mac: "02:00:00:00:00:03", here: true });
  const split = masterFindings(doctorFacts({ heard: heardFact([own, speaker()]) }));
  assert.match(told(split)[0] ?? "", /^fail: vrid 51 has 2 masters: this host \(10\.0\.0\.3, /);
  const looped = masterFindings(doctorFacts({ heard: heardFact([own, { ...own, here: false }]) }));
  assert.match(told(looped)[0] ?? "", /^ok/);
});

test("nobody; nobody for this VRID while others are; nobody over one of two families", () => {
  const heard = heardFact([]);
  const router = { heard, routerHere: { 4: true, 6: false } };
  assert.match(
    told(masterFindings(doctorFacts(router)))[0] ?? "",
    /^fail: no advert over IPv4 within 5s on eth0$/,
  );
  assert.match(told(masterFindings(doctorFacts({ heard, vrid: 51 })))[0] ?? "", /^fail: no advert/);
  assert.match(
    told(masterFindings(doctorFacts({ vrid: 7 })))[0] ?? "",
    /^fail: no advert for vrid 7 over IPv4 within 5s on eth0; heard vrid 51 instead$/,
  );
  const [first, second] = told(masterFindings(doctorFacts({ families: [4, 6] })));
  assert.match(first ?? "", /^ok: vrid 51/);
  assert.match(second ?? "", /^fail: no advert over IPv6/);
  const bad = heardFact([speaker({ flaws: { "bad-checksum": 5 } }, null)], { routers: [] });
  assert.match(told(masterFindings(doctorFacts({ heard: bad })))[0] ?? "", /^fail: no good advert/);
});

test("a bystander who hears nothing cannot know whether there is a router", () => {
  const [finding] = masterFindings(doctorFacts({ heard: heardFact([]) }));
  assert.equal(finding?.verdict, "warn");
  assert.equal(finding?.seen, "no advert over IPv4 within 5s on eth0");
  assert.ok(finding?.fix.some((line) => line.includes("unicast")));
});

test("a master that resigned, and nobody took over", () => {
  const gone = speaker({}, { priority: 0 });
  const router = routerOf([gone]);
  const heard = heardFact([gone], {
    routers: [{ ...router, masters: [], former: router.masters }],
  });
  assert.match(
    told(masterFindings(doctorFacts({ heard })))[0] ?? "",
    /^fail: vrid 51 has no master any more: 10\.0\.0\.2 \(02:00:00:00:00:02\) resigned$/,
  );
});
