/**
 * Filters that the kernel runs over every frame for us: classic BPF, struct sock_filter and the
 * opcodes of linux/filter.h and linux/bpf_common.h. A filter is written as a condition on fields.
 */

/** One instruction: struct sock_filter. */
export interface BpfInstruction {
  readonly code: number; // u16
  readonly jt: number; // u8, instructions to skip when true
  readonly jf: number; // u8, when false
  readonly k: number; // u32
}

/** What a frame is held against. A frame that is too short for a field that is looked at matches nothing. */
export type FrameTest =
  | FieldTest
  | { readonly kind: "every" | "some"; readonly tests: readonly FrameTest[] };

export interface FieldTest {
  readonly kind: "field";
  readonly at: number; // bytes from the start of the frame, or one of FRAME_FACTS
  readonly bytes: 1 | 2 | 4; // network order
  readonly among: readonly number[];
}

/** Whether the field has one of the values. */
export const field = (at: number, bytes: 1 | 2 | 4, ...among: readonly number[]): FrameTest => ({
  kind: "field",
  at,
  bytes,
  among,
});

export const every = (...tests: readonly FrameTest[]): FrameTest => ({ kind: "every", tests });

export const some = (...tests: readonly FrameTest[]): FrameTest => ({ kind: "some", tests });

/** The same condition on bytes that stand `by` further on; facts of the frame stay. */
export function shifted(test: FrameTest, by: number): FrameTest {
  if (test.kind !== "field") return { ...test, tests: test.tests.map((one) => shifted(one, by)) };
  return test.at >= AUXILIARY ? test : { ...test, at: test.at + by };
}

/** Where the kernel answers for what is no byte of the frame: SKF_AD_OFF and SKF_AD_*. Fields of 4 bytes. */
export const FRAME_FACTS = {
  packetType: 0xfffff000 + 4, // PACKET_HOST, PACKET_OUTGOING, ... of linux/if_packet.h
  hardwareType: 0xfffff000 + 28, // ARPHRD_* of linux/if_arp.h
  vlanTagged: 0xfffff000 + 48, // 1: the tag was taken off the frame before we see it
} as const;

/** Keeps the whole frame where `test` holds, else drops it. @throws RangeError beyond 4096 instructions */
export function compileFilter(test: FrameTest): BpfInstruction[] {
  const program = new BackwardProgram();
  const drop = program.put(OP.return, 0);
  const keep = program.put(OP.return, WHOLE_FRAME);
  program.beginAt(program.compile(test, keep, drop));
  return program.instructions();
}

/**
 * Built from its end to its start, so that each jump, which only leads forwards, knows how far it is
 * to its aim. Places are counted from the end.
 */
class BackwardProgram {
  readonly #reversed: BpfInstruction[] = [];

  /** In the order in which they run. */
  instructions(): BpfInstruction[] {
    if (this.#reversed.length > MOST_INSTRUCTIONS) {
      throw new RangeError(`${this.#reversed.length} instructions are too many for a filter`);
    }
    return [...this.#reversed].reverse();
  }

  /** The place at which the first instruction stands, or leads to: where a condition asks for nothing. */
  beginAt(place: number): void {
    if (this.#distance(place) > 0) this.put(OP.jump, this.#distance(place));
  }

  /** @returns its place */
  put(code: number, k: number, jt = 0, jf = 0): number {
    return this.#reversed.push({ code, jt, jf, k }) - 1;
  }

  /** What goes on at `yes` where the test holds, else at `no`. @returns where it begins */
  compile(test: FrameTest, yes: number, no: number): number {
    if (test.kind === "field") return this.#compileField(test, yes, no);
    const isEvery = test.kind === "every";
    return test.tests.reduceRight(
      (next, one) => (isEvery ? this.compile(one, next, no) : this.compile(one, yes, next)),
      isEvery ? yes : no,
    );
  }

  #compileField({ at, bytes, among }: FieldTest, yes: number, no: number): number {
    if (among.length === 0) return no;
    among.reduceRight((next, value) => this.#putComparison(value, yes, next), no);
    return this.put(LOAD[bytes], at);
  }

  #putComparison(value: number, yes: number, no: number): number {
    const [whenEqual, otherwise] = [this.#within(yes), this.#within(no)];
    return this.put(OP.jumpIfEqual, value, this.#distance(whenEqual), this.#distance(otherwise));
  }

  /** A comparison skips at most 255 instructions: what is further is reached by a jump near by. */
  #within(place: number): number {
    return this.#distance(place) < FARTHEST ? place : this.put(OP.jump, this.#distance(place));
  }

  /** Instructions between the one that is put next and `place`. */
  #distance(place: number): number {
    return this.#reversed.length - 1 - place;
  }
}

const OP = { jump: 0x05, return: 0x06, jumpIfEqual: 0x15 } as const; // BPF_JA, BPF_RET, BPF_JEQ, with BPF_K
const LOAD = { 4: 0x20, 2: 0x28, 1: 0x30 } as const; // BPF_LD | BPF_W, BPF_H, BPF_B | BPF_ABS
const WHOLE_FRAME = 0x40000;
const AUXILIARY = 0xfffff000; // SKF_AD_OFF
const FARTHEST = 255;
const MOST_INSTRUCTIONS = 4096; // BPF_MAXINSNS
