/** `ipvs drain`: takes a real server out without cutting off the connections that it has. */
import { drainServer } from "../../app/ipvs/drain.ts";
import { UsageError } from "../../core/errors.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { duration, flag, value } from "../option.ts";
import { jsonOption } from "../options.ts";
import { type DrainOutput, drainRecords, drainText } from "./drain-output.ts";
import { wantedServer, wantedServices } from "./wanted-options.ts";

export const ipvsDrain = defineCommand({
  name: "ipvs drain",
  summary: "Take a real server out when its connections are over",
  description: [
    "Sets the weight of the server to 0, so that it gets no new connections, shows how many it has left, and removes it from its services when there are none. A server that is named without a port is drained with all its ports; it is removed everywhere at once, when nothing is left anywhere.",
    "Interrupted, it gives the server back the weight that it had. When --timeout is over and connections are left, the server stays at weight 0 and is not removed, but with --force.",
    "Active connections are open ones; inactive ones are being closed, or are of UDP. A persistent template leads all connections of a client to the server that had its first one, also at weight 0, for as long as the persistence timeout of the service after its last connection. With sysctl net.ipv4.vs.expire_quiescent_template=1 it does so no more, and templates are not waited for.",
    "A destination that another process removes meanwhile, or gives a weight, is told and left as it is. A running `ha up` or keepalived sets its servers as their checks say, and may add one again.",
    "--json prints a line for each change: event (begin, counts, let_go, end), server, service, weight (that it had before), active, inactive, persistent (all null where it has gone), persistence_timeout_s, reason (gone or weighted, else null), outcome (drained, forced, timed_out, interrupted, lost, else null).",
  ],
  positionals: {
    server: value(
      { value: "ADDR[:PORT]", required: true, describe: "Real server to drain" },
      wantedServer,
    ),
  },
  options: {
    ...jsonOption,
    service: value(
      {
        value: "SERVICE",
        describe:
          "Only in this service: ADDR:PORT, tcp/ADDR:PORT, fwmark/N or 'fwmark N inet6'; in all if not given",
      },
      wantedServices,
    ),
    timeout: duration({
      short: "t",
      default: "10m",
      describe: "How long connections are waited for, up to 7d",
    }),
    force: flag({ describe: "Remove it when the time is over, whatever connections are left" }),
  },
  examples: [
    ["ipvs drain 10.0.0.5:80", "Wait up to ten minutes for its connections, then remove it"],
    ["ipvs drain 10.0.0.5 -t 1h --force", "All its ports, after an hour in any case"],
    ["ipvs drain [2001:db8::5]:443 --service tcp/[2001:db8::1]:443 -j", "In one service, as JSON"],
  ],
  exitStatus: {
    0: "It was drained and removed, or removed by force.",
    1: "Connections were left when the time was over, or another process changed or removed it.",
    2: "Could not begin: no such server or service, no permission, no IPVS.",
  },
  files: {
    "/proc/sys/net/ipv4/vs/expire_quiescent_template":
      "1: templates of persistence end at weight 0.",
  },
  seeAlso: ["ipvsadm(8)"],
  async run({ server, service, timeout: timeoutMs, force, json }, ctx) {
    if (timeoutMs < 1 || timeoutMs > MOST_MS)
      throw new UsageError("--timeout is not within 1ms..7d");
    const request = { server, isMeant: service ?? (() => true), timeoutMs, force };
    const output = json ? drainRecords(ctx) : drainText(ctx);
    let isWhole = true;
    const onLetGo: DrainOutput["onLetGo"] = (target, why) => {
      isWhole = false;
      output.onLetGo(target, why);
    };
    const outcome = await drainServer(request, ctx.ports, { ...output, onLetGo }, ctx.signal);
    output.onEnd(outcome);
    if (outcome === "interrupted") ctx.signal.throwIfAborted();
    const isDone = outcome === "drained" || outcome === "forced";
    return isDone && isWhole ? ExitCode.ok : ExitCode.negative;
  },
});

const MOST_MS = 7 * 86_400_000;
