/** `ha history`: the last transitions of all routers of a running `ha up`, each with its cause. */
import { askHaHistory, type HaHistory } from "../../app/ha/ask.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { flag, integer } from "../option.ts";
import { jsonOption } from "../options.ts";
import { circumstancesLine, transitionLine } from "../vrrp/event-text.ts";
import { HA_SOCKET, haNameOption, socketOf } from "./ha-name-option.ts";

export const haHistory = defineCommand({
  name: "ha history",
  summary: "Tell why routers and servers of ha up changed their states",
  description: [
    "One line for each transition of any router, oldest first: when, which, from and to which state, and its cause with the margins; and one for each virtual or real server that went up or down. 1024 of each are remembered, also beyond the end of the process that runs the routers.",
    "-j prints one object, with servers (virtual and real servers that went up or down: ts, age_ms, service, server: null of a virtual one, to, cause) and transitions: each with instance and the keys of vrrp history -j, ts, age_ms, from, to, priority, cause, last_advert, link, late_ms, worst_late_ms and suspects.",
  ],
  options: {
    ...jsonOption,
    ...haNameOption,
    verbose: flag({ short: "v", describe: "Tell what else was so, in a line below each" }),
    count: integer({
      short: "n",
      value: "N",
      min: 1,
      max: 1024,
      default: "20",
      describe: "Last transitions to tell of",
    }),
  },
  examples: [
    ["ha history", "The last 20 of all routers"],
    ["ha history -v -n 1", "The last one, with all that was so"],
    ["ha history -j -n 1024", "All that is remembered, as JSON"],
  ],
  exitStatus: { 2: "Cannot tell: no ha up runs here, or it does not answer." },
  files: HA_SOCKET,
  seeAlso: ["vipkit-ha-status(8)", "vipkit-vrrp-history(8)"],
  async run(args, { ports, stdout }) {
    const { json, verbose, count } = args;
    const history = await askHaHistory(socketOf(args), count, ports);
    if (json) stdout(formatJson(history));
    else for (const line of linesOf(history, count, verbose)) stdout(line);
    return ExitCode.ok;
  },
});

/** Both kinds by their time, and of both together no more than were wanted. */
function linesOf(
  { transitions, servers }: HaHistory,
  count: number,
  isVerbose: boolean,
): readonly string[] {
  const all = [
    ...transitions.map(({ instance, ts, from, to, cause, ...circumstances }) => {
      const line = printable(`${ts}  ${instance}: ${transitionLine(from, to, cause)}`);
      const more = isVerbose ? [printable(`  ${circumstancesLine(circumstances)}`)] : [];
      return { ts, lines: [line, ...more] };
    }),
    ...servers.map(({ ts, service, server, to, cause }) => {
      const whose = server === null ? service : `${server} of ${service}`;
      return { ts, lines: [printable(`${ts}  ${whose}: ${to}  cause=${cause}`)] };
    }),
  ];
  all.sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
  return all.slice(-count).flatMap(({ lines }) => lines);
}
