/** `vip add`: puts virtual addresses on an interface (ip-address(8)), after a look for duplicates. */
import { addVips, type VipOutcome } from "../../app/vip-add.ts";
import { type Cidr, familyOf, formatCidr, formatIp, isMappedIp4, sameIp } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { SCOPES } from "../../core/netlink/rtnl.ts";
import { cidrAddress } from "../address-options.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { choice, flag, list, name } from "../option.ts";
import { interfaceOption, jsonOption, quietOption } from "../options.ts";

export const vipAdd = defineCommand({
  name: "vip add",
  summary: "Put virtual addresses on an interface and announce them",
  description: [
    "Adds addresses after asking the segment whether somebody has them (ARP probes of RFC 5227, neighbour solicitations for IPv6), and announces them (gratuitous ARP, unsolicited neighbour advertisements). An address that is there already is a success, unless it has another label or scope than asked for, which the kernel cannot change. One that the kernel has put out of use, since another host had it, is tried anew. Of several addresses all are added, or none.",
    "Without a length an address stands alone: /32 or /128. An IPv6 address of /128 is no source of this host's own connections, as it may move away; --preferred makes it one.",
    "--dad says who looks for duplicates: probe asks before anything is added and takes 0.8 seconds; kernel adds first and leaves the question to the kernel, which asks it for IPv6 only; none asks nobody.",
    "--json prints one object: interface; addresses, each with address, prefix_length, result (added, present, changed, taken, or refused because another one is taken) and holder_mac (null unless heard); omitted, a sentence for each thing left out.",
  ],
  positionals: {
    address: list({ value: "ADDR[/LEN]", required: true, describe: "Address to add" }, cidrAddress),
  },
  options: {
    ...interfaceOption,
    label: name({ value: "LABEL", describe: "Label of IPv4 addresses, as eth0:vip" }),
    scope: choice(["global", "site", "link", "host"], {
      describe: "How far an IPv4 address is valid; global if not given",
    }),
    "no-announce": flag({ describe: "Tell no neighbour" }),
    "no-prefix-route": flag({ describe: "Add no route to the prefix" }),
    preferred: flag({ describe: "A source of this host's own connections" }),
    "not-as-source": flag({ describe: "No source of this host's own connections (IPv6)" }),
    dad: choice(["kernel", "probe", "none"], {
      default: "probe",
      describe: "Who looks for other holders of the address",
    }),
    ...jsonOption,
    ...quietOption,
  },
  examples: [
    ["vip add 192.0.2.10 -I eth0", "Add 192.0.2.10/32 when nobody has it, and announce it"],
    ["vip add 192.0.2.10/24 2001:db8::10 dev eth0", "Both or none"],
    ["vip add 192.0.2.10 -I eth0 --dad none", "Add it at once"],
  ],
  exitStatus: {
    0: "All addresses are there.",
    1: "Another host has one of them; nothing was added.",
  },
  seeAlso: ["ip-address(8)", "vipkit-vip-del(8)", "vipkit-garp-send(8)"],
  async run(args, ctx) {
    const { preferred, "not-as-source": notAsSource } = args;
    refuseClashes(args);
    const request = {
      ifName: args.interface,
      cidrs: args.address,
      label: args.label,
      scope: args.scope && SCOPES[args.scope],
      prefixRoute: !args["no-prefix-route"],
      asSource: preferred ? true : notAsSource ? false : undefined,
      duplicates: args.dad,
      announce: !args["no-announce"],
    };
    const { outcomes, omitted } = await addVips(request, ctx.ports, ctx.signal);
    const taken = outcomes.some(({ became }) => became === "taken");
    const exitCode = taken ? ExitCode.negative : ExitCode.ok;
    if (args.quiet) return exitCode;
    if (args.json) ctx.stdout(JSON.stringify(record(outcomes, omitted, request.ifName)));
    else {
      for (const outcome of outcomes) ctx.stdout(line(outcome, request.ifName));
      for (const sentence of omitted) ctx.stderr(sentence);
    }
    return exitCode;
  },
});

function refuseClashes(args: {
  readonly address: readonly Cidr[];
  readonly label: string | undefined;
  readonly preferred: boolean;
  readonly "not-as-source": boolean;
}): void {
  const { address: cidrs, label, preferred, "not-as-source": notAsSource } = args;
  if (preferred && notAsSource)
    throw new UsageError("--preferred and --not-as-source exclude each other");
  const [ip4, ip6] = ([4, 6] as const).map((family) =>
    cidrs.find(({ ip }) => familyOf(ip) === family),
  );
  if (label !== undefined && ip6 !== undefined)
    throw new UsageError(`--label: ${formatIp(ip6.ip)} is IPv6, which has none`);
  if (label !== undefined && new TextEncoder().encode(label).length > 15)
    throw new UsageError(`--label: ${label} has more than 15 bytes`);
  const mapped = cidrs.find(({ ip }) => isMappedIp4(ip));
  if (mapped !== undefined) {
    const ip4 = formatIp(mapped.ip.subarray(12));
    throw new UsageError(`${formatIp(mapped.ip)} is an IPv4 address written as IPv6: write ${ip4}`);
  }
  const twin = cidrs.find(
    (cidr, index) => cidrs.findIndex((other) => clashes(other, cidr)) < index,
  );
  if (twin !== undefined) throw new UsageError(`${formatCidr(twin)} is given twice`);
  if (notAsSource && ip4 !== undefined) {
    const rule = "of IPv4 the kernel takes the first address of the interface as source";
    throw new UsageError(`--not-as-source: ${formatIp(ip4.ip)} is IPv4, and ${rule}`);
  }
}

/** An interface has an IPv6 address once, an IPv4 address once for each length. */
const clashes = (a: Cidr, b: Cidr): boolean =>
  sameIp(a.ip, b.ip) && (familyOf(a.ip) === 6 || a.prefixLength === b.prefixLength);

function line({ cidr, became, holder }: VipOutcome, ifName: string): string {
  const whole = formatCidr(cidr);
  switch (became) {
    case "added":
      return `${whole}: added to ${ifName}`;
    case "present":
      return `${whole}: was on ${ifName} already`;
    case "changed":
      return `${whole}: was on ${ifName} already, its use as source is changed`;
    case "taken":
      return `${formatIp(cidr.ip)}: another host has it${holder === null ? "" : ` at ${holder}`}`;
    case "refused":
      return `${whole}: not added, as another address is taken`;
  }
}

const record = (outcomes: readonly VipOutcome[], omitted: readonly string[], ifName: string) => ({
  interface: ifName,
  addresses: outcomes.map(({ cidr, became, holder }) => ({
    address: formatIp(cidr.ip),
    prefix_length: cidr.prefixLength,
    result: became,
    holder_mac: holder,
  })),
  omitted,
});
