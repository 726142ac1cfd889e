/** The file that says what IPVS is to be, in any of its formats. */
import type { Surroundings } from "../../config/built-in.ts";
import { UsageError } from "../../core/errors.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import { parseIpvsadmSave } from "../../proto/ipvs/ipvsadm-table.ts";
import type { PlacedTarget } from "../../proto/ipvs/target.ts";
import { readWhole } from "../check/read-whole.ts";
import { digestOf, type FileAsRead } from "../file-watch.ts";
import type { WrittenTarget } from "./named-servers.ts";
import { formatOf, type TargetFormat } from "./target-format.ts";

export interface TargetFile {
  readonly target: WrittenTarget; // its names are looked up by `withAddresses`
  readonly files: readonly FileAsRead[]; // that a change can come from; none for standard input
  readonly notes: readonly string[]; // to be told once
}

export type TargetFilePorts = Pick<Ports, "configurationFiles" | "files" | "hmacSha256">;

/**
 * @param path `-` is standard input
 * @param format undefined: as it looks
 * @throws UsageError with the place of a mistake, SystemError, the reason of `signal`
 */
export async function readTargetFile(
  path: string,
  format: TargetFormat | undefined,
  surroundings: () => Surroundings,
  ports: TargetFilePorts,
  signal: Limit,
): Promise<TargetFile> {
  const bytes = await readWhole(path, MOST_BYTES, ports.files, signal);
  const text = new TextDecoder().decode(bytes);
  const isStdin = path === "-";
  const name = isStdin ? "<stdin>" : path;
  const files = isStdin ? [] : [{ path, digest: digestOf(bytes, ports) }];
  switch (format ?? formatOf(text)) {
    case "yaml":
    case "json": {
      const { parseYamlTarget } = await import("./yaml-target.ts");
      return { target: await parseYamlTarget(text, name), files, notes: [] };
    }
    case "keepalived": {
      const { readConfTarget } = await import("./conf-target.ts");
      const content = { bytes, directory: ".", identity: name, isExecutable: false };
      const given = isStdin ? content : null;
      const { target, ...more } = readConfTarget(name, given, surroundings(), ports);
      return { ...more, target: { ...target, named: [] } };
    }
    case "ipvsadm":
      return { target: { ...parseSave(text, name), named: [] }, files, notes: [] };
    case null:
      throw new UsageError(
        `${name} is empty: nothing is removed for that; a table without services is: services: []`,
      );
  }
}

function parseSave(text: string, name: string): PlacedTarget {
  const { target, mistakes } = parseIpvsadmSave(text, name);
  const [first] = mistakes.first;
  if (first === undefined) return target;
  const more = mistakes.count === 1 ? "" : ` (${mistakes.count - 1} more)`;
  throw new UsageError(`${name}:${first.line}:${first.column}: ${first.message}${more}`);
}

const MOST_BYTES = 16_777_216; // as of a configuration file
