/** Addresses of virtual servers that no instance brings to the host. */
import { formatIp, type IpBytes } from "../../core/addr.ts";
import { FAMILY_BY_SERVER, UNHELD_SERVICE } from "../codes/balancing.ts";
import { finding } from "../finding.ts";
import { addressesOf, addressesOfHost } from "./addresses.ts";
import type { AllFacts } from "./facts.ts";

/** Without an instance something else moves the addresses. */
export function findUnheldAddresses({ lvs, vrrp, conf, host, report }: AllFacts): void {
  const all: readonly IpBytes[] = [
    ...vrrp.instances.flatMap(addressesOf).map(({ value }) => value.address.ip),
    ...conf.static_ipaddress.flatMap(({ value }) => value.map((one) => one.value.address.ip)),
    ...addressesOfHost(host),
  ];
  const held = new Set(all.map(formatIp));
  for (const { service, name, span } of vrrp.instances.length === 0 ? [] : lvs.servers) {
    if (service.by !== "address" || held.has(formatIp(service.ip))) continue;
    const message = `no vrrp_instance has ${formatIp(service.ip)}, the address of virtual_server ${name}`;
    report(finding(UNHELD_SERVICE, span, message));
  }
}

export function findGuessedFamilies({ lvs, report }: AllFacts): void {
  for (const { service, family, ip_family, name, span } of lvs.servers) {
    if (service.by !== "fwmark" || ip_family.value !== null || family.value === null) continue;
    const message = `virtual_server ${name} is IPv${family.value}, as its first server is`;
    const help = `write ip_family ${family.value === 4 ? "inet" : "inet6"}`;
    report(finding(FAMILY_BY_SERVER, span, message, { help }));
  }
}
