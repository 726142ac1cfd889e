/** Real files from public repositories: what keepalived 2.4.3 refuses is refused by us at the same place, and nothing else is. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Finding } from "../../src/config/finding.ts";
import type { Host, HostInterface } from "../../src/config/host.ts";
import { programsOf } from "../../src/config/rules/programs.ts";
import type { Configuration } from "../../src/config/tables/root.ts";
import type { PathPart } from "../../src/core/path-part.ts";
import { configurationFiles } from "../../src/io/configuration-files.ts";
import { findingsOf } from "../support/whole-configuration.ts";
import { DIFFERENT, REASONS } from "../vectors/corpus-reasons.ts";

const CORPUS = "../shared/corpus";
const skip = existsSync(`${CORPUS}/oracle.tsv`) ? false : `no ${CORPUS} beside the sources`;

/** Has each interface that anybody asks for, with nothing known of it. */
class EveryInterface extends Map<string, HostInterface> {
  override has(): boolean {
    return true;
  }
}

/** What a minimal host has of the programs that the files name. */
const KINDS: Readonly<Record<string, PathPart["kind"]>> = {
  "/usr/bin/killall": "file",
  killall: "file",
  sh: "file",
  "/bin/systemctl": "other",
};

/** The host of the corpus: no scripts, no accounts but those of any system. */
const hostOf = (conf: Configuration): Host => ({
  interfaces: new EveryInterface(),
  takersOn: () => [],
  users: new Map(Object.entries({ root: 0, nobody: 65_534 })),
  programs: new Map(
    programsOf(conf).map(({ name }) => {
      const kind = KINDS[name] ?? "missing";
      return [name, [{ path: name, kind, uid: 0, gid: 0, mode: 0o755 }]];
    }),
  ),
});

/** Follows from what was said before. */
const CONSEQUENCE =
  /^Unexpected '{'|^Unknown keyword '[}\\]|missing '}'s|is invalid$| invalid$|^\s*Please use|not found, ignoring|Unable to set default user for|no matching virtual router|has no entries - removing|Priority not valid|Setting to 1/;

/** `7 Unknown keyword 'x'`, each once, without what follows from others. */
function saidOf(id: string): { line: number | null; message: string }[] {
  const said = readFileSync(`${CORPUS}/oracle/${id}.2.4.3.txt`, "utf8").split("\n");
  const plain = said.map((line) => line.replace(/^\(\S+: Line/, "(Line"));
  return [...new Set(plain)].flatMap((text) => {
    const [, line, , message = text] = /^\(Line (\d+)\) (\(\S+\) )?(.*)/.exec(text) ?? [];
    const own = message.replace(/^\(\S+\) /, "");
    if (own === "" || CONSEQUENCE.test(own)) return [];
    return [{ line: line === undefined ? null : Number(line), message: own }];
  });
}

/** Whether one of our errors is what keepalived says. */
function isFound(errors: readonly Finding[], line: number | null, message: string): boolean {
  const [, codes = "", where] = REASONS.find(([reason]) => reason.test(message)) ?? [];
  return errors.some(({ kind, span }) => {
    if (!codes.split(" ").includes(kind.code)) return false;
    if (where === "line") return span.place.line === line;
    return where === "anywhere" || line === null || span.place.line <= line;
  });
}

const STATUS = new Map(
  skip === false
    ? readFileSync(`${CORPUS}/oracle.tsv`, "utf8")
        .split("\n")
        .map((row) => row.split("\t"))
        .map(([name = "", , status]) => [name.replace(".conf", ""), Number(status)] as const)
    : [],
);

for (let n = 1; n <= 50; n += 1) {
  const id = `${n}`.padStart(3, "0");
  test(`${id}.conf is taken or refused as keepalived does it, for its reasons`, { skip }, () => {
    const errors = findingsOf(`${CORPUS}/${id}.conf`, configurationFiles, hostOf).filter(
      ({ kind }) => kind.severity === "error",
    );
    const isRefused = STATUS.get(id) !== 0;
    const missed = isRefused
      ? saidOf(id).filter(({ line, message }) => !isFound(errors, line, message))
      : [];
    const different = missed.map(({ line, message }) => `${line ?? "-"} ${message}`);
    const alone = errors.map(({ span, kind }) => `+${span.place.line} ${kind.code}`);
    if (errors.length > 0 !== isRefused) different.push(...alone);
    const [expected] = DIFFERENT[id] ?? [];
    assert.deepEqual(
      different.filter((one) => !expected?.test(one)),
      [],
    );
    assert.equal(
      different.length > 0,
      expected !== undefined,
      "a difference that is listed is one",
    );
  });
}
