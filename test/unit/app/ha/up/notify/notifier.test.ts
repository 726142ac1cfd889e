/** What follows transitions: which programs with which words, which lines, which mails, and which not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Notifier } from "../../../../../../src/app/ha/up/notify/notifier.ts";
import type {
  NotifyPlan,
  PlannedSubject,
} from "../../../../../../src/app/ha/up/plan/notify-plan.ts";
import { SystemError } from "../../../../../../src/core/errors.ts";
import type { VrrpState } from "../../../../../../src/proto/vrrp/facts.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { RAN_WELL } from "../../../../../support/fake-programs.ts";
import { haPlan } from "../../../../../support/ha-plan.ts";
import { sorted } from "../../../../../support/notified.ts";
import { CALM, vrrpInstance } from "../../../../../support/vrrp.ts";

const program = (...argv: string[]) => ({ argv, user: null });
const subject = (
  name: string,
  kind: PlannedSubject["subject"],
  more: Partial<PlannedSubject> = {},
): PlannedSubject => ({
  subject: kind,
  name,
  hooks: { MASTER: program(`/${name}`), change: program("/any"), STOP: program("/stop") },
  isMailed: true,
  tellsPriority: false,
  tellsDeletion: false,
  ...more,
});

/** Instances `a` and `b`, which are in the group `g`. */
function notifierOf(
  changes: Partial<NotifyPlan> = {},
  known: ReadonlyMap<string, VrrpState> = new Map(),
) {
  const ports = new FakePorts();
  const instances = ["a", "b"].map((name) => vrrpInstance({ name }));
  const plan = haPlan({
    routers: instances.map((instance) => ({ instance, keys: null, trackers: [] })),
    syncGroups: [{ name: "g", members: ["a", "b"] }],
    notify: {
      subjects: [subject("a", "INSTANCE"), subject("b", "INSTANCE"), subject("g", "GROUP")],
      fifos: [],
      mail: null,
      retells: false,
      ...changes,
    },
  });
  const troubles: string[] = [];
  const notifier = new Notifier(plan, known, ports, (line) => troubles.push(line));
  const become = (instance: string, from: VrrpState, to: VrrpState): void =>
    notifier.hear({
      kind: "router",
      instance,
      event: {
        type: "transition",
        from,
        to,
        priority: 100,
        cause: { kind: "stopped" },
        circumstances: CALM,
      },
    });
  const words = (): string[] => sorted(ports.programs.map(({ argv }) => argv.join(" ")));
  return { ports, notifier, plan, become, words, troubles };
}

const FIFO = { of: "all" as const, path: "/run/x", mode: 0o600, owner: null, reader: null };
const KNOWN: ReadonlyMap<string, VrrpState> = new Map([
  ["a", "master"],
  ["b", "master"],
]);
const SERVER = { host: "127.0.0.1", port: 25, helo: "h", limitMs: 1000 };
const MAIL = { server: SERVER, from: "f", to: ["t"], routerId: "R", tellsFaults: false };

test("that of the state gets its own words, notify four more, and a group follows its members", async () => {
  const { notifier, become, words } = notifierOf();
  become("a", "backup", "master");
  become("b", "backup", "master");
  await notifier.finish();
  assert.deepEqual(words(), [
    "/a",
    "/any GROUP g MASTER 0",
    "/any INSTANCE a MASTER 100",
    "/any INSTANCE b MASTER 100",
    "/b",
    "/g",
  ]);
});

test("they learn by their environment which router it is", async () => {
  const { ports, notifier, become } = notifierOf();
  become("a", "backup", "master");
  await notifier.finish();
  const environment = ports.programs[0]?.environment;
  assert.equal(environment?.VIPKIT_INSTANCE, "a");
  assert.equal(environment?.VIPKIT_FROM, "BACKUP");
});

test("a process that goes on where another one was has changed nothing", async () => {
  const { notifier, become, words } = notifierOf({}, new Map([["a", "master"]]));
  become("a", "init", "master");
  await notifier.finish();
  assert.deepEqual(words(), []);
});

test("FIFOs get a line of each, also of what came before they were open, and of priorities where wanted", async () => {
  const alone = subject("a", "INSTANCE", { tellsPriority: true });
  const { ports, notifier, become } = notifierOf({ fifos: [FIFO], subjects: [alone] });
  const rerank = (instance: string): void =>
    notifier.hear({ kind: "router", instance, event: { type: "priority", from: 100, to: 90 } });
  rerank("a");
  become("a", "init", "backup");
  await ports.clock.pass(0);
  rerank("a");
  rerank("b");
  notifier.hear({ kind: "lower-heard", instance: "a", priority: 90 });
  assert.deepEqual(ports.notices.lines, [
    'INSTANCE "a" BACKUP 100\n',
    'INSTANCE "a" BACKUP_PRIORITY 90\n',
    'INSTANCE "a" MASTER_RX_LOWER_PRI 90\n',
  ]);
  await notifier.finish();
  assert.equal(ports.notices.open.size, 0);
});

test("a FIFO that is full is told once, and once that it is read again", async () => {
  const { ports, notifier, become, troubles } = notifierOf({ fifos: [FIFO], subjects: [] });
  await ports.clock.pass(0);
  ports.notices.isFull = true;
  become("a", "init", "backup");
  become("a", "backup", "master");
  ports.notices.isFull = false;
  become("a", "master", "fault");
  assert.deepEqual(troubles, [
    "/run/x is full, for nobody reads it: lines are lost",
    "/run/x is read again: 2 lines were lost",
  ]);
  await notifier.finish();
});

test("the program of a FIFO runs as long as we do, and its end before that is told", async () => {
  const reader = { argv: ["/reader", "-v"], user: { uid: 1, gid: 2 } };
  const { ports, notifier, troubles } = notifierOf({ fifos: [{ ...FIFO, reader }] });
  await ports.clock.pass(0);
  const [run] = ports.programs;
  assert.deepEqual([run?.argv, run?.user], [["/reader", "-v", "/run/x"], reader.user]);
  assert.deepEqual([run?.limitMs, run?.politeMs], [Number.POSITIVE_INFINITY, 1000]);
  assert.deepEqual(troubles, ["/reader no longer reads /run/x: exit status 0"]);
  await notifier.finish();
  assert.equal(run?.signal?.aborted, true);
});

test("no state is mailed twice, nor the first BACKUP, nor a FAULT where none is wanted", async () => {
  const { ports, notifier, become } = notifierOf({
    mail: MAIL,
    subjects: [subject("a", "INSTANCE")],
  });
  become("a", "init", "backup");
  become("a", "backup", "master");
  become("a", "master", "fault");
  become("a", "fault", "master");
  become("a", "master", "init");
  await notifier.finish();
  assert.deepEqual(
    ports.notices.mails.map((one) => one.subject),
    ["[R] VRRP Instance a - Entering MASTER state", "[R] VRRP Instance a - Stopping"],
  );
});

test("a mail that is refused is tried again, and the end does not wait for it", async () => {
  const { ports, notifier, become, troubles } = notifierOf({ mail: MAIL });
  const refusal = new SystemError("mail to", "x", "ECONNREFUSED");
  ports.notices.refusals.push(refusal, refusal);
  become("a", "backup", "master");
  await ports.clock.pass(14_999);
  assert.equal(ports.notices.mails.length, 0);
  await ports.clock.pass(1);
  assert.equal(ports.notices.mails.length, 1);
  ports.notices.refusals.push(refusal);
  become("a", "master", "backup");
  await ports.clock.pass(0);
  const finished = notifier.finish();
  await ports.clock.pass(3000);
  await finished;
  assert.deepEqual(troubles.slice(1), [
    "mail to x: ECONNREFUSED: it is tried again",
    "a mail is given up: [R] VRRP Instance a - Entering BACKUP state: the end is urgent",
  ]);
});

test("a program that hangs delays those of its own router alone, and is killed so that the end comes", async () => {
  const { ports, notifier, become, words } = notifierOf();
  ports.onProgram = ({ argv, signal }) =>
    argv[0] === "/a"
      ? new Promise((resolve) => {
          signal?.addEventListener("abort", () => resolve({ ...RAN_WELL, signal: "SIGKILL" }));
        })
      : Promise.resolve(RAN_WELL);
  become("a", "init", "master");
  become("b", "init", "master");
  become("a", "master", "init");
  await ports.clock.pass(0);
  assert.deepEqual(words(), [
    "/a",
    "/any GROUP g MASTER 0",
    "/any INSTANCE b MASTER 100",
    "/b",
    "/g",
  ]);
  const finished = notifier.finish();
  await ports.clock.pass(3000);
  await finished;
  assert.ok(words().includes("/any INSTANCE a STOP 100"), "what follows the end is run");
});

test("what a reload takes out is told as a fault, or as deleted where it wishes that", async () => {
  const DELETED = program("/deleted");
  const wishing = subject("b", "INSTANCE", {
    hooks: { DELETED, change: program("/any") },
    tellsDeletion: true,
  });
  const { ports, notifier, become, words } = notifierOf({
    fifos: [FIFO],
    subjects: [subject("a", "INSTANCE", { hooks: { FAULT: program("/fault") } }), wishing],
  });
  await ports.clock.pass(0);
  notifier.amend(haPlan({ notify: { subjects: [], fifos: [FIFO], mail: null, retells: false } }));
  become("a", "master", "init");
  become("b", "backup", "init");
  assert.deepEqual(ports.notices.lines, ['INSTANCE "a" FAULT 100\n', 'INSTANCE "b" DELETED 100\n']);
  await notifier.finish();
  assert.deepEqual(words(), ["/any INSTANCE b DELETED 100", "/deleted", "/fault"]);
});

test("after a reload each goes by its new programs, under its new name, and nothing is told again", async () => {
  const { notifier, plan, become, words, ports } = notifierOf({ fifos: [FIFO] }, KNOWN);
  await ports.clock.pass(0);
  const renamed = plan.routers.map((one) =>
    one.instance.name === "a" ? { ...one, instance: { ...one.instance, name: "z" } } : one,
  );
  const subjects = [subject("z", "INSTANCE", { hooks: { BACKUP: program("/new") } })];
  notifier.amend({ ...plan, routers: renamed, notify: { ...plan.notify, subjects } });
  become("z", "init", "master");
  assert.deepEqual(ports.notices.lines, []);
  become("z", "master", "backup");
  assert.deepEqual(ports.notices.lines, ['INSTANCE "z" BACKUP 100\n']);
  await notifier.finish();
  assert.deepEqual(words(), ["/new"]);
});

test("where it is wished all states are written again after a reload", async () => {
  const { notifier, plan, ports } = notifierOf({ fifos: [FIFO] }, KNOWN);
  await ports.clock.pass(0);
  const event = { type: "priority", from: 100, to: 90 } as const;
  notifier.hear({ kind: "router", instance: "a", event });
  notifier.amend({ ...plan, notify: { ...plan.notify, retells: true } });
  assert.deepEqual(ports.notices.lines, [
    'INSTANCE "a" MASTER 90\n',
    'INSTANCE "b" MASTER 100\n',
    'GROUP "g" MASTER 0\n',
  ]);
  await notifier.finish();
});

test("a FIFO that is the same stays open over a reload, another one takes the place of what is gone", async () => {
  const { notifier, plan, ports } = notifierOf({ fifos: [FIFO] });
  await ports.clock.pass(0);
  const opened = ports.notices.opened;
  notifier.amend({ ...plan, notify: { ...plan.notify, fifos: [{ ...FIFO }] } });
  await ports.clock.pass(0);
  assert.equal(ports.notices.opened, opened);
  notifier.amend({ ...plan, notify: { ...plan.notify, fifos: [{ ...FIFO, path: "/run/y" }] } });
  await ports.clock.pass(0);
  assert.deepEqual([...ports.notices.open], ["/run/y"]);
  await notifier.finish();
});
