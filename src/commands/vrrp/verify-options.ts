/** The options of `vrrp run` that say who is asked, after a takeover, where it sends what is for us. */
import type { VrrpInstance } from "../../app/vrrp/instance.ts";
import { type Family, familyOf, formatIp } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { ipAddress } from "../address-options.ts";
import { type ArgsOf, flag, list } from "../option.ts";

export const verifyOptions = {
  verify: list(
    {
      value: "HOST",
      describe: "After a takeover ask this host of the LAN too, beside the gateway; once for each",
    },
    ipAddress,
  ),
  "no-verify": flag({ describe: "Ask nobody after a takeover, not even the gateway" }),
};

/** @throws UsageError */
export function verifyOf(
  args: ArgsOf<typeof verifyOptions>,
  family: Family,
): VrrpInstance["verify"] {
  const hosts = args.verify;
  if (args["no-verify"]) {
    if (hosts.length === 0) return null;
    throw new UsageError("--verify and --no-verify clash: the one asks, the other asks nobody");
  }
  const other = hosts.find((host) => familyOf(host) !== family);
  if (other !== undefined) {
    const text = formatIp(other);
    throw new UsageError(`--verify ${text} and --vip clash: an IPv${family} address asks`);
  }
  if (hosts.length > MOST_HOSTS) {
    throw new UsageError(`--verify is given ${hosts.length} times: ${MOST_HOSTS} at most`);
  }
  return hosts;
}

const MOST_HOSTS = 16;
