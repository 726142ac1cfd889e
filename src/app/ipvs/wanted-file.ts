/** What a file wants of IPVS, with names looked up, and judged as a whole. */
import type { Surroundings } from "../../config/built-in.ts";
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import { flawsOf, type TableFlaw } from "../../proto/ipvs/rules.ts";
import type { PlacedTarget } from "../../proto/ipvs/target.ts";
import type { FileAsRead } from "../file-watch.ts";
import { withAddresses } from "./named-servers.ts";
import { readTargetFile, type TargetFilePorts } from "./target-file.ts";
import type { TargetFormat } from "./target-format.ts";

export interface WantedFile {
  readonly path: string; // `-` is standard input
  readonly format: TargetFormat | undefined; // undefined: as it looks
  readonly surroundings: () => Surroundings;
}

export interface Wanted {
  readonly target: PlacedTarget;
  readonly files: readonly FileAsRead[];
  readonly notes: readonly string[]; // to be told once
  readonly goodForMs: number; // of names, before they are looked up again
}

/** @throws UsageError with the place of a mistake, SystemError, the reason of `signal` */
export async function readWanted(
  { path, format, surroundings }: WantedFile,
  ports: TargetFilePorts & Pick<Ports, "resolveName">,
  signal: AbortSignal,
): Promise<Wanted> {
  const {
    target: written,
    files,
    notes,
  } = await readTargetFile(path, format, surroundings, ports, signal);
  const target = await withAddresses(written, ports, signal);
  const flaws = flawsOf(target.table);
  const [first, ...others] = flaws.filter(({ severity }) => severity === "error");
  if (first !== undefined) {
    const more = others.length === 0 ? "" : ` (${others.length} more)`;
    throw new UsageError(`${flawText(first, target)}${more}`);
  }
  return {
    target,
    files,
    notes: [...notes, ...flaws.map((flaw) => flawText(flaw, target))],
    goodForMs: written.named.length === 0 ? Infinity : NAMES_GOOD_FOR_MS,
  };
}

function flawText({ subject, message }: TableFlaw, { places }: PlacedTarget): string {
  const place = places.get(subject);
  return `${place === undefined ? "" : `${place}: `}${subject}: ${message}`;
}

const NAMES_GOOD_FOR_MS = 30_000;
