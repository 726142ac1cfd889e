/** `vip list`: the addresses of this host, and which of them vipkit added. */
import { listVips } from "../../app/vip-list.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { familyOptions, interfaceFilter, jsonOption, wantedFamily } from "../options.ts";
import { addressRecord, addressRows } from "./address-text.ts";

export const vipList = defineCommand({
  name: "vip list",
  summary: "List the addresses of this host and mark the virtual ones",
  description: [
    "One line for each address: interface, address, scope, notes. The note vipkit marks addresses that vip add or vrrp run put there; Linux before 5.18 keeps no such mark.",
    "--json prints one object: addresses, each with interface, address, prefix_length, scope, label (null for IPv6), flags, by_vipkit, valid_s and preferred_s (lifetimes in seconds, null without end).",
  ],
  options: { ...interfaceFilter, ...familyOptions, ...jsonOption },
  examples: [
    ["vip list", "All addresses"],
    ["vip list -I eth0 -4", "The IPv4 addresses of one interface"],
    ["vip list --netns blue --json", "Those of another network namespace, as JSON"],
  ],
  seeAlso: ["ip-address(8)", "vipkit-vip-show(8)"],
  async run(args, ctx) {
    const of = { ifName: args.interface, family: wantedFamily(args) };
    const addresses = listVips(of, ctx.ports);
    if (args.json) ctx.stdout(JSON.stringify({ addresses: addresses.map(addressRecord) }));
    else for (const row of await addressRows(addresses, ctx.columns)) ctx.stdout(row);
    return ExitCode.ok;
  },
});
