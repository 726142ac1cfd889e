/** Options that every check has: what is asked how often, what counts, and how it is told. */
import type { Quota } from "../../app/check/quota.ts";
import { UsageError } from "../../core/errors.ts";
import type { LeaveBy } from "../../io/ports.ts";
import { ipAddress } from "../address-options.ts";
import { type ArgsOf, duration, flag, integer, name, refuse, text, value } from "../option.ts";
import { familyOptions, jsonOption, quietOption } from "../options.ts";
import { outcomeOptions } from "./outcome-options.ts";
import { watchOptions } from "./watch-options.ts";

const fileOption = {
  file: text({
    short: "f",
    value: "FILE",
    complete: "file",
    describe: "More targets, one a line; - is standard input",
  }),
};

/** Of each target. */
const tryOptions = {
  count: integer({
    short: "c",
    value: "N",
    min: 1,
    max: 1_000_000,
    describe: "Checks of each target; 1, or with --watch no end",
  }),
  interval: duration({ default: "1s", describe: "Between two checks of a target" }),
  timeout: duration({ short: "t", default: "3s", describe: "Of one check, over everything" }),
  deadline: duration({ short: "w", describe: "Of the whole run" }),
  retry: integer({
    value: "N",
    min: 0,
    max: 1000,
    default: "0",
    describe: "More tries before a target counts as down",
  }),
  "retry-delay": duration({ default: "200ms", describe: "Between two tries" }),
};

/** Where there may be many targets. */
const manyOptions = {
  concurrency: integer({
    value: "N",
    min: 1,
    max: 65_536,
    default: "256",
    describe: "Targets that are checked at once",
  }),
  "at-least": value(
    { value: "N|PCT%", describe: "Exit 0 when so many targets are up; all if not given" },
    quota,
  ),
  sort: flag({ describe: "Tell the targets in their order, not as their answers come" }),
};

const reportOptions = {
  ...jsonOption,
  ...quietOption,
  verbose: flag({ short: "v", describe: "Tell each check, and how long its phases took" }),
};

/** Of checks that have one target alone, beside `ALONE`. */
export const aloneOptions = { ...tryOptions, ...watchOptions, ...outcomeOptions, ...reportOptions };
export const ALONE = { concurrency: 1, "at-least": undefined, sort: false } as const;

const targetOptions = {
  ...fileOption,
  ...tryOptions,
  ...manyOptions,
  ...watchOptions,
  ...outcomeOptions,
};

/** Of checks that ask no other host. */
export const localOptions = { ...targetOptions, ...reportOptions };

export const checkOptions = { ...targetOptions, ...familyOptions, ...reportOptions };

/** How a connection leaves this host. */
export const sourceOptions = {
  source: value({ value: "IP", describe: "Address of this host to ask from" }, ipAddress),
  interface: name({
    short: "I",
    value: "IF",
    complete: "interface",
    describe: "Interface to leave by",
  }),
  mark: value({ value: "N", describe: "Mark for policy routing (SO_MARK), also as 0x1f" }, mark),
};

export type CheckArgs = Omit<ArgsOf<typeof localOptions>, "file">;
export type SourceArgs = ArgsOf<typeof sourceOptions>;

function quota(given: string): Quota {
  const [, number, percent] = /^(\d{1,7})(%?)$/.exec(given) ?? [];
  if (number === undefined) throw new UsageError("is neither a number nor a share such as 80%");
  if (percent === "%" && Number(number) > 100) throw new UsageError("is more than all");
  return { number: Number(number), isPercent: percent === "%" };
}

/** @returns s32, as the kernel takes a mark of 32 bits */
function mark(given: string): number {
  if (!/^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(given)) refuse("is no mark, as 31 or 0x1f");
  const number = Number(given);
  return number <= 0xffffffff ? number | 0 : refuse("is not within 0..0xffffffff");
}

/** How what is sent leaves this host. */
export const leaveByOf = ({ source, interface: ifName, mark }: SourceArgs): LeaveBy => ({
  source: source ?? null,
  ifName: ifName ?? null,
  mark: mark ?? null,
});
