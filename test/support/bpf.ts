/** Runs a filter over a frame as the kernel does: Documentation/networking/filter.rst of Linux. */
import assert from "node:assert/strict";
import { type BpfInstruction, FRAME_FACTS } from "../../src/core/bpf.ts";

export type FrameFacts = Partial<Record<keyof typeof FRAME_FACTS, number>>;

/** @returns whether the frame is kept; `facts` are what the kernel knows beside its bytes, else 0 */
export function runFilter(
  program: readonly BpfInstruction[],
  frame: Uint8Array,
  facts: FrameFacts = {},
): boolean {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const names = Object.keys(FRAME_FACTS) as (keyof typeof FRAME_FACTS)[];
  let accumulator = 0;
  for (let at = 0; ; at++) {
    const { code, jt, jf, k } = program[at] ?? assert.fail(`no instruction ${at}`);
    assert.ok(jt <= 255 && jf <= 255 && jt >= 0 && jf >= 0 && k >= 0, "does not fit its field");
    const fact = names.find((name) => FRAME_FACTS[name] === k);
    const bytes = { 32: 4, 40: 2, 48: 1 }[code];
    if (bytes !== undefined) {
      if (fact === undefined && k + bytes > frame.length) return false; // as the kernel does
      if (fact !== undefined) accumulator = facts[fact] ?? 0;
      else if (bytes === 4) accumulator = view.getUint32(k);
      else accumulator = bytes === 2 ? view.getUint16(k) : view.getUint8(k);
    } else if (code === 0x15) at += accumulator === k ? jt : jf;
    else if (code === 0x05) at += k;
    else {
      assert.equal(code, 0x06);
      return k > 0;
    }
  }
}
