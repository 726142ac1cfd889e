/** What tshark makes of captures, packet by packet. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The fields of a packet that it has, each with all of its values as tshark prints them. */
export type TsharkPacket = { readonly [field: string]: readonly string[] | undefined };

/** `tshark -T json` of a capture file; preferences as `-o` takes them. */
export function tsharkFields(
  file: Uint8Array,
  fields: readonly string[],
  preferences: readonly string[] = [],
): TsharkPacket[] {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-tshark-"));
  try {
    const path = join(folder, "capture"); // it reads no socket, which is what a child's input is
    writeFileSync(path, file);
    const options = [
      ...preferences.flatMap((preference) => ["-o", preference]),
      ...fields.flatMap((field) => ["-e", field]),
    ];
    const output = execFileSync("tshark", ["-r", path, "-T", "json", ...options], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 26,
    });
    const packets: { _source: { layers: TsharkPacket } }[] = JSON.parse(output);
    return packets.map((packet) => packet._source.layers);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
