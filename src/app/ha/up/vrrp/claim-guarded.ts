/** What a router has for itself from before its first address comes until its last one is gone. */
import type { Closable, Ports } from "../../../../io/ports.ts";
import { guardAddresses } from "../../../vrrp/accept-guard.ts";
import { claim } from "../../../vrrp/admission.ts";
import type { VrrpInstance } from "../../../vrrp/instance.ts";

/** Its VRID and addresses are ours alone, and guarded. @throws SystemError, with nothing left open */
export function claimGuarded(instance: VrrpInstance, ports: Ports): Closable {
  const claimed = claim(instance, ports);
  try {
    const guard = guardAddresses(instance, ports);
    return {
      close: () => {
        guard.close();
        claimed.close();
      },
    };
  } catch (error) {
    claimed.close();
    throw error;
  }
}
