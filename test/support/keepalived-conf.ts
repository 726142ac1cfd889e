/** What the real keepalived says to configurations: whether it takes them, and what it dumps of them. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "./netns.ts";

/** Of each file whether `keepalived -t` ends with anything but 0. */
export const refusedOf = async (
  host: Host,
  files: readonly (readonly string[])[],
): Promise<boolean[]> =>
  await inFolder(files, async (names) => {
    const one = 'keepalived -t -f "$0" > /dev/null 2>&1; echo "$0 $?"';
    const all = `printf '%s\\n' "$@" | xargs -n 1 -P 2 sh -c '${one}'`;
    const statuses = (await host.run("sh", "-c", all, "sh", ...names)).trim().split("\n");
    const fine = new Set(statuses.filter((line) => line.endsWith(" 0")));
    assert.equal(statuses.length, names.length);
    return names.map((name) => !fine.has(`${name} 0`));
  });

/** What keepalived has in force of a file, as the lines of its dump without their indent. */
export const dumpOf = async (host: Host, file: readonly string[]): Promise<readonly string[]> =>
  await inFolder([file], async ([name = ""]) => {
    const pids = ["--pid", `${name}.pid`, "--vrrp_pid", `${name}.vrrp`, "--bfd_pid", `${name}.bfd`];
    const words = [...DUMPING, "--use-file", name, ...pids];
    // On a busy host 2.2.7 now and then stops by itself while it starts, of the same file.
    for (let left = MOST_STARTS; ; left -= 1) {
      const dumping = host.spawn("keepalived", ...words);
      try {
        await dumping.lines.next(/Startup complete/);
      } catch (error) {
        if (left === 1) throw error;
        await dumping.stop();
        continue;
      }
      await dumping.stop();
      return dumping.lines.all.map((line) => line.replace(/^\w{3} \w{3} +\d+ [\d:]+ \d+: /, ""));
    }
  });

const MOST_STARTS = 5;

/** The process of BFD would dump too, between the lines of the other. */
const DUMPING = [
  "--dont-fork",
  "--log-console",
  "--no-syslog",
  "--vrrp",
  "--no_bfd",
  "--dump-conf",
];

async function inFolder<T>(
  files: readonly (readonly string[])[],
  use: (names: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-conf-"));
  try {
    const names = files.map((lines, index) => {
      const name = join(folder, `${index}`);
      writeFileSync(name, [...GLOBALS, ...lines, ""].join("\n"));
      return name;
    });
    return await use(names);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const GLOBALS = ["global_defs {", "enable_script_security", "script_user root", "}"];
