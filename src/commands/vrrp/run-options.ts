/** The options of `vrrp run`, and the virtual router that they describe. */
import {
  addressCaveat,
  instanceProblems,
  leaseFor,
  USUAL,
  USUAL_SOCKETS,
  type VrrpInstance,
  virtualAddress,
} from "../../app/vrrp/instance.ts";
import { familyOf } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { quoted } from "../../core/printable.ts";
import type { Ports } from "../../io/ports.ts";
import { ipAddress } from "../address-options.ts";
import { type ArgsOf, choice, duration, flag, integer, text, value } from "../option.ts";
import { interfaceOption, jsonOption } from "../options.ts";
import { acceptOf, acceptOptions } from "./accept-options.ts";
import { authOf, authOptions } from "./auth-options.ts";
import { electionOf, electionOptions, strictProblems } from "./election-options.ts";
import { hookOptions } from "./hook-options.ts";
import { instanceName } from "./instance-name.ts";
import { leaseOptions } from "./lease-options.ts";
import { lossOptions, lossPolicyOf } from "./loss-options.ts";
import { reachOf, reachOptions } from "./reach-options.ts";
import { routeOptions, routingOf } from "./route-options.ts";
import { verifyOf, verifyOptions } from "./verify-options.ts";
import { vipOptions } from "./vip-options.ts";
import { vmacOf, vmacOptions } from "./vmac-options.ts";

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
  ...reachOptions,
  ...authOptions,
  ...leaseOptions,
  ...acceptOptions,
  ...routeOptions,
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
  ...hookOptions,
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

/** @throws UsageError naming what cannot be meant; SystemError where a file cannot be read */
export function instanceOf(args: RunArgs, ports: Ports): VrrpInstance {
  const { interface: ifName, vrid, priority, interval, source, lease } = args;
  if (new TextEncoder().encode(ifName).length > NAME_BYTES) {
    throw new UsageError(`--interface ${quoted(ifName)} has more than ${NAME_BYTES} bytes`);
  }
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
    tracksLink: true,
    extraGarpOn: [],
    comparesAlways: true,
    sockets: USUAL_SOCKETS,
    routing: routingOf(args, family),
    config: {
      ...USUAL,
      version,
      vrid,
      priority,
      adverIntervalMs: interval,
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

const NAME_BYTES = 15; // IFNAMSIZ of linux/if.h, without its end
