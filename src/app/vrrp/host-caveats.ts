/** What of this host does not fit the virtual router well, although it works: a sentence for each. */
import { type Cidr, formatIp, hasInPrefix, isLinkLocalIp6, sameIp } from "../../core/addr.ts";
import { heldVips, isOwner, type VrrpInstance } from "./instance.ts";
import { assessFor, type InterfaceState, NO_INTERFACE } from "./interface-watch.ts";

export const hostCaveats = (
  instance: VrrpInstance,
  states: ReadonlyMap<string, InterfaceState>,
): string[] => [...sourceCaveats(instance, states), ...verifyCaveats(instance, states)];

function sourceCaveats(
  instance: VrrpInstance,
  states: ReadonlyMap<string, InterfaceState>,
): string[] {
  const { source } = assessFor(instance, states);
  const isVirtual = source !== null && heldVips(instance).some(({ ip }) => sameIp(ip, source));
  if (!isOwner(instance) || !isVirtual) return [];
  return [
    `adverts leave from ${formatIp(source)}, and a peer that holds it does not hear them: give ${instance.ifName} a second address, or --source`,
  ];
}

function verifyCaveats(
  instance: VrrpInstance,
  states: ReadonlyMap<string, InterfaceState>,
): string[] {
  const { ifName, verify } = instance;
  const lans: readonly Cidr[] = [
    ...(states.get(ifName) ?? NO_INTERFACE).addresses,
    ...heldVips(instance).filter(
      (vip) => vip.ifName === ifName || vip.ifName === instance.vmac?.ifName,
    ),
  ];
  return (verify ?? [])
    .filter((host) => !isLinkLocalIp6(host) && !lans.some((lan) => hasInPrefix(lan, host)))
    .map(
      (host) => `--verify ${formatIp(host)} is in no prefix of ${ifName}: it may not be on its LAN`,
    );
}
