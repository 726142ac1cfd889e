/** `ha plan`: what a reload would do. */

import { unlessWorse } from "../../app/ha/up/parent/reading.ts";
import { stepRecords } from "../../app/ha/up/parent/step-record.ts";
import type { HaPlan } from "../../app/ha/up/plan/plan.ts";
import { planChanges } from "../../app/ha/up/plan/plan-changes.ts";
import { type NodeTurn, rollingOrder } from "../../app/ha/up/plan/rolling-order.ts";
import { UsageError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { list } from "../option.ts";
import { jsonOption } from "../options.ts";
import { configIdOption, OWN_FILE, wishOf } from "./conf-options.ts";
import { namedNodes, nodesPositional } from "./node-files.ts";
import { readFile, refusalLines } from "./plan-file.ts";
import { stepLines } from "./step-text.ts";

export const haPlan = defineCommand({
  name: "ha plan",
  summary: "Show what a reload with another file would do",
  description: [
    "Compares FILE, which is to be reloaded, with the file that ha up runs by (--from), and prints a line for each thing that would not go on as it is. kept (shown with --json alone): not touched. changed: goes on in its state, and adverts do not pause. restarted: hands over as if it were removed, and begins anew. added. removed: a MASTER hands over.",
    "A virtual router is known by interface, virtual_router_id and family, and where these are others by its name. Routers with a VMAC and owners of their addresses are restarted where others of their settings than priority, password, timers and trackers change.",
    "With several FILEs, each of a node, and as many --from in the same order, it also prints the order of the nodes for a rolling change: who is MASTER of nothing first. It is told by the priorities: vipkit vrrp status --wire tells who is MASTER now.",
  ],
  manual: {
    JSON: [
      "--json prints one object: nodes, in the order of a rolling change. Each has node, master_of (names of instances) and steps: block (a keyword), name (null where it has none), next_name (null for what is removed), step (kept, changed, restarted, added or removed) and what (settings that are others).",
    ],
  },
  positionals: nodesPositional,
  options: {
    from: list(
      { short: "f", value: "FILE", complete: "file", describe: "What runs now, for each FILE" },
      (path) => path,
    ),
    ...configIdOption,
    ...jsonOption,
  },
  examples: [
    ["ha plan new.conf", "What a reload would do to what runs by /etc/keepalived/keepalived.conf"],
    ["ha plan -j -f old.conf new.conf", "The same for a program"],
    ["ha plan -f a.old -f b.old a.conf b.conf", "And which node is to go first"],
  ],
  exitStatus: {
    0: "Nothing would change.",
    1: "Something would.",
    2: "A file has errors or cannot be read.",
  },
  files: { "/etc/keepalived/keepalived.conf": "Compared with where no --from is given." },
  seeAlso: ["vipkit-ha-up(8)", "vipkit-ha-check(8)"],
  async run({ files, from, "config-id": configId, json }, ctx) {
    const running = from.length === 0 ? [OWN_FILE] : from;
    const nodes = namedNodes(files);
    if (running.length !== nodes.length) {
      throw new UsageError(
        `${nodes.length} files and ${running.length} --from: each node has one of both`,
      );
    }
    const wish = () => wishOf(configId, ctx.ports);
    const sound: NodePlans[] = [];
    for (const [index, { name, path }] of nodes.entries()) {
      const former = await readFile(running[index] ?? OWN_FILE, wish, ctx);
      const read = await readFile(path, wish, ctx);
      const next =
        former.kind === "plan" && read.kind === "plan" ? unlessWorse(former, read) : read;
      if (former.kind === "plan" && next.kind === "plan") {
        sound.push({ name, former: former.plan, next: next.plan });
      }
      for (const one of [former, next]) {
        if (one.kind === "refused")
          for (const line of refusalLines(one, "ha plan")) ctx.stderr(line);
      }
    }
    if (sound.length < nodes.length) return ExitCode.unknown;
    const steps = new Map(
      sound.map(
        ({ name, former, next }) => [name, stepRecords(planChanges(former, next))] as const,
      ),
    );
    const turns = rollingOrder(sound).flatMap((turn) => {
      const own = steps.get(turn.node);
      return own === undefined ? [] : [{ turn, steps: own, lines: stepLines(own) }];
    });
    if (json) {
      const records = turns.map(({ turn, steps: own }) => ({
        node: turn.node,
        master_of: turn.masterOf,
        steps: own,
      }));
      ctx.stdout(formatJson({ nodes: records }));
    } else {
      for (const { turn, lines } of turns) {
        if (turns.length > 1) ctx.stdout(headOf(turn, lines.length));
        for (const line of lines) ctx.stdout(turns.length > 1 ? `  ${line}` : line);
      }
    }
    return turns.some(({ lines }) => lines.length > 0) ? ExitCode.negative : ExitCode.ok;
  },
});

interface NodePlans {
  readonly name: string;
  readonly former: HaPlan;
  readonly next: HaPlan;
}

function headOf({ node, masterOf }: NodeTurn, changes: number): string {
  const role = masterOf.length === 0 ? "BACKUP" : `MASTER of ${masterOf.map(printable).join(", ")}`;
  return `${printable(node)} (${role})${changes === 0 ? ": nothing to do" : ""}`;
}
