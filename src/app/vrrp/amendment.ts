/** What a running virtual router needs to become another one. */
import { isSameValue } from "../../core/same-value.ts";
import { instanceKey, isOwner, type VrrpInstance } from "./instance.ts";

/**
 * `renewal`: nothing of what it stands on changes. `new-footing`: other sockets or addresses, and it goes
 * on. `restart`: it hands over, and another one begins.
 */
export type Amendment = "renewal" | "new-footing" | "restart";

export function amendmentOf(former: Amended, next: Amended): Amendment {
  if (instanceKey(former) !== instanceKey(next)) return "restart";
  const isOwned = isOwner(former) || isOwner(next);
  if (isOwned && !(isOwner(former) && isOwner(next))) return "restart";
  if (isSameValue(groundOf(former), groundOf(next))) return "renewal";
  // A VMAC has one link alone, and which addresses are an owner's own is known when it begins.
  return isOwned || former.vmac !== null || next.vmac !== null ? "restart" : "new-footing";
}

/** Before or after its keys were read. */
type Amended = Omit<VrrpInstance, "hmac"> & { readonly hmac: object | null };

/** All that sockets and addresses are made of. */
const groundOf = ({ config, ...instance }: Amended) => ({
  ...instance,
  name: null,
  authPass: null,
  hmac: instance.hmac !== null, // other keys are none of it
  verify: null,
  comparesAlways: null,
  extraGarpOn: null,
  accept: null,
  config: {
    version: config.version,
    leaseS: config.leaseS,
    adverIntervalMs: config.adverIntervalMs,
  },
});
