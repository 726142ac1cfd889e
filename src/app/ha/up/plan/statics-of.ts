/** From static_ipaddress, static_routes, static_rules and promote_secondaries to what the host has all the time. */
import type { EffectiveVrrp } from "../../../../config/effective/configuration.ts";
import type { AddressEntry } from "../../../../config/entries/address.ts";
import type { Setting } from "../../../../config/keyword.ts";
import type { Configuration } from "../../../../config/tables/root.ts";
import { formatCidr } from "../../../../core/addr.ts";
import { usualScope, type VirtualAddress } from "../../../../proto/vrrp/virtual-address.ts";
import { extrasOf } from "./address-of.ts";
import type { PlannedStatics } from "./plan.ts";
import { type Note, routingOf } from "./routing-of.ts";

export function staticsOf(
  { static_ipaddress, static_routes, static_rules }: Configuration,
  { globals, instances }: Pick<EffectiveVrrp, "globals" | "instances">,
  note: Note,
): PlannedStatics {
  const usual = globals.default_interface.value ?? "eth0";
  const promoting = instances.flatMap(({ promote_secondaries: said, interface: { value } }) =>
    said.value === null || value === null ? [] : [value],
  );
  const noteStatic: Note = (text) => note(`static: ${text}`);
  return {
    addresses: entriesOf(static_ipaddress).map((one) => addressOf(one, usual, noteStatic)),
    routing: routingOf(entriesOf(static_routes), entriesOf(static_rules), noteStatic),
    promoting: [...new Set(promoting)],
  };
}

const entriesOf = <Entry>(lists: readonly Setting<readonly Setting<Entry>[]>[]): readonly Entry[] =>
  lists.flatMap(({ value }) => value.map((one) => one.value));

function addressOf({ address, options }: AddressEntry, usual: string, note: Note): VirtualAddress {
  if ("track_group" in options && options.track_group !== null) {
    note(`track_group of ${formatCidr(address)} is not supported: the address is put back`);
  }
  return {
    ...address,
    ifName: options.dev?.value ?? usual,
    label: options.label?.value ?? null,
    scope: options.scope?.value ?? usualScope(address.ip),
    metric: 0,
    tracked: false,
    extras: extrasOf(address, options),
  };
}
