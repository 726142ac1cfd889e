/** `vip list`: the addresses of this host, and which of them vipkit added. */
import { listVips } from "../../app/vip-list.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { familyOptions, interfaceFilter, jsonOption, wantedFamily } from "../options.ts";
import { addressColumns, addressRecord } from "./address-text.ts";

export const vipList = defineCommand({
  name: "vip list",
  summary: "List the addresses of this host and mark the virtual ones",
  description: [
    "One line for each address: interface, address, scope, notes. The note vipkit marks addresses that vip add or vrrp run put there; Linux before 5.18 keeps no such mark.",
    "In JSON a lifetime that does not end is null.",
  ],
  options: { ...interfaceFilter, ...familyOptions, ...jsonOption },
  examples: [
    ["vip list", "All addresses"],
    ["vip list -I eth0 -4", "The IPv4 addresses of one interface"],
  ],
  seeAlso: ["ip-address(8)", "vipkit-vip-show(8)"],
  async run(args, ctx) {
    const of = { ifName: args.interface, family: wantedFamily(args) };
    const addresses = listVips(of, ctx.ports);
    if (args.json) ctx.stdout(JSON.stringify({ addresses: addresses.map(addressRecord) }));
    else for (const row of aligned(addresses.map(addressColumns))) ctx.stdout(row);
    return ExitCode.ok;
  },
});

function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
