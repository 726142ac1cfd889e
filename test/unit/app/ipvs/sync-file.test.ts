import assert from "node:assert/strict";
import { test } from "node:test";
import { FileSync, placed } from "../../../../src/app/ipvs/sync-file.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { serviceAt } from "../../../support/ipvs.ts";

const [WEB, MAIL] = [serviceAt("tcp 192.0.2.1:80"), serviceAt("tcp 192.0.2.1:25")] as const;
const target = {
  ...{ table: tableOf([{ service: WEB, destinations: [] }]), timeouts: null, daemons: null },
  places: new Map([["tcp 192.0.2.1:80", "/f:7:1"]]),
};

test("a service that others had made is not ours, though the file has it", async () => {
  const ports = new FakePorts();
  ports.ipvs.add(WEB);
  const wish = { stateDirectory: "/run/x", prunes: false };
  const sync = new FileSync("/f", wish, ports, new AbortController().signal);
  await sync.make(target);
  const { steps, foreign } = await sync.plan({ ...target, table: new Map() });
  assert.deepEqual([steps, foreign], [[], ["tcp 192.0.2.1:80"]]);
});

test("one that others have deleted is ours no more, whoever makes it again", async () => {
  const ports = new FakePorts();
  const wish = { stateDirectory: "/run/x", prunes: false };
  const sync = new FileSync("/f", wish, ports, new AbortController().signal);
  const nothing = { ...target, table: new Map() };
  await sync.make(target);
  ports.ipvs.remove(WEB.id);
  await sync.make(nothing);
  ports.ipvs.add(WEB);
  assert.deepEqual((await sync.plan(nothing)).foreign, ["tcp 192.0.2.1:80"]);
});

test("what a first round has made stays noted while another program makes a second one needed", async () => {
  const ports = new FakePorts();
  ports.ipvs.add(MAIL);
  const wish = { stateDirectory: "/run/x", prunes: false };
  const sync = new FileSync("/f", wish, ports, new AbortController().signal);
  const changed = { ...MAIL, scheduler: "lc" };
  const both = [WEB, changed].map((service) => ({ service, destinations: [] }));
  const noted: string[] = [];
  let isGone = false;
  const { write } = ports.files;
  const writeAndChange: typeof write = async (path, chunks) => {
    if (!isGone) ports.ipvs.remove(MAIL.id);
    isGone = true;
    await write(path, chunks);
    noted.push(new TextDecoder().decode(ports.files.contents.get(path)));
  };
  Object.assign(ports.files, { write: writeAndChange });
  await sync.make({ ...target, table: tableOf(both) });
  assert.match(noted[1] ?? "", /192\.0\.2\.1:80.*192\.0\.2\.1:25/);
});

test("a refusal has the place of its part of the file", () => {
  const step = { kind: "add-service", service: WEB } as const;
  const error = new SystemError("ipvs add-service", "tcp 192.0.2.1:80", "EPERM");
  assert.equal(placed({ step, error, isRace: false }, target).subject, "tcp 192.0.2.1:80 (/f:7:1)");
});
