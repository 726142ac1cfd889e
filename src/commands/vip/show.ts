/** `vip show`: whether this host has an address. */
import { isDuplicate, listVips } from "../../app/vip-list.ts";
import { formatCidr, formatIp, sameIp } from "../../core/addr.ts";
import { cidrAddress } from "../address-options.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { value } from "../option.ts";
import { interfaceFilter, jsonOption, quietOption } from "../options.ts";
import { addressRecord, addressRows } from "./address-text.ts";

export const vipShow = defineCommand({
  name: "vip show",
  summary: "Say whether this host has an address",
  description: [
    "Answers by its exit status too. Without a length any length will do. An IPv6 address that the kernel has put out of use, since another host has it, is shown with the note dadfailed and is not here.",
    "--json prints one object: present, true or false; addresses, those found, each as vip list prints it.",
  ],
  positionals: {
    address: value(
      { value: "ADDR[/LEN]", required: true, describe: "Address to look for" },
      (text) => ({ cidr: cidrAddress(text), anyLength: !text.includes("/") }),
    ),
  },
  options: { ...interfaceFilter, ...jsonOption, ...quietOption },
  examples: [
    ["vip show 192.0.2.10", "Where it is, if it is here"],
    ["vip show -q 192.0.2.10 -I eth0", "Only the exit status, for scripts"],
    ["vip show 2001:db8::10 --json", "With all that the kernel says of it"],
  ],
  exitStatus: { 0: "The address is here.", 1: "It is not." },
  seeAlso: ["vipkit-vip-list(8)"],
  async run({ address: { cidr, anyLength }, interface: ifName, json, quiet }, ctx) {
    const found = listVips({ ifName }, ctx.ports)
      .filter(({ ip }) => sameIp(ip, cidr.ip))
      .filter(({ prefixLength }) => anyLength || prefixLength === cidr.prefixLength);
    const present = found.some((address) => !isDuplicate(address));
    const exitCode = present ? ExitCode.ok : ExitCode.negative;
    if (quiet) return exitCode;
    const asked = anyLength ? formatIp(cidr.ip) : formatCidr(cidr);
    if (json) ctx.stdout(JSON.stringify({ present, addresses: found.map(addressRecord) }));
    else if (found.length === 0) ctx.stdout(`${asked}: not on ${ifName ?? "this host"}`);
    else for (const row of await addressRows(found, ctx.columns)) ctx.stdout(row);
    return exitCode;
  },
});
