/** The options of `vrrp sniff`, and what they ask for. */
import type { SniffQuestion } from "../../app/sniff/session.ts";
import { ANY, type SniffSource } from "../../app/sniff/sniff.ts";
import { readHmacSettings } from "../../app/vrrp/secrets.ts";
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import { ipAddress } from "../address-options.ts";
import { type ArgsOf, choice, duration, flag, integer, name, text, value } from "../option.ts";
import { familyOptions, jsonOption, quietOption, wantedFamily } from "../options.ts";

export const sniffOptions = {
  interface: name({
    short: "I",
    alsoShort: "i",
    value: "IF",
    complete: "interface",
    keyword: "dev",
    describe: "Interface to listen on, or any; -i does as well",
  }),
  read: text({
    short: "r",
    value: "FILE",
    complete: "file",
    describe: "Read a capture instead, pcap or pcapng; - is standard input",
  }),
  write: text({
    short: "w",
    value: "FILE",
    complete: "file",
    describe: "Also write the packets that are shown, as pcapng, or as pcap where FILE ends so",
  }),
  "file-size": integer({
    short: "C",
    value: "MB",
    min: 1,
    max: 1_000_000,
    describe: "Begin another file after so many millions of bytes",
  }),
  "file-count": integer({
    short: "W",
    value: "N",
    min: 1,
    max: 1_000_000,
    describe: "With -C: so many files in turn, the oldest overwritten",
  }),
  "packet-buffered": flag({ short: "U", describe: "With -w: write each packet at once" }),
  count: integer({
    short: "c",
    value: "N",
    min: 1,
    max: 1_000_000_000,
    describe: "End after so many packets were shown",
  }),
  for: duration({ describe: "End after that time" }),
  vrid: integer({ min: 1, max: 255, describe: "Only this virtual router" }),
  ...familyOptions,
  src: value({ value: "IP", describe: "Show only what this router sends" }, ipAddress),
  bad: flag({ describe: "Show only what is not right" }),
  direction: choice(["in", "out", "inout"], {
    short: "Q",
    default: "inout",
    describe: "Show only what comes in, or what this host sends",
  }),
  follow: flag({ describe: "Show one line for each change, none for each advert" }),
  table: flag({ describe: "Show one row for each virtual router, drawn anew each second" }),
  macs: flag({ short: "e", describe: "Show MAC addresses" }),
  "show-secrets": flag({ describe: "Show passwords of version 2" }),
  "key-file": text({
    value: "FILE",
    complete: "file",
    describe: "Keys that verify signed adverts, lines of ID:SECRET",
  }),
  "insecure-key": flag({ describe: "Read a key file that others can read" }),
  join: flag({ describe: "Join VRRP's groups, for a switch that snoops" }),
  "expect-single-master": flag({
    describe: "Exit 1 unless each virtual router has one master, all the time",
  }),
  "expect-master": value(
    { value: "IP", describe: "Exit 1 unless this router is master, all the time" },
    ipAddress,
  ),
  "expect-vip": value(
    { value: "IP", describe: "Exit 1 unless a master has this address at the end" },
    ipAddress,
  ),
  "max-gap": duration({ describe: "Exit 1 when no advert comes for longer" }),
  "expect-none": flag({ describe: "Exit 1 when any router is heard" }),
  plot: text({
    value: "FILE",
    complete: "file",
    describe: "At the end, draw who was master when, as SVG",
  }),
  ...jsonOption,
  ...quietOption,
};

export type SniffArgs = ArgsOf<typeof sniffOptions>;

/** @throws UsageError for what clashes */
export function sniffSourceOf(args: SniffArgs): SniffSource {
  refuseClashes(args);
  const { interface: ifName, read, join, count } = args;
  if (read !== undefined) return { kind: "file", path: read };
  if (ifName === undefined) throw new UsageError("listen where? -i IF, -i any, or -r FILE");
  return {
    kind: "live",
    ifName,
    join,
    family: wantedFamily(args),
    forMs: args.for,
    untilSettled: count === undefined && expectsSomething(args),
  };
}

/** @throws UsageError, SystemError for the key file */
export function sniffQuestionOf(args: SniffArgs, ports: Ports): SniffQuestion {
  const { vrid, src, bad, direction, count, plot } = args;
  const keyFile = args["key-file"];
  return {
    vrid,
    family: wantedFamily(args),
    source: src,
    badOnly: bad,
    direction,
    count,
    hmac:
      keyFile === undefined
        ? null
        : readHmacSettings(
            ports,
            { path: keyFile, insecure: args["insecure-key"] },
            { mode: "enforce", activeId: undefined, windowMs: undefined, adverIntervalMs: 1000 },
          ),
    expectations: {
      singleMaster: args["expect-single-master"],
      master: args["expect-master"],
      vip: args["expect-vip"],
      maxGapMs: args["max-gap"],
      none: args["expect-none"],
    },
    wantsTimeline: plot !== undefined,
  };
}

const expectsSomething = (args: SniffArgs): boolean =>
  args["expect-single-master"] ||
  args["expect-master"] !== undefined ||
  args["expect-vip"] !== undefined ||
  args["max-gap"] !== undefined ||
  args["expect-none"];

function refuseClashes(args: SniffArgs): void {
  const { interface: ifName, read, write, follow, table, join } = args;
  const clashes: readonly (readonly [boolean, string])[] = [
    [
      read !== undefined && ifName !== undefined,
      "-r and -i exclude each other: a capture or an interface",
    ],
    [read !== undefined && args.for !== undefined, "--for needs -i: a capture has its own time"],
    [read !== undefined && join, "--join needs -i: a capture joins nothing"],
    [join && ifName === ANY, "--join needs one interface, not any"],
    [args.bad && (follow || table), "--bad shows packets: with --follow or --table there are none"],
    [args.macs && (follow || table), "-e shows packets: with --follow or --table there are none"],
    [follow && table, "--follow and --table exclude each other"],
    [args["file-size"] !== undefined && write === undefined, "-C needs -w"],
    [
      args["file-count"] !== undefined && args["file-size"] === undefined,
      "-W needs -C: when to begin the next file",
    ],
    [args["packet-buffered"] && write === undefined, "-U needs -w"],
    [args["insecure-key"] && args["key-file"] === undefined, "--insecure-key needs --key-file"],
    [write === "-" && args.plot === "-", "-w - and --plot - both want standard output"],
    [
      write === "-" && args["file-size"] !== undefined,
      "-C needs a file: standard output cannot begin anew",
    ],
    [read !== undefined && read === write, "-r and -w name the same file"],
    [args.for === 0, "--for 0s: nothing could be heard"],
  ];
  const clash = clashes.find(([holds]) => holds);
  if (clash !== undefined) throw new UsageError(clash[1]);
  if (args["expect-none"] && expectsSomething({ ...args, "expect-none": false }))
    throw new UsageError("--expect-none clashes with what expects a master");
}
