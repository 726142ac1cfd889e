/**
 * Rests of a run that was killed and had other options than this one: addresses, routes and rules with
 * our mark that are not of this run. Somebody must look at them, for the mark is a number, and others may use it.
 */
import { type Family, formatCidr, formatIp, sameIp } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { NetlinkSocket, Ports } from "../../io/ports.ts";
import { listRoutes, listRules, ROUTER_ADDRESS_PROTOCOL, VIPKIT_ROUTE_PROTOCOL } from "../rtnl.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";
import type { InterfaceState } from "./interface-watch.ts";
import { type RoutingChange, routingEntries } from "./virtual-routing.ts";

type Outside = Pick<Ports, "claimName" | "control">;

/** A sentence for each, with what removes it; nothing is removed. @throws SystemError */
export async function strayRests(
  instance: VrrpInstance,
  states: ReadonlyMap<string, InterfaceState>,
  netlink: NetlinkSocket,
  ports: Outside,
): Promise<string[]> {
  const routing = strayRouting(instance, netlink);
  const found = [
    ...strayAddresses(instance, states, ports),
    ...(routing.length > 0 && (await isAlone(instance, ports)) ? routing : []),
  ];
  const sentences = found.slice(0, MOST_TOLD).map(([what, remedy]) => {
    return `${what} is marked as of a run (protocol ${VIPKIT_ROUTE_PROTOCOL}) and of none here: ${remedy}`;
  });
  const more = found.length - sentences.length;
  return more === 0 ? sentences : [...sentences, `${more} more with this mark are of no run here`];
}

/** What it is, and what removes it. */
type Stray = readonly [what: string, remedy: string];

function strayAddresses(
  instance: VrrpInstance,
  states: ReadonlyMap<string, InterfaceState>,
  ports: Outside,
): Stray[] {
  const vips = heldVips(instance);
  return [...states].flatMap(([ifName, { addresses }]) =>
    addresses.flatMap((address): Stray[] => {
      const isOurs = vips.some((vip) => vip.ifName === ifName && sameIp(vip.ip, address.ip));
      if (address.protocol !== ROUTER_ADDRESS_PROTOCOL || isOurs) return [];
      const claim = ports.claimName(`vip/${ifName}/${formatIp(address.ip)}`); // as in admission.ts
      if (claim === undefined) return []; // of a living run
      claim.close();
      const text = formatCidr(address);
      return [[`${text} on ${ifName}`, `vipkit vip del ${text} -I ${ifName}`]];
    }),
  );
}

/** Routes and rules are not claimed: where other runs are, they may be theirs. */
async function isAlone({ name }: VrrpInstance, { control }: Outside): Promise<boolean> {
  const isGone = (error: unknown): boolean =>
    error instanceof SystemError && error.code === "not-running";
  const others = control.names().filter((other) => other !== name);
  const asked = others.map((other) =>
    control.ask(other, STATUS, ANSWER_LIMIT_MS).then(() => false, isGone),
  );
  return (await Promise.all(asked)).every((gone) => gone);
}

function strayRouting({ routing }: VrrpInstance, netlink: NetlinkSocket): Stray[] {
  const entries = routingEntries(netlink, routing);
  const isOurs = (change: RoutingChange): boolean =>
    entries.some((entry) => entry.concerns(change));
  const protocol = VIPKIT_ROUTE_PROTOCOL;
  return FAMILIES.flatMap((family): Stray[] => [
    ...listRoutes(netlink, { family, protocol })
      .filter((route) => !isOurs({ kind: "route", gone: true, route }))
      .map(({ destination, table, metric }): Stray => {
        const key = `${formatCidr(destination)} table ${table}`;
        const which = `${key} metric ${metric} proto ${protocol}`;
        return [`route ${key}`, `ip -${family} route del ${which}`];
      }),
    ...listRules(netlink, family)
      .filter((rule) => rule.protocol === protocol && !isOurs({ kind: "rule", gone: true, rule }))
      .map(({ priority }): Stray => {
        const which = `priority ${priority} protocol ${protocol}`;
        return [`IPv${family} rule ${priority}`, `ip -${family} rule del ${which}`];
      }),
  ]);
}

const FAMILIES: readonly Family[] = [4, 6];
const MOST_TOLD = 8;
const STATUS = JSON.stringify({ request: "status" });
const ANSWER_LIMIT_MS = 200;
