/** The options of `vrrp doctor`, and which of its two tasks they ask for. */
import type { DoctorQuestion } from "../../app/doctor/doctor.ts";
import type { ResponderQuestion } from "../../app/doctor/respond.ts";
import { familyOf } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { ipAddress } from "../address-options.ts";
import { type ArgsOf, duration, flag, integer, list, value } from "../option.ts";
import {
  familyOptions,
  interfaceOption,
  jsonOption,
  quietOption,
  wantedFamily,
} from "../options.ts";

export const doctorOptions = {
  ...interfaceOption,
  vrid: integer({ min: 1, max: 255, describe: "Only this virtual router" }),
  peer: value(
    { value: "ADDR", describe: "Test both ways with this host, where --respond runs" },
    ipAddress,
  ),
  vip: list(
    { value: "ADDR", describe: "Ask who has this address, not those that are advertised" },
    ipAddress,
  ),
  respond: flag({ describe: "Be the other end of a test with --peer" }),
  for: duration({ describe: "Listen so long (5s), or answer so long (5m)" }),
  ...familyOptions,
  ...jsonOption,
  ...quietOption,
  verbose: flag({ short: "v", describe: "Tell who was heard, and all settings" }),
};

type DoctorArgs = ArgsOf<typeof doctorOptions>;

/** @returns undefined where questions are to be answered. @throws UsageError for what clashes */
export function doctorQuestionOf(args: DoctorArgs): DoctorQuestion | undefined {
  const { interface: ifName, vrid = null, peer, vip: vips, respond } = args;
  if (args.for === 0) throw new UsageError("--for 0s: nothing could be heard");
  const family = wantedFamily(args);
  const stranger = [...vips, ...(peer === undefined ? [] : [peer])].find(
    (ip) => familyOf(ip) !== (family ?? familyOf(ip)),
  );
  if (stranger !== undefined) {
    const given = stranger === peer ? "--peer" : "--vip";
    throw new UsageError(`${given} is no IPv${family} address, as -${family} wants`);
  }
  if (!respond) return { ifName, vrid, family, peer, vips, listenMs: args.for ?? LISTEN_MS };
  if (peer !== undefined)
    throw new UsageError("--respond and --peer clash: one end of the test each");
  if (vips.length > 0) throw new UsageError("--respond and --vip clash: who answers asks nobody");
  return undefined;
}

export const responderQuestionOf = (args: DoctorArgs): ResponderQuestion => ({
  ifName: args.interface,
  vrid: args.vrid ?? null,
  family: wantedFamily(args),
  forMs: args.for ?? RESPOND_MS,
});

const LISTEN_MS = 5000;
const RESPOND_MS = 300_000;
