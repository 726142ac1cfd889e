/** From what is in force of a keepalived.conf to a node of a simulated cluster. */

import type { EffectiveVrrp } from "../../../config/effective/configuration.ts";
import type { EffectiveInstance } from "../../../config/effective/instance.ts";
import type { IpBytes } from "../../../core/addr.ts";
import {
  configOf,
  isOwnInterface,
  reachOf,
  scriptSettings,
  takingPart,
  trackerOf,
} from "../router-settings.ts";
import type { SimulatedInstance, SimulatedNode } from "./cluster.ts";

/** What of an instance other nodes have a say in. */
export type Surroundings = Pick<SimulatedInstance, "lan" | "source">;

/** @param surroundingsOf asked for each instance that takes part */
export function nodeOf(
  name: string,
  vrrp: EffectiveVrrp,
  surroundingsOf: (instance: EffectiveInstance) => Surroundings,
): SimulatedNode {
  const { definitions, groups, globals } = vrrp;
  const startupDelayMs = globals.vrrp_startup_delay.value ?? 0;
  const instances = takingPart(vrrp).map((one) => ({
    ...instanceOf(one, startupDelayMs),
    ...surroundingsOf(one),
  }));
  const usable = <D extends { readonly isUsable: boolean }>(all: ReadonlyMap<string, D>): D[] =>
    [...all.values()].filter(({ isUsable }) => isUsable);
  return {
    name,
    instances,
    scripts: usable(definitions.script).map((one) => ({ ...scriptSettings(one), takesMs: 0 })),
    watched: [...usable(definitions.process), ...usable(definitions.bfd)].map((one) => one.name),
    files: usable(definitions.file).map((one) => ({
      name: one.name,
      value: one.values.init_file.value?.value ?? 0,
    })),
    // What a group forbids its members is gone from what they track.
    syncGroups: groups.map((group) => ({
      name: group.name,
      members: group.members.map(({ value }) => value),
      mayWeigh: true,
    })),
  };
}

function instanceOf(
  instance: EffectiveInstance,
  startupDelayMs: number,
): Omit<SimulatedInstance, keyof Surroundings> {
  const { name, authentication, trackers } = instance;
  const addresses = (list: EffectiveInstance["virtual_ipaddress"]): IpBytes[] =>
    list.map(({ value }) => value.address.ip);
  return {
    name,
    config: configOf(instance, startupDelayMs),
    ifName: instance.interface.value ?? NO_INTERFACE,
    reach: reachOf(instance),
    believesStrangers: !instance.check_unicast_src.value,
    authPass: authentication.value === null ? null : textOf(authentication.value.password),
    vips: addresses(instance.virtual_ipaddress),
    excludedVips: addresses(instance.virtual_ipaddress_excluded),
    trackers: trackers.filter((one) => !isOwnInterface(one)).map(trackerOf),
    tracksOwnLink: trackers.some(isOwnInterface),
  };
}

/** As ASCII: it is compared with others alone, and must not grow over its eight bytes. */
const textOf = (password: Uint8Array): string =>
  String.fromCharCode(...password.map((byte) => byte & 0x7f));

/** Unicast adverts may leave where the routes lead. */
const NO_INTERFACE = "none";
