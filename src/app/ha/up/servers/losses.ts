/** What another process has deleted of IPVS, as it is told: each with how often. */
export class Losses {
  readonly #tell: (text: string) => void;
  readonly #times = new Map<string, number>();

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  /** Put back is what is told of. @param subjects as steps name them */
  note(subjects: readonly string[]): void {
    for (const [index, subject] of subjects.entries()) {
      const times = (this.#times.get(subject) ?? 0) + 1;
      if (this.#times.size < MOST_COUNTED) this.#times.set(subject, times);
      if (index < MOST_TOLD) this.#tell(`IPVS: ${subject} ${deletedText(times)}`);
    }
    const more = subjects.length - MOST_TOLD;
    if (more > 0)
      this.#tell(`IPVS: ${more} others were deleted by another process, and are set again`);
  }
}

const deletedText = (times: number): string =>
  `was deleted by another process${times > 1 ? ` (${times}x)` : ""}, and is set again`;

const MOST_TOLD = 10; // of one look
const MOST_COUNTED = 10_000;
