/** Pages that are open get what changes, and nothing is looked at for nobody. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Live } from "../../../../../src/app/ha/web/live.ts";
import { SystemError } from "../../../../../src/core/errors.ts";
import { FakeClock } from "../../../../support/fake-clock.ts";

function live() {
  const clock = new FakeClock();
  const looks: boolean[] = []; // each whether something was new
  const parts: Record<string, string> = { a: "1", b: "1" };
  const state = { refuse: false as boolean, happens: () => {}, follows: 0, endFollowing: () => {} };
  const shown = new Live(
    {
      look: async (isNew) => {
        looks.push(isNew);
        if (state.refuse) throw new SystemError("ask", "ha", "no-answer");
        return { ...parts };
      },
      follow: async (onEvent, signal) => {
        state.happens = onEvent;
        state.follows += 1;
        await new Promise<void>((resolve) => {
          state.endFollowing = resolve;
          signal.addEventListener("abort", () => resolve());
        });
        state.follows -= 1;
      },
    },
    clock,
  );
  return { clock, looks, parts, state, shown };
}

function reader() {
  const heard: { wall_ms: number; trouble: string | null; parts: [string, string][] }[] = [];
  let leave = (): void => {};
  const client = {
    send: (event: string, data: string) => {
      assert.equal(event, "parts");
      heard.push(JSON.parse(data));
    },
    onGone: (run: () => void) => {
      leave = run;
    },
  };
  return { client, heard, leave: () => leave() };
}

const news = ({ heard }: ReturnType<typeof reader>) => heard.splice(0).flatMap((one) => one.parts);

test("everything at first, then what has changed, and the time each two seconds", async () => {
  const { clock, parts, shown } = live();
  const one = reader();
  shown.join(one.client);
  await clock.pass(0);
  assert.deepEqual(news(one), [
    ["a", "1"],
    ["b", "1"],
  ]);
  await clock.pass(2000);
  assert.deepEqual(
    one.heard.map((told) => told.wall_ms),
    [clock.wallMs()],
  );
  assert.deepEqual(news(one), []);
  parts.b = "2";
  await clock.pass(2000);
  assert.deepEqual(news(one), [["b", "2"]]);
  const other = reader();
  shown.join(other.client);
  assert.deepEqual(news(other), [
    ["a", "1"],
    ["b", "2"],
  ]);
});

test("what happens is looked at soon, and many events once", async () => {
  const { clock, looks, state, shown } = live();
  shown.join(reader().client);
  await clock.pass(0);
  for (let n = 0; n < 100; n++) state.happens();
  await clock.pass(1000);
  assert.deepEqual(looks, [true, true]);
  await clock.pass(2000);
  assert.deepEqual(looks, [true, true, false]);
});

test("where it cannot be followed all may be new each time", async () => {
  const { clock, looks, state, shown } = live();
  shown.join(reader().client);
  await clock.pass(0);
  state.endFollowing();
  await clock.pass(2000);
  assert.deepEqual(looks, [true, true]);
});

test("no answer is told, and what was new meanwhile is told afterwards", async () => {
  const { clock, looks, state, shown } = live();
  const one = reader();
  shown.join(one.client);
  await clock.pass(0);
  state.refuse = true;
  await clock.pass(2000);
  assert.match(one.heard.at(-1)?.trouble ?? "", /no-answer/);
  state.refuse = false;
  await clock.pass(2000);
  assert.equal(one.heard.at(-1)?.trouble, null);
  assert.deepEqual(looks, [true, false, true]);
});

test("for nobody nothing is looked at or followed, and the next one gets everything again", async () => {
  const { clock, looks, state, shown } = live();
  const one = reader();
  shown.join(one.client);
  await clock.pass(0);
  one.leave();
  await clock.pass(60_000);
  assert.deepEqual([looks.length, state.follows, clock.pending], [1, 0, 0]);
  const next = reader();
  shown.join(next.client);
  await clock.pass(0);
  assert.deepEqual(news(next), [
    ["a", "1"],
    ["b", "1"],
  ]);
  shown.close();
});
