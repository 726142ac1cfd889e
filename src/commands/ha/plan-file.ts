/** A keepalived.conf as `ha up` would run it: for itself, and for `ha plan`. */

import { digestOf, type FileAsRead } from "../../app/file-watch.ts";
import {
  type CheckedConfiguration,
  type CheckWish,
  checkConfiguration,
} from "../../app/ha/check-configuration.ts";
import type { ReadPlan } from "../../app/ha/up/parent/reading.ts";
import { planHere } from "../../app/ha/up/plan/plan-here.ts";
import { hindrancesTo, mistakesIn } from "../../app/ha/up/plan/plan-of.ts";
import { NOT_ACTED_ON } from "../../config/codes/words.ts";
import type { Finding } from "../../config/finding.ts";
import { counted } from "../../core/counted.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import type { ConfigurationFile } from "../../io/ports.ts";
import type { Context } from "../define.ts";
import { reasonOf } from "../report.ts";
import { findingText } from "./finding-text.ts";

export async function readFile(
  file: string,
  wish: () => CheckWish | Promise<CheckWish>,
  ctx: Context,
): Promise<ReadPlan> {
  const { ports, signal } = ctx;
  const linesOf = (one: Finding): string[] => findingText(one, ctx.paint, ctx.columns);
  const files = new Map<string, FileAsRead>();
  const read = (path: string): ConfigurationFile => {
    const found = ports.configurationFiles.read(path);
    files.set(path, { path, digest: digestOf(found.bytes, ports) });
    return found;
  };
  try {
    const { match } = ports.configurationFiles;
    const checked = checkConfiguration(file, await wish(), { match, read });
    const hindrances = hindrancesTo(checked);
    if (hindrances.length > 0) {
      return { kind: "refused", isMistake: true, lines: hindrances.flatMap(linesOf) };
    }
    const mistakes = mistakesIn(checked);
    const plan = await planHere(checked, ports, signal);
    const notes = [...plan.notes, ...borne(file, mistakes), ...unused(checked)];
    const errors = mistakes.slice(0, MOST_ERRORS).map((one) => {
      return { what: `${one.kind.code} ${one.message}`, lines: linesOf(one) };
    });
    return {
      kind: "plan",
      plan: { ...plan, notes },
      files: [...files.values()],
      errors,
    };
  } catch (error) {
    if (!(error instanceof SystemError || error instanceof UsageError)) throw error;
    return { kind: "refused", isMistake: false, lines: [reasonOf(error)] };
  }
}

/** Keywords without an effect: nothing of a file is left out in silence. */
const unused = ({ findings }: CheckedConfiguration): readonly string[] =>
  findings.flatMap(({ kind, message }) => (kind === NOT_ACTED_ON ? message : []));

/** Errors with which keepalived goes on too. */
function borne(file: string, { length }: readonly Finding[]): readonly string[] {
  const what = `${file}: ${counted(length, "error")}`;
  return length === 0
    ? []
    : [`${what}, which vipkit ha check tells: runs what is in force in spite of them`];
}

const MOST_ERRORS = 1000;

/** Findings say by themselves what they are about. @param command whose error it is */
export const refusalLines = (
  { isMistake, lines }: Extract<ReadPlan, { kind: "refused" }>,
  command: string,
): readonly string[] =>
  isMistake ? lines : lines.map((line) => `vipkit ${command}: ${printable(line)}`);
