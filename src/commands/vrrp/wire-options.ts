/** The options of `vrrp status` that are about the wire, and the question that they are. */
import type { WireQuestion } from "../../app/vrrp/wire-status.ts";
import { UsageError } from "../../core/errors.ts";
import { type ArgsOf, duration, flag, integer } from "../option.ts";
import { familyOptions, interfaceFilter, wantedFamily } from "../options.ts";

export const wireOptions = {
  wire: flag({ describe: "Ask no process: listen who is master on the LAN of --interface" }),
  ...interfaceFilter,
  vrid: integer({ min: 1, max: 255, describe: "Only this virtual router" }),
  ...familyOptions,
  for: duration({ describe: "Listen so long; otherwise one master-down time of what is heard" }),
};

type WireArgs = ArgsOf<typeof wireOptions> & { readonly name: string | undefined };

/** @returns undefined where a process is to be asked. @throws UsageError for what clashes */
export function wireQuestionOf(args: WireArgs): WireQuestion | undefined {
  const { wire, name, interface: ifName, vrid } = args;
  if (!wire) {
    const stray = STRAYS.find((option) => args[option] !== undefined && args[option] !== false);
    if (stray === undefined) return undefined;
    throw new UsageError(`--${stray} needs --wire: a process is asked by its NAME`);
  }
  if (name !== undefined)
    throw new UsageError(`${name} and --wire clash: who listens asks no process`);
  if (ifName === undefined) throw new UsageError("--wire needs --interface: where to listen");
  if (args.for === 0) throw new UsageError("--for 0s: nothing could be heard");
  return { ifName, vrid, family: wantedFamily(args), listenMs: args.for };
}

const STRAYS = ["interface", "vrid", "ipv4", "ipv6", "for"] as const;
