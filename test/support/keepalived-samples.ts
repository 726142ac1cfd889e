/** The samples that Debian's keepalived ships, as their lines. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const FOLDER = "/usr/share/doc/keepalived/samples";

/** Why they are not here, for the `skip` of a test. */
export const samplesMissing: string | false = existsSync(FOLDER) ? false : `no ${FOLDER}`;

export const keepalivedSamples = (): { readonly name: string; readonly lines: string[] }[] =>
  readdirSync(FOLDER)
    .filter((name) => name.startsWith("keepalived.conf."))
    .map((name) => ({
      name: name.replace(/^keepalived\.conf\.|\.gz$/g, ""),
      lines: linesOf(name),
    }));

function linesOf(name: string): string[] {
  const bytes = readFileSync(`${FOLDER}/${name}`);
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1").split("\n");
}
