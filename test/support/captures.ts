/** The capture files of `test/vectors/captures`, whose README names their origin. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./sources.ts";

export const CAPTURES = join(ROOT, "test/vectors/captures");

/** Their names, sorted. */
export const captureNames = (): string[] =>
  readdirSync(CAPTURES)
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .sort();

export const captureBytes = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(CAPTURES, name)));
