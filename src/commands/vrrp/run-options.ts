/** The options of `vrrp run`, and the virtual router that they describe. */
import type { VrrpHooks } from "../../app/vrrp/hooks.ts";
import {
  addressCaveat,
  groupReach,
  instanceProblems,
  type LeaseWish,
  leaseFor,
  type VrrpInstance,
  type VrrpReach,
  virtualAddress,
} from "../../app/vrrp/instance.ts";
import { type Family, familyOf } from "../../core/addr.ts";
import { parseDurationMs } from "../../core/duration.ts";
import { UsageError } from "../../core/errors.ts";
import { splitWords } from "../../core/words.ts";
import type { Ports } from "../../io/ports.ts";
import { anyAddress, ipAddress } from "../address-options.ts";
import {
  type ArgsOf,
  choice,
  duration,
  flag,
  integer,
  list,
  refuse,
  text,
  value,
} from "../option.ts";
import { interfaceOption, jsonOption } from "../options.ts";
import { acceptOf, acceptOptions } from "./accept-options.ts";
import { authOf, authOptions } from "./auth-options.ts";
import { electionOf, electionOptions, strictProblems } from "./election-options.ts";
import { instanceName } from "./instance-name.ts";
import { lossOptions, lossPolicyOf } from "./loss-options.ts";
import { peerAddress } from "./peer-option.ts";
import { routeOptions, routingOf } from "./route-options.ts";
import { verifyOf, verifyOptions } from "./verify-options.ts";
import { vipOptions } from "./vip-option.ts";
import { vmacOf, vmacOptions } from "./vmac-options.ts";

/** A command of the user's, started without a shell: quotes and backslashes are understood. */
const hook = (when: string) =>
  value({ value: "CMD", describe: `Run ${when}`, complete: "file" }, (given) => {
    const split = splitWords(given);
    if (!split.ok) return refuse(split.reason);
    return split.words[0] ? split.words : refuse("names no program");
  });

function parseLease(given: string): LeaseWish {
  if (given === "auto") return "auto";
  if (given === "off") return null;
  const parsed = parseDurationMs(given);
  if (!("ms" in parsed)) return refuse(`is neither auto nor off nor a duration: ${parsed.reason}`);
  return parsed.ms % 1000 === 0
    ? parsed.ms / 1000
    : refuse("is refused: the kernel counts lifetimes in whole seconds");
}

export const runOptions = {
  ...interfaceOption,
  vrid: integer({ min: 1, max: 255, required: true, describe: "Virtual router identifier" }),
  ...vipOptions,
  priority: integer({
    min: 1,
    max: 255,
    default: "100",
    describe: "Highest wins; 255 owns the addresses",
  }),
  version: choice(["2", "3"], { default: "3", describe: "VRRP version" }),
  interval: duration({ default: "1s", describe: "Time between adverts" }),
  ...vmacOptions,
  source: value({ value: "IP", describe: "Send adverts from this address" }, ipAddress),
  group: value(
    { value: "IP", describe: "Send adverts to this multicast group of the LAN" },
    anyAddress,
  ),
  peer: list(
    {
      value: "IP[,min-ttl=N][,max-ttl=N]",
      describe: "Send adverts to this router by unicast, and believe no other; once for each",
    },
    peerAddress,
  ),
  ...authOptions,
  lease: value(
    {
      value: "auto|off|DUR",
      default: "auto",
      describe: "Lifetime that the kernel gives held addresses, renewed with each advert",
    },
    parseLease,
  ),
  ...acceptOptions,
  ...routeOptions,
  nopreempt: flag({ describe: "Leave a master of lower priority in place" }),
  "preempt-delay": duration({
    default: "0s",
    describe: "Leave such a master in place for so long",
  }),
  ...electionOptions,
  ...lossOptions,
  "garp-repeat": integer({ min: 1, max: 100, default: "5", describe: "Announcements on takeover" }),
  "garp-delay": duration({ default: "5s", describe: "As many again after this time; 0s: not" }),
  "garp-refresh": duration({ default: "60s", describe: "One announcement each time; 0s: never" }),
  ...verifyOptions,
  name: value(
    {
      value: "NAME",
      describe: "Name to be asked by, for hooks and records; IF-VRID or IF-VRID-v6 if not given",
    },
    instanceName,
  ),
  "on-master": hook("when MASTER"),
  "on-backup": hook("when BACKUP"),
  "on-fault": hook("when FAULT"),
  "on-stop": hook("at the end"),
  "on-change": hook("at every transition"),
  "on-conflict": hook("when somebody else has the addresses too, and when not any more"),
  record: text({
    value: "DIR",
    complete: "file",
    describe: "Write what led to each transition there, as pcapng and NDJSON",
  }),
  "rt-priority": integer({
    min: 1,
    max: 99,
    describe: "Run before all programs without real-time priority (SCHED_RR)",
  }),
  force: flag({ describe: "Start although the VRID is used for other addresses" }),
  "dry-run": flag({ describe: "Say what would be opened, sent, changed and refused, and end" }),
  ...jsonOption,
  verbose: flag({ short: "v", describe: "Tell of rejected adverts too" }),
};

export type RunArgs = ArgsOf<typeof runOptions>;

/** @throws UsageError naming everything that cannot be meant; SystemError where a file cannot be read */
export function instanceOf(args: RunArgs, ports: Ports): VrrpInstance {
  const { interface: ifName, vrid, priority, interval, source, lease } = args;
  const version = args.version === "2" ? 2 : 3;
  const family = familyOf((args.vip[0] as (typeof args.vip)[number]).ip);
  const vmac = vmacOf(args, family);
  const vips = args.vip.map((wish) => virtualAddress(wish, { ifName, vmac }));
  const excludedVips = args["excluded-vip"].map((wish) => virtualAddress(wish, { ifName, vmac }));
  const instance: VrrpInstance = {
    name: args.name ?? `${ifName}-${vrid}${family === 6 ? "-v6" : ""}`,
    ifName,
    family,
    vips,
    excludedVips,
    vmac,
    source: source ?? null,
    reach: reachOf(args, family),
    ...authOf(args, interval, ports),
    accept: acceptOf(args),
    verify: verifyOf(args, family),
    routing: routingOf(args, family),
    config: {
      version,
      vrid,
      priority,
      adverIntervalMs: interval,
      preempt: !args.nopreempt,
      preemptDelayMs: args["preempt-delay"],
      ...electionOf(args),
      leaseS: leaseFor(lease, {
        version,
        adverIntervalMs: interval,
        downAdverts: args["down-adverts"],
      }),
      ...lossPolicyOf(args),
      garpRepeat: args["garp-repeat"],
      garpDelayMs: args["garp-delay"],
      garpRefreshMs: args["garp-refresh"],
    },
  };
  const caveat = args.strict ? addressCaveat(instance) : null;
  const problems = [
    ...strictProblems(args),
    ...(caveat === null ? [] : [`--strict: ${caveat}`]),
    ...instanceProblems(instance, null),
  ];
  if (problems.length > 0) throw new UsageError(problems.join("; "));
  return instance;
}

/** Without a peer the adverts go to a group, and never because peers were given and came to nothing. */
function reachOf({ peer: peers, group }: RunArgs, family: Family): VrrpReach {
  if (peers.length === 0) return groupReach(family, group);
  if (group === undefined) return { kind: "peers", peers };
  throw new UsageError("--peer and --group clash: adverts go by unicast or to a group");
}

export const hooksOf = (args: RunArgs): VrrpHooks => ({
  ...(args["on-master"] && { master: args["on-master"] }),
  ...(args["on-backup"] && { backup: args["on-backup"] }),
  ...(args["on-fault"] && { fault: args["on-fault"] }),
  ...(args["on-stop"] && { stop: args["on-stop"] }),
  ...(args["on-conflict"] && { conflict: args["on-conflict"] }),
  ...(args["on-change"] && { change: args["on-change"] }),
});
