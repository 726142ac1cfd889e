/** The options of `vrrp run` about the virtual MAC address. */
import { type Vmac, vmacFor } from "../../app/vrrp/vmac.ts";
import type { Family } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { type ArgsOf, flag, refuse, value } from "../option.ts";

export const vmacOptions = {
  vmac: value(
    {
      value: "[NAME]",
      bare: true,
      describe:
        "Hold the addresses on a macvlan with the virtual MAC address; vrrp.VRID or vrrp6.VRID if not named",
    },
    newInterfaceName,
  ),
  "vmac-xmit-base": flag({ describe: "Send adverts from the interface itself all the same" }),
};

type VmacArgs = ArgsOf<typeof vmacOptions> & {
  readonly interface: string;
  readonly vrid: number;
  readonly peer: readonly unknown[];
};

/** @returns null without --vmac. @throws UsageError */
export function vmacOf(args: VmacArgs, family: Family): Vmac | null {
  const { vmac: name, vrid, "vmac-xmit-base": onBase } = args;
  if (name === undefined) {
    if (onBase) throw new UsageError("--vmac-xmit-base needs --vmac");
    return null;
  }
  if (name === args.interface) {
    throw new UsageError(`--vmac ${name} and -I ${name} clash: the one stands on the other`);
  }
  const sendsAdverts = !onBase && args.peer.length === 0; // unicast has no use for the virtual MAC
  return vmacFor({ family, vrid, name: name || null, sendsAdverts });
}

/** As the kernel wants it; without one there is a usual one. */
function newInterfaceName(given: string): string {
  if (new TextEncoder().encode(given).length > NAME_BYTES) {
    refuse(`is longer than ${NAME_BYTES} bytes`);
  }
  if (/[\s/:]/.test(given) || given === "." || given === "..") refuse("is no name of an interface");
  return given;
}

const NAME_BYTES = 15; // IFNAMSIZ of linux/if.h, without its end
