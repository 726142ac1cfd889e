/** The options of `vrrp run` that change how it takes part in the election, and --strict. */
import type { VrrpInstance } from "../../app/vrrp/instance.ts";
import { formatIp, type IpBytes } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { type ArgsOf, duration, flag, integer } from "../option.ts";

export const electionOptions = {
  nopreempt: flag({ describe: "Leave a master of lower priority in place" }),
  "preempt-delay": duration({
    default: "0s",
    describe: "Leave such a master in place for so long",
  }),
  "down-adverts": integer({
    min: 1,
    max: 100,
    default: "3",
    describe: "Missing adverts that make a master dead, the same number on all routers",
  }),
  "startup-delay": duration({ default: "0s", describe: "Stay BACKUP for so long after the start" }),
  "owner-ignore-adverts": flag({ describe: "With priority 255: yield to nobody, answer nobody" }),
  "lower-prio-no-advert": flag({ describe: "As MASTER do not answer adverts of lower priority" }),
  "higher-prio-send-advert": flag({ describe: "As MASTER send one last advert before yielding" }),
  strict: flag({ describe: "Answer as the RFC of the version says; refuse options it forbids" }),
};

type Election = Pick<
  VrrpInstance["config"],
  | "preempt"
  | "preemptDelayMs"
  | "downAdverts"
  | "startupDelayMs"
  | "ownerIgnoresAdverts"
  | "answersLower"
  | "advertisesOnYield"
>;

type ElectionArgs = ArgsOf<typeof electionOptions> & {
  readonly priority: number;
  readonly version: "2" | "3";
  readonly "auth-pass": string | undefined;
  readonly "auth-pass-file": string | undefined;
  readonly "key-file": string | undefined;
  readonly peer: readonly unknown[];
  readonly group: IpBytes | undefined;
  readonly "excluded-vip": readonly unknown[];
  readonly accept: boolean;
  readonly "vmac-xmit-base": boolean;
};

/** @throws UsageError naming two options that exclude each other */
export function electionOf(args: ElectionArgs): Election {
  refuseClashes(args);
  const { priority, version, strict } = args;
  return {
    preempt: !args.nopreempt,
    preemptDelayMs: args["preempt-delay"],
    downAdverts: args["down-adverts"],
    startupDelayMs: args["startup-delay"],
    // RFC 9568 and RFC 3768 section 7.1: an owner discards every advert of its virtual router.
    ownerIgnoresAdverts: args["owner-ignore-adverts"] || (strict && priority === 255),
    // RFC 9568 section 6.4.3 answers, RFC 3768 section 6.4.3 does not.
    answersLower: strict ? version === "3" : !args["lower-prio-no-advert"],
    advertisesOnYield: args["higher-prio-send-advert"],
  };
}

/** Those of `config.ts` that a person reads better by the names of the options. */
function refuseClashes(args: ElectionArgs): void {
  const isDelayed = args["preempt-delay"] > 0;
  const isOwner = args.priority === 255;
  if (args.nopreempt && isDelayed) {
    throw new UsageError(
      "--nopreempt and --preempt-delay clash: who never preempts delays nothing",
    );
  }
  if (isOwner && (args.nopreempt || isDelayed)) {
    const other = isDelayed ? "--preempt-delay" : "--nopreempt";
    throw new UsageError(
      `--priority 255 and ${other} clash: who owns the addresses always preempts, at once; take 254 or less`,
    );
  }
  if (args["owner-ignore-adverts"] && !isOwner) {
    throw new UsageError("--owner-ignore-adverts needs --priority 255");
  }
  if (args["owner-ignore-adverts"] && args["higher-prio-send-advert"]) {
    throw new UsageError(
      "--owner-ignore-adverts and --higher-prio-send-advert clash: who ignores all adverts never yields",
    );
  }
}

/** With --strict: one sentence that names every option given that the RFC forbids. */
export function strictProblems(args: ElectionArgs): string[] {
  if (!args.strict) return [];
  const forbidden = {
    "--auth-pass": args["auth-pass"] !== undefined,
    "--auth-pass-file": args["auth-pass-file"] !== undefined,
    "--key-file": args["key-file"] !== undefined,
    "--peer": args.peer.length > 0,
    "--group": args.group !== undefined && !RFC_GROUPS.includes(formatIp(args.group)),
    "--preempt-delay": args["preempt-delay"] > 0,
    "--down-adverts": args["down-adverts"] !== 3,
    "--lower-prio-no-advert": args["lower-prio-no-advert"] && args.version === "3",
    // RFC 9568 leaves it to the user, RFC 3768 section 6.4.3 does not.
    "--accept": args.accept && args.version === "2",
    "--higher-prio-send-advert": args["higher-prio-send-advert"],
    "--vmac-xmit-base": args["vmac-xmit-base"],
    "--excluded-vip": args["excluded-vip"].length > 0, // adverts name all addresses
  };
  const given = Object.entries(forbidden).flatMap(([option, isGiven]) => (isGiven ? option : []));
  const rfc = args.version === "3" ? "RFC 9568" : "RFC 3768";
  return given.length === 0 ? [] : [`--strict: ${rfc} forbids ${given.join(", ")}`];
}

const RFC_GROUPS = ["224.0.0.18", "ff02::12"];
