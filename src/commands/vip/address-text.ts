/** An address of this host as `vip list` and `vip show` print it. */
import type { HostAddress } from "../../app/vip-list.ts";
import { formatCidr, formatIp } from "../../core/addr.ts";
import { scopeName } from "../../core/netlink/rtnl.ts";
import { ADDRESS_FLAGS, FOREVER } from "../../core/netlink/rtnl-address.ts";
import { formatRows } from "../table.ts";

/** Lines to print: interface, address, scope, and what is notable. */
export const addressRows = async (
  addresses: readonly HostAddress[],
  terminal: number | undefined,
): Promise<string[]> =>
  await formatRows(["INTERFACE", "ADDRESS", "SCOPE", "NOTES"], addresses.map(cells), terminal);

function cells(address: HostAddress): string[] {
  const { ifName, label, byVipkit } = address;
  const notes = [
    ...(byVipkit ? ["vipkit"] : []),
    ...flagNames(address).map((flag) => (flag === "dadfailed" ? DUPLICATE : flag)),
    ...(label !== null && label !== ifName ? [`label ${label}`] : []),
  ];
  return [ifName, formatCidr(address), scopeName(address.scope), notes.join(", ")];
}

export const addressRecord = (address: HostAddress) => ({
  interface: address.ifName,
  address: formatIp(address.ip),
  prefix_length: address.prefixLength,
  scope: scopeName(address.scope),
  label: address.label,
  flags: flagNames(address),
  by_vipkit: address.byVipkit,
  valid_s: finite(address.validLftS),
  preferred_s: finite(address.preferredLftS),
});

/** As iproute2 spells them; `permanent` says no more than the lifetimes do. */
const flagNames = ({ flags }: HostAddress): string[] =>
  Object.entries(ADDRESS_FLAGS)
    .filter(([name, bit]) => (flags & bit) !== 0 && name !== "permanent")
    .map(([name]) => name.toLowerCase());

const DUPLICATE = "dadfailed: another host has it";

const finite = (seconds: number): number | null => (seconds === FOREVER ? null : seconds);
