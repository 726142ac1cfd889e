/** `garp send`: announces where addresses live now (RFC 5227 section 2.3, RFC 4861 section 7.2.6). */
import { type AnnouncementReport, type ArpForm, sendAnnouncements } from "../../app/garp-send.ts";
import { formatIp, formatMac } from "../../core/addr.ts";
import { printable } from "../../core/printable.ts";
import { ipAddress, macAddress, unicastMac } from "../address-options.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { choice, duration, flag, list, value } from "../option.ts";
import { countOption, interfaceOption, jsonOption, quietOption } from "../options.ts";

export const garpSend = defineCommand({
  name: "garp send",
  summary: "Announce that addresses live on this host",
  description: [
    "Sends gratuitous ARP for IPv4 and unsolicited neighbour advertisements (override flag, to all nodes) for IPv6, so that neighbours replace what their caches say of an address. The address need not be one of this host.",
    "Receivers differ in which form of gratuitous ARP they heed: the request form is RFC 5227's and the default, --form both sends the two. --rarp adds a frame from which switches learn the port of the MAC address.",
    "--json prints one object: interface, mac (the one announced), addresses, rounds, frames_sent. Interrupted, it says what had been sent by then.",
  ],
  positionals: {
    address: list({ value: "ADDR", required: true, describe: "Address to announce" }, ipAddress),
  },
  options: {
    ...interfaceOption,
    ...countOption({ describe: "Rounds to send", default: "3" }),
    interval: duration({ default: "200ms", describe: "Pause between rounds" }),
    form: choice(["request", "reply", "both"], {
      default: "request",
      describe: "Form of gratuitous ARP",
    }),
    "arp-request": flag({ short: "U", describe: "Same as --form request, as arping has it" }),
    "arp-reply": flag({ short: "A", describe: "Same as --form reply, as arping has it" }),
    "src-mac": value(
      { value: "MAC", describe: "Announce this MAC address instead of the interface's" },
      unicastMac,
    ),
    to: value({ value: "MAC", describe: "Send to one neighbour instead of all" }, macAddress),
    rarp: flag({ describe: "Add a RARP frame for the tables of switches" }),
    ...jsonOption,
    ...quietOption,
  },
  examples: [
    ["garp send -I eth0 192.0.2.10", "Announce 192.0.2.10 three times"],
    [
      "garp send -I eth0 --form both -c 1 192.0.2.10 2001:db8::10",
      "Both forms, once, two addresses",
    ],
    ["garp send -I eth0 --to 52:54:00:12:34:56 192.0.2.10", "Tell one stubborn router only"],
  ],
  exitStatus: { 0: "All was sent. Nobody acknowledges an announcement." },
  seeAlso: ["arping(8)", "vipkit-vip-add(8)"],
  async run(args, ctx) {
    const { interface: ifName, address: ips, count, interval: intervalMs, rarp, to } = args;
    const style = { arpForm: arpForm(args), mac: args["src-mac"], to: to ?? null, rarp };
    const report = await sendAnnouncements(
      { ifName, ips, count, intervalMs, style },
      ctx.ports,
      ctx.signal,
    );
    if (!args.quiet) {
      const record = () => JSON.stringify(reportRecord(report, ifName));
      ctx.stdout(args.json ? record() : printable(reportLine(report, ifName)));
    }
    if (report.rounds < count) ctx.signal.throwIfAborted(); // not all that was asked for
    return ExitCode.ok;
  },
});

/** `-U` and `-A` say the form as arping does; together they mean both. */
function arpForm(args: { form: ArpForm; "arp-request": boolean; "arp-reply": boolean }): ArpForm {
  const { "arp-request": request, "arp-reply": reply } = args;
  if (request && reply) return "both";
  if (request || reply) return request ? "request" : "reply";
  return args.form;
}

function reportLine({ ips, mac, rounds, frames }: AnnouncementReport, ifName: string): string {
  const addresses = ips.map(formatIp).join(", ");
  return `${addresses}: announced at ${formatMac(mac)} on ${ifName}, ${frames} frames in ${rounds} rounds`;
}

const reportRecord = ({ ips, mac, rounds, frames }: AnnouncementReport, ifName: string) => ({
  interface: ifName,
  mac: formatMac(mac),
  addresses: ips.map(formatIp),
  rounds,
  frames_sent: frames,
});
