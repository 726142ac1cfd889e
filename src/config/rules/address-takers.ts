/** Programs of the host that would take virtual addresses from their interface. */
import { formatIp } from "../../core/addr.ts";
import { ADDRESS_TAKER } from "../codes/host.ts";
import { spanOf } from "../effective/in-force.ts";
import { finding } from "../finding.ts";
import { addressesOf } from "./addresses.ts";
import type { Facts } from "./facts.ts";

/** On an interface that keepalived makes itself nothing else sets addresses. */
export function findAddressTakers({ vrrp, host, report }: Facts): void {
  const told = new Set<string>();
  for (const instance of host === null ? [] : vrrp.instances) {
    if (instance.use_vmac.value !== null || instance.use_ipvlan.value !== null) continue;
    for (const { value, origin } of addressesOf(instance)) {
      const link = value.options.dev.value;
      if (link === null || told.has(link) || !host?.interfaces.has(link)) continue;
      told.add(link);
      for (const { program, remedy } of host.takersOn(link)) {
        const message = `${program} runs here, and may take ${formatIp(value.address.ip)} from ${link}`;
        const span = spanOf(origin) ?? instance.span;
        report(finding(ADDRESS_TAKER, span, message, { help: remedy }));
      }
    }
  }
}
