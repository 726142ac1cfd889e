/** `vrrp status`: what running virtual routers of this host are and hear. */
import { askStatus, instanceNames } from "../../app/vrrp/ask.ts";
import type { VrrpStatusRecord } from "../../app/vrrp/status.ts";
import { listenToWire, type WireQuestion } from "../../app/vrrp/wire-status.ts";
import { SystemError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { value } from "../option.ts";
import { jsonOption, quietOption } from "../options.ts";
import { reportError } from "../report.ts";
import { instanceName } from "./instance-name.ts";
import { statusLines } from "./status-text.ts";
import { wireOptions, wireQuestionOf } from "./wire-options.ts";
import { wireLines } from "./wire-text.ts";

export const vrrpStatus = defineCommand({
  name: "vrrp status",
  summary: "Say which state a running router is in, and why",
  description: [
    "Asks the process of vrrp run itself, so that the answer is never stale: it carries the pid and the ages of all that it tells. Without NAME all routers of this host are asked.",
    'The process answers on the unix stream socket /run/vipkit/NAME.sock, which only its user can open. A request is one line, {"request":"status"}, with "history", "failover" (and timeout_ms), "priority" (and change: "150", "+10" or "-10"), "recording" or "watch" for other questions, at most 4096 characters; the answer is one line of JSON, with the key error where the request was refused, and the connection ends. The answer to watch is a status and then a line for each event, until the client leaves; that to recording is lines with pieces of a capture under the key pcapng, in base64, and one with lost_frames; that to failover comes when the hand-over has ended; who falls 64 KiB behind is cut off. At most 16 clients are served at a time; who sends no request within 5 s is cut off.',
    'With -j and NAME the record itself is printed, without NAME {"instances":[...]}. Keys that end in _ms are milliseconds. The keys are instance, interface, vrid, family (ipv4, ipv6), version, state (init, backup, master, fault), state_age_ms, priority and configured_priority, faults, retry_in_ms (until the fault addresses-taken or addresses-refused is over, else null); master (address, priority, advert_age_ms, here: whether it is this router; null where none is heard); vips (address, interface, advertised: whether it stands in the adverts, present); vmac (interface, mac, sends_adverts; null without); conflicts (kind, vip, source, mac, our_mac, age_ms, last_heard_age_ms, count) and verify (of those who were asked after the takeover), both empty but of a MASTER, with the words of vrrp run -j; peers (address, configured: named by --peer, priority, interval_ms, adverts, advert_age_ms, with null where it was never heard); counters; stalls (count, longest_ms, last_age_ms); hmac (mode, key_id that signs, key_ids that are believed, window_ms; null without keys); last_advert, link, late_ms, worst_late_ms and suspects as vrrp run -j has them, of now; pid, uptime_ms.',
    "The counters are adverts_sent, adverts_received (valid ones), adverts_rejected by reason, address_lists_differing, priority_zero_sent, priority_zero_received, announcements_sent (of each address), addresses_restored (each time that somebody else took one away and it was put back), became_master and released_master.",
    "With --wire no process is asked and nothing is sent but the joining of VRRP's groups, 224.0.0.18 and ff02::12, so that switches let their adverts through. It listens for one master-down time of the slowest master that it hears, at least 4s, and at most 3m; a master with a longer interval that was not heard until then needs --for. Two are masters at once where the stronger one is heard and the weaker one goes on; a stronger one that begins has taken over. Adverts by unicast are heard on the hosts that they go to alone. Adverts are taken as they are on the wire, before any firewall; keys and passwords are not checked. -j prints interface, listened_ms, adverts_rejected by reason, and instances with the keys above, null where only a process could know, master being the strongest and masters all of them, each with address, mac, priority, version, interval_ms, adverts, advert_age_ms and here; peers are those that were heard and are not master any more.",
  ],
  positionals: {
    name: value({ value: "NAME", describe: "Router to ask, as vrrp run calls it" }, instanceName),
  },
  options: { ...wireOptions, ...jsonOption, ...quietOption },
  examples: [
    ["vrrp status", "All routers of this host"],
    ["vrrp status -q eth0-51", "Whether this host is master, for scripts"],
    ["vrrp status --wire -I eth0 --vrid 51", "Who is master out there, without any daemon here"],
  ],
  exitStatus: {
    0: "Master: every router that was asked. With --wire: each virtual router that was heard has one master.",
    1: "Not master: at least one of them. With --wire: none was heard, or one has no master or more than one.",
    2: "Cannot tell: no such router runs here, or one does not answer. With --wire: could not listen.",
  },
  files: { "/run/vipkit/NAME.sock": "Where vrrp run answers, mode 0600." },
  seeAlso: [
    "vipkit-vrrp-run(8)",
    "vipkit-vrrp-history(8)",
    "vipkit-vrrp-priority(8)",
    "vipkit-vrrp-watch(8)",
  ],
  async run(args, ctx) {
    const { name, json, quiet } = args;
    const question = wireQuestionOf(args);
    if (question !== undefined) return await tellOfWire(question, args, ctx);
    const answers: VrrpStatusRecord[] = [];
    let silent = 0;
    for (const one of name === undefined ? instanceNames(ctx.ports) : [name]) {
      try {
        answers.push(await askStatus(one, ctx.ports));
      } catch (error) {
        if (name !== undefined || !(error instanceof SystemError)) throw error;
        silent += 1;
        ctx.stderr(reportError(error, "vipkit vrrp status", json).line);
      }
    }
    const record = name === undefined ? { instances: answers } : answers[0];
    if (json && !quiet) ctx.stdout(formatJson(record));
    else if (!quiet) for (const line of answers.flatMap(statusLines)) ctx.stdout(line);
    if (silent > 0) return ExitCode.unknown;
    return answers.every(({ state }) => state === "master") ? ExitCode.ok : ExitCode.negative;
  },
});

async function tellOfWire(
  question: WireQuestion,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
  ctx: Context,
): Promise<number> {
  const status = await listenToWire(question, ctx.ports, ctx.signal);
  if (json && !quiet) ctx.stdout(formatJson(status));
  else if (!quiet) for (const line of wireLines(status)) ctx.stdout(line);
  const { instances } = status;
  const sound = instances.length > 0 && instances.every(({ masters }) => masters.length === 1);
  return sound ? ExitCode.ok : ExitCode.negative;
}
