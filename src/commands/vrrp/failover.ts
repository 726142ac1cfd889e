/** `vrrp failover`: a planned switch to another router, without a gap. */
import { askFailover, askStatus } from "../../app/vrrp/ask.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { UsageError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { duration, value } from "../option.ts";
import { jsonOption } from "../options.ts";
import { instanceName } from "./instance-name.ts";

export const vrrpFailover = defineCommand({
  name: "vrrp failover",
  summary: "Hand the addresses over to another router",
  description: [
    "Asks the other routers to take over and waits until one does, for as long as the weakest would need or --timeout says. The addresses are kept until its first advert is heard; where none comes this router stays MASTER and announces them anew.",
    "Afterwards this router is BACKUP and leaves the new master in place, even a weaker one, until that one falls silent or resigns.",
    "--json prints one object: instance, before and state (of this router, before and after), to (whose adverts are heard now; null where nobody's are), took_ms.",
  ],
  positionals: {
    name: value(
      { value: "NAME", required: true, describe: "Router that is to be BACKUP" },
      instanceName,
    ),
  },
  options: {
    ...jsonOption,
    timeout: duration({
      short: "t",
      describe:
        "Wait so long for a successor, 10ms to 10m; as long as the weakest needs if not given",
    }),
  },
  examples: [
    ["vrrp failover eth0-51", "Before maintenance of this host"],
    ["vrrp failover eth0-51-v6 -t 10s", "The same for the IPv6 router, with more patience"],
    ["vrrp failover VI_1 -j", "Who took over, and how long it took, as JSON"],
  ],
  exitStatus: {
    0: "Another router has taken over.",
    1: "Nobody took over, or this router was not master.",
    2: "Cannot tell: no such router runs here, it does not answer, or it owns the addresses.",
  },
  files: { "/run/vipkit/NAME.sock": "Where vrrp run answers; see vipkit-vrrp-status(8)." },
  seeAlso: ["vipkit-vrrp-run(8)", "vipkit-vrrp-status(8)"],
  async run({ name, json, timeout }, { ports, stdout }) {
    if (timeout !== undefined && (timeout < 10 || timeout > 600_000)) {
      throw new UsageError(`--timeout ${formatDurationMs(timeout)} is not within 10ms to 10m`);
    }
    const before = (await askStatus(name, ports)).state; // also: whether it answers at all
    const handsOver = before === "master";
    const { state, to, took_ms } = await askFailover(name, timeout, ports);
    const done = handsOver && state === "backup";
    const took = formatDurationMs(took_ms);
    if (json) stdout(JSON.stringify({ instance: name, before, state, to, took_ms }));
    else if (done) stdout(printable(`handed over to ${to} in ${took}`));
    else if (handsOver) stdout(`nobody took over in ${took}: ${state.toUpperCase()}`);
    else stdout(`nothing to hand over: ${before.toUpperCase()}`);
    return done ? ExitCode.ok : ExitCode.negative;
  },
});
