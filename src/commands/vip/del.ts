/** `vip del`: takes virtual addresses off an interface (ip-address(8)). */
import { deleteVips, type UnwantedVip, type VipDelOutcome } from "../../app/vip-del.ts";
import { formatCidr, formatIp } from "../../core/addr.ts";
import { cidrAddress } from "../address-options.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { list } from "../option.ts";
import { interfaceOption, jsonOption, quietOption } from "../options.ts";

export const vipDel = defineCommand({
  name: "vip del",
  summary: "Take virtual addresses off an interface",
  description: [
    "Removes addresses. One that is not there is a success. Of several addresses all are removed, or none. Without a length the address is removed whatever its length.",
    "With the first IPv4 address of a prefix the kernel may delete the others of that prefix: these are put back.",
    "--json prints one object: interface; addresses, each with address, prefix_length (null for one that is absent and was asked for without a length) and result (removed or absent). An address that stood there with two lengths is told twice.",
  ],
  positionals: {
    address: list({ value: "ADDR[/LEN]", required: true, describe: "Address to remove" }, unwanted),
  },
  options: { ...interfaceOption, ...jsonOption, ...quietOption },
  examples: [
    ["vip del 192.0.2.10 -I eth0", "Remove 192.0.2.10, whatever its length"],
    ["vip del 192.0.2.10/24 2001:db8::10 dev eth0", "Both or none"],
    ["vip del -q 192.0.2.10 -I eth0", "For scripts: 0 when it is gone, 2 when that cannot be had"],
  ],
  exitStatus: { 0: "None of the addresses is there." },
  seeAlso: ["ip-address(8)", "vipkit-vip-add(8)"],
  async run({ interface: ifName, address: vips, json, quiet }, ctx) {
    const outcomes = deleteVips({ ifName, vips }, ctx.ports);
    if (quiet) return ExitCode.ok;
    if (json) ctx.stdout(JSON.stringify(record(outcomes, ifName)));
    else for (const outcome of outcomes) ctx.stdout(line(outcome, ifName));
    return ExitCode.ok;
  },
});

function unwanted(text: string): UnwantedVip {
  const { ip, prefixLength } = cidrAddress(text);
  return { ip, prefixLength: text.includes("/") ? prefixLength : undefined };
}

function line({ asked, removed }: VipDelOutcome, ifName: string): string {
  if (removed.length === 0) return `${describe(asked)}: was not on ${ifName}`;
  return `${removed.map(formatCidr).join(", ")}: removed from ${ifName}`;
}

const describe = ({ ip, prefixLength }: UnwantedVip): string =>
  prefixLength === undefined ? formatIp(ip) : formatCidr({ ip, prefixLength });

const addressRecord = ({ ip, prefixLength }: UnwantedVip, result: "absent" | "removed") => ({
  address: formatIp(ip),
  prefix_length: prefixLength ?? null,
  result,
});

const record = (outcomes: readonly VipDelOutcome[], ifName: string) => ({
  interface: ifName,
  addresses: outcomes.flatMap(({ asked, removed }) =>
    removed.length === 0
      ? [addressRecord(asked, "absent")]
      : removed.map((cidr) => addressRecord(cidr, "removed")),
  ),
});
