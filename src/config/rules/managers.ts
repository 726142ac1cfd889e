/** Daemons of the host that take away what keepalived sets: addresses, routes, rules. */
import { formatIp } from "../../core/addr.ts";
import { ADDRESS_DROPPED, ADDRESS_OF_NETWORK_MANAGER, ROUTES_DROPPED } from "../codes/host.ts";
import { type InForce, spanOf } from "../effective/in-force.ts";
import type { EffectiveInstance } from "../effective/instance.ts";
import { finding } from "../finding.ts";
import type { AddressManager, Host } from "../host.ts";
import type { Facts } from "./facts.ts";

/** Each interface is told of at the first address on it. */
export function findDroppedAddresses({ vrrp, host, report }: Facts): void {
  const told = new Set<string>();
  for (const instance of host === null ? [] : vrrp.instances) {
    // An interface of keepalived's own has no file and no profile.
    const own = instance.use_vmac.value === null ? null : instance.interface.value;
    for (const { value, origin } of [
      ...instance.virtual_ipaddress,
      ...instance.virtual_ipaddress_excluded,
    ]) {
      const dev = value.options.dev.value;
      const manager = host?.interfaces.get(dev ?? "")?.manager ?? null;
      if (dev === null || dev === own || manager === null || manager.keepsAddresses) continue;
      if (told.has(dev)) continue;
      told.add(dev);
      const kind =
        manager.daemon === "NetworkManager" ? ADDRESS_OF_NETWORK_MANAGER : ADDRESS_DROPPED;
      const message = `${manager.daemon} has ${dev} in hand, and may take ${formatIp(value.address.ip)} away`;
      const help = remedyOf(manager, dev);
      report(finding(kind, spanOf(origin) ?? instance.span, message, { help }));
    }
  }
}

function remedyOf({ file }: AddressManager, dev: string): string {
  if (file === null) {
    return `while keepalived runs do not reapply the profile of ${dev}, or write [keyfile] unmanaged-devices=interface-name:${dev} into /etc/NetworkManager/conf.d/keepalived.conf and set its own addresses otherwise`;
  }
  const name = file.slice(file.lastIndexOf("/") + 1);
  return `write [Network] KeepConfiguration=static into /etc/systemd/network/${name}.d/keepalived.conf`;
}

/** It takes away foreign routes and rules wherever it has a link in hand. */
export function findDroppedRoutes({ vrrp, host, report }: Facts): void {
  if (host === null || host.networkd === null || !hasLinkOf(host)) return;
  const { dropsRoutes, dropsRules } = host.networkd;
  if (dropsRoutes) tell(({ virtual_routes }) => virtual_routes, "routes", "ManageForeignRoutes");
  if (dropsRules) {
    tell(({ virtual_rules }) => virtual_rules, "rules", "ManageForeignRoutingPolicyRules");
  }

  function tell(
    listOf: (instance: EffectiveInstance) => readonly InForce<unknown>[],
    what: string,
    key: string,
  ): void {
    const instance = vrrp.instances.find((one) => listOf(one).length > 0);
    const [first] = instance === undefined ? [] : listOf(instance);
    if (instance === undefined || first === undefined) return;
    const message = `systemd-networkd runs, and may take the ${what} of vrrp_instance ${instance.name} away`;
    const help = `write [Network] ${key}=no into /etc/systemd/networkd.conf.d/keepalived.conf`;
    report(finding(ROUTES_DROPPED, spanOf(first.origin) ?? instance.span, message, { help }));
  }
}

const hasLinkOf = ({ interfaces }: Host): boolean =>
  [...interfaces.values()].some(({ manager }) => manager?.daemon === "systemd-networkd");
