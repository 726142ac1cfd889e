import assert from "node:assert/strict";
import { test } from "node:test";
import {
  EVENT_FORMS,
  formatEvent,
  linksOf,
  parseEvent,
} from "../../../../../src/app/ha/simulate/event.ts";
import { cluster } from "../../../../support/simulated.ts";

const OF = cluster(
  {
    scripts: [{ name: "chk_web" }],
    watched: ["nginx"],
    files: [{ name: "maint", value: 0 }],
    instances: [{ trackers: [{ kind: "interface", name: "eth1", weight: 0, isReverse: false }] }],
  },
  {},
);

const reasonOf = (text: string): string => {
  const parsed = parseEvent(text, OF);
  return parsed.ok ? assert.fail(text) : parsed.reason;
};

test("every form of an event is read and written alike", () => {
  const words = EVENT_FORMS.map((form) =>
    form
      .replace(/^(fail|hang|recover) NAME/, "$1 chk_web")
      .replace("NAME@NODE NUMBER", "maint@a -7")
      .replace("IF@", "eth1@")
      .replace(/\[?NODE\.\.\.\]?/, "a b")
      .replace("NODE", "a")
      .replace("N%", "12.5%"),
  );
  for (const text of [...words, "fail nginx@a", "heal"]) {
    const parsed = parseEvent(text, OF);
    assert.equal(parsed.ok ? formatEvent(parsed.value) : parsed.reason, text);
  }
});

test("what the cluster does not have is refused with what it has", () => {
  assert.match(reasonOf("fail chk_wbe@a"), /a does not have \(did you mean chk_web\?\)/);
  assert.match(reasonOf("fail chk_web@c"), /"c", which is no node/);
  assert.match(reasonOf("fail chk_web"), /is no CHECK@NODE: there is chk_web@a, nginx@a$/);
  assert.match(reasonOf("fail x@a"), /which a does not have: there is chk_web, nginx$/);
  assert.match(reasonOf("fail x@b"), /which b does not have: there is none$/);
  assert.match(reasonOf("hang nginx@a"), /does not have/);
  assert.match(reasonOf("link down eth9@a"), /does not have/);
  assert.match(reasonOf("set maint@a much"), /a number/);
  assert.match(reasonOf("stop"), /one node/);
  assert.match(reasonOf("cut"), /a node/);
  assert.match(reasonOf("loss 101%"), /0% to 100%/);
  assert.match(reasonOf("fial chk_web@a"), /no event \(did you mean fail\?\)/);
  assert.match(reasonOf(" "), /names no event behind/);
  assert.match(reasonOf("constructor a"), /no event/);
});

test("links are those of instances and those that they track", () => {
  assert.deepEqual(OF.nodes.map(linksOf), [["eth0", "eth1"], ["eth0"]]);
});
