/** What a virtual router has while it is MASTER, and must not have otherwise: addresses above all. */
import { SystemError } from "../../core/errors.ts";

export interface Holding {
  /** Have all of it; what is there already is renewed. @throws SystemError */
  hold(): void;
  /** Have none of it; what is gone already is fine. @throws SystemError */
  release(): void;
  /** One sentence for each thing that is there before the start. @throws SystemError */
  leftovers(): string[];
  /**
   * Takes away what is there before the start and must not be. Refused where such things cannot be
   * changed at all, so that this is known before the takeover.
   * @returns as `leftovers`. @throws SystemError
   */
  inherit(): string[];
}

/** Several as one: had in their order, given up in the opposite one. */
export function allOf(parts: readonly Holding[]): Holding {
  const backwards = [...parts].reverse();
  return {
    hold: () => doAll(parts, (part) => part.hold()),
    release: () => doAll(backwards, (part) => part.release()),
    leftovers: () => parts.flatMap((part) => part.leftovers()),
    inherit: () => parts.flatMap((part) => part.inherit()),
  };
}

/** One that fails is no reason to leave out the others. @throws SystemError of the first that failed */
export function doAll<Part>(parts: readonly Part[], act: (part: Part) => void): void {
  let failure: SystemError | undefined;
  for (const part of parts) {
    try {
      act(part);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
}

/** @returns why the kernel refuses it, for people; undefined where it is done */
export function refusalOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof SystemError) return error.message;
    throw error;
  }
}
