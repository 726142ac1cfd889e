import assert from "node:assert/strict";
import { test } from "node:test";
import { ownProcess, ownProcessesOf } from "../../../../../src/app/ha/up/own-process.ts";
import { SystemError } from "../../../../../src/core/errors.ts";
import { effective } from "../../../../support/effective.ts";
import { FakePorts } from "../../../../support/fake-ports.ts";

const own = (text: string) => ownProcessesOf(effective(`global_defs {\n${text}\n}`).vrrp.globals);

test("names are those that are said, or keepalived's where process_names is", () => {
  const names = (text: string) => {
    const { parent, vrrp, checkers } = own(text);
    return [parent.name, vrrp.name, checkers.name];
  };
  assert.deepEqual(names(""), [null, null, null]);
  assert.deepEqual(names("process_names"), [null, "keepalived_vrrp", "keepalived_lvs"]);
  const said = "process_names\nprocess_name ha\nvrrp_process_name ha_vrrp\nchecker_process_name c";
  assert.deepEqual(names(said), ["ha", "ha_vrrp", "c"]);
});

test("a process becomes what is planned for it, and then what is new in a plan", () => {
  const ports = new FakePorts();
  const troubles: string[] = [];
  const become = ownProcess("vrrp", ports, (text) => void troubles.push(text));
  become({ own: own("vrrp_priority -5\nvrrp_rt_priority 50\nchecker_priority 3") });
  const { daemon } = ports;
  assert.deepEqual([daemon.nice, daemon.rtPriority, daemon.name], [-5, 50, undefined]);
  daemon.rtPriority = undefined;
  become({ own: own("vrrp_priority -6\nvrrp_rt_priority 50\nprocess_names") });
  assert.deepEqual(
    [daemon.nice, daemon.rtPriority, daemon.name],
    [-6, undefined, "keepalived_vrrp"],
  );
  assert.deepEqual(troubles, []);
});

test("what is refused is told", () => {
  const scheduleNice = (): never => {
    throw new SystemError("schedule", "nice value -5", "EPERM");
  };
  const troubles: string[] = [];
  const ports = { ...new FakePorts().daemon, scheduleNice };
  ownProcess(
    "checkers",
    ports,
    (text) => void troubles.push(text),
  )({ own: own("checker_priority -5") });
  assert.equal(troubles.length, 1);
  assert.match(troubles[0] ?? "", /nice value -5/);
});
