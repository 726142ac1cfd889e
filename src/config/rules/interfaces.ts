/** Interfaces that the configuration names, and those that the host has. */
import { didYouMean } from "../../core/closest.ts";
import { NO_MULTICAST, NO_SUCH_INTERFACE } from "../codes/host.ts";
import { type InForce, isSaid, spanOf } from "../effective/in-force.ts";
import type { EffectiveInstance } from "../effective/instance.ts";
import { finding } from "../finding.ts";
import type { Span } from "../place.ts";
import type { Facts } from "./facts.ts";

/** Each name is told of where it stands first. */
export function findMissingInterfaces({ vrrp, host, report }: Facts): void {
  if (host === null) return;
  const mayCome = isSaid(vrrp.globals.dynamic_interfaces);
  const told = new Set<string>();
  for (const instance of vrrp.instances) {
    for (const { name, span } of mayCome ? [] : namedBy(instance)) {
      if (host.interfaces.has(name) || told.has(name)) continue;
      told.add(name);
      const message = () =>
        `the host has no interface ${name}${didYouMean(name, host.interfaces.keys())}`;
      report(finding(NO_SUCH_INTERFACE, span, message));
    }
    const { interface: own, unicast_peer: peers, name } = instance;
    const link = host.interfaces.get(own.value ?? "");
    if (link === undefined || link.hasMulticast || peers.length > 0) continue;
    const message = `${own.value} cannot multicast, and vrrp_instance ${name} has no unicast_peer`;
    report(finding(NO_MULTICAST, spanOf(own.origin) ?? instance.span, message));
  }
}

function namedBy(instance: EffectiveInstance): { name: string; span: Span }[] {
  const own: InForce<string | null> = instance.interface;
  const trackers = instance.trackers.filter(({ kind }) => kind === "interface");
  return [
    { name: own.value, span: spanOf(own.origin) },
    ...trackers.map(({ name, span }) => ({ name, span })),
  ].flatMap(({ name, span }) => (name === null || span === null ? [] : [{ name, span }]));
}
