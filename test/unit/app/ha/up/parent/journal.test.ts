import assert from "node:assert/strict";
import { test } from "node:test";
import { Journal } from "../../../../../../src/app/ha/up/parent/journal.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";

const PATH = "/state/ha.journal";

class Kept {
  readonly ports = new FakePorts();
  readonly troubles: string[] = [];
  readonly journal = new Journal(PATH, this.ports, {
    head: (atMs) => ({ mono_ms: atMs }),
    standing: () => [{ type: "standing" }],
    trouble: (text) => void this.troubles.push(text),
  });

  lines(path = PATH): object[] {
    const text = new TextDecoder().decode(this.ports.files.contents.get(path));
    return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  }
}

test("what is noted is written in its order, each with its time", async () => {
  const { journal, ports, ...kept } = new Kept();
  journal.note({ n: 1 });
  await ports.clock.pass(5);
  journal.note({ n: 2 }, 1_000_003);
  await journal.settled();
  const text = new TextDecoder().decode(ports.files.contents.get(PATH));
  assert.equal(text, '{"mono_ms":1000000,"n":1}\n{"mono_ms":1000003,"n":2}\n');
  assert.deepEqual(kept.troubles, []);
});

test("on a full disk it waits, is told once, and writes all when there is room", async () => {
  const kept = new Kept();
  const { journal, ports, troubles } = kept;
  ports.files.refuse = "ENOSPC";
  for (let n = 0; n < 3; n++) {
    journal.note({ n });
    await ports.clock.pass(2000);
  }
  assert.deepEqual(troubles.length, 1);
  assert.match(troubles[0] ?? "", /^the journal cannot be written, and waits: append .*ENOSPC/);
  ports.files.refuse = undefined;
  await ports.clock.pass(1000);
  assert.deepEqual(
    kept.lines().map((line) => (line as { n: number }).n),
    [0, 1, 2],
  );
  assert.equal(troubles[1], "the journal is written again");
  assert.equal(ports.clock.pending, 0);
});

test("what there was no room for is counted, and how things are then follows", async () => {
  const kept = new Kept();
  const { journal, ports } = kept;
  ports.files.refuse = "ENOSPC";
  for (let n = 0; n < 4096; n++) journal.note({ n });
  await ports.clock.pass(10);
  for (let n = 0; n < 7; n++) journal.note({ type: "gone" });
  ports.files.refuse = undefined;
  await ports.clock.pass(1000);
  const lines = kept.lines();
  assert.equal(lines.length, 4098);
  assert.deepEqual(lines[4096], { mono_ms: 1_000_010, type: "lost", count: 7 });
  assert.deepEqual(lines[4097], { mono_ms: 1_001_000, type: "standing" });
});

test("a file that has become long gets another name, and the oldest goes", async () => {
  const kept = new Kept();
  const { journal, ports } = kept;
  const big = "x".repeat(4 << 20);
  for (let n = 0; n < 9; n++) {
    journal.note({ n, big });
    await journal.settled();
  }
  const { contents } = ports.files;
  const names = [PATH, ...[1, 2, 3, 4, 5, 6, 7].map((age) => `${PATH}.${age}`)];
  assert.deepEqual(new Set(contents.keys()), new Set(names));
  assert.deepEqual(kept.lines(), [{ mono_ms: 1_000_000, type: "standing" }]);
  assert.equal((kept.lines(`${PATH}.7`)[1] as { n: number }).n, 2);
});

test("what ends does not wait for a disk without room", async () => {
  const { journal, ports } = new Kept();
  ports.files.refuse = "ENOSPC";
  journal.note({ n: 1 });
  await journal.settled();
  assert.equal(ports.clock.pending, 0);
});
