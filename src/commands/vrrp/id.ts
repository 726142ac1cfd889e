/** `vrrp id`: which VRIDs are in use on a LAN, and which one to take for a new virtual router. */
import { surveyVrids } from "../../app/vrrp/vrid-report.ts";
import { type Family, familyOf, type IpBytes } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { ipAddress } from "../address-options.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { duration, list } from "../option.ts";
import {
  familyOptions,
  interfaceOption,
  jsonOption,
  quietOption,
  wantedFamily,
} from "../options.ts";
import { vridLines } from "./vrid-text.ts";

export const vrrpId = defineCommand({
  name: "vrrp id",
  summary: "Find a VRID that nobody uses on this LAN",
  description: [
    "Listens for adverts and tells which VRIDs are in use and by whom, which are free, and which one to take. Nothing is sent but the joining of VRRP's groups, 224.0.0.18 and ff02::12, so that switches let their adverts through.",
    "The suggestion is a hash of the set of addresses that --vip gives, the same on every host and in every order; where that VRID is in use, the next free one, 1 behind 255. Administrators who do not know of each other so mostly choose differently, also while the other's routers are off. An address of --vip that stands in somebody's adverts already is told of: who joins that router takes its VRID, not the suggestion. Without --vip it is the lowest free one from 101 on: those below are in examples and defaults.",
    "A VRID of IPv4 and the same of IPv6 are two virtual routers, with the MAC addresses 00:00:5e:00:01:VRID and 00:00:5e:00:02:VRID: what is in use for one family is free for the other. Without -4, -6 and --vip both are told; with --vip those of its addresses, each with a suggestion of its own.",
    "In use is also a VRID whose adverts nobody believes (a bad checksum, a TTL below 255), that of a master that has just resigned, and the vhid of a CARP router, which has the same MAC address. Only who advertises can be heard: not a virtual router whose hosts are all off, one that advertises by unicast to other hosts or behind a VLAN tag, nor a master whose interval is longer than --for; version 3 allows up to 40.95s.",
    "-j prints interface, listened_ms, and families, each with family (ipv4, ipv6), suggested (null where none is free), vips (those of --vip: address, and vrid, in whose adverts it stands already, else null), used (vrid, owners), and free (from, to: both are free). Each owner has protocol (vrrp, carp), address, mac, version, priority (0: it resigned), vips, and here (this host sends its adverts); version and priority are null where its adverts are not believed.",
  ],
  options: {
    ...interfaceOption,
    for: duration({ default: "5s", describe: "Listen so long" }),
    vip: list(
      { value: "ADDR", describe: "Virtual address of the new router: suggest by it" },
      ipAddress,
    ),
    ...familyOptions,
    ...jsonOption,
    ...quietOption,
  },
  examples: [
    ["vrrp id -I eth0", "Who uses which VRID here"],
    ["vrrp id -I eth0 --vip 192.0.2.10", "Which VRID to take for a router of this address"],
    ["vrrp id -I eth0 -6 --for 45s -j", "IPv6, long enough for the slowest master, for a script"],
  ],
  exitStatus: {
    0: "A free VRID was found: for each family that was told of.",
    1: "None is free: of a family all 255 are in use.",
    2: "Could not listen.",
  },
  seeAlso: ["vipkit-vrrp-run(8)", "vipkit-vrrp-status(8)"],
  async run({ interface: ifName, for: listenMs, vip: vips, json, quiet, ...rest }, ctx) {
    if (listenMs === 0) throw new UsageError("--for 0s: nothing could be heard");
    const families = familiesOf(wantedFamily(rest), vips);
    const question = { ifName, listenMs, families, vips };
    const report = await surveyVrids(question, ctx.ports, ctx.signal);
    if (json && !quiet) ctx.stdout(formatJson(report));
    else if (!quiet) for (const line of vridLines(report, ctx.paint)) ctx.stdout(line);
    const found = report.families.every(({ suggested }) => suggested !== null);
    return found ? ExitCode.ok : ExitCode.negative;
  },
});

/** @throws UsageError where an address is not of the family that was asked for */
function familiesOf(wanted: Family | undefined, vips: readonly IpBytes[]): readonly Family[] {
  const families = ([4, 6] as const).filter((family) => family === (wanted ?? family));
  const stray = vips.find((vip) => !families.some((family) => family === familyOf(vip)));
  if (stray !== undefined)
    throw new UsageError(`--ipv${wanted} and --vip clash: an address is of IPv${familyOf(stray)}`);
  if (wanted !== undefined || vips.length === 0) return families;
  return families.filter((family) => vips.some((vip) => familyOf(vip) === family));
}
