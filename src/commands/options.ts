/** Options that several commands share, so that they mean the same everywhere. */
import type { Family } from "../core/addr.ts";
import { UsageError } from "../core/errors.ts";
import { type ArgsOf, choice, flag, integer, name } from "./option.ts";

/** Every command has these; the frame carries them out, `run` need not look. */
export const globalOptions = {
  netns: name({ value: "NAME", describe: "Work in this network namespace (see ip-netns(8))" }),
  color: choice(["auto", "always", "never"], { default: "auto", describe: "Colour the output" }),
  help: flag({ short: "h", describe: "Show this help" }),
};

const INTERFACE = {
  short: "I",
  value: "IF",
  complete: "interface",
  keyword: "dev",
} as const;

/** `-I IF`, also written `dev IF`. */
export const interfaceOption = {
  interface: name({ ...INTERFACE, required: true, describe: "Interface to work on" }),
};

/** `-I IF`, also written `dev IF`; without it all interfaces. */
export const interfaceFilter = {
  interface: name({ ...INTERFACE, describe: "Only this interface" }),
};

export const jsonOption = {
  json: flag({ short: "j", describe: "Print JSON, errors too" }),
};

export const quietOption = {
  quiet: flag({
    short: "q",
    describe: "Print nothing but errors of its own, answer by exit status",
  }),
};

export const familyOptions = {
  ipv4: flag({ short: "4", describe: "IPv4 only" }),
  ipv6: flag({ short: "6", describe: "IPv6 only" }),
};

/** @returns undefined for both families. @throws UsageError */
export const wantedFamily = (args: ArgsOf<typeof familyOptions>): Family | undefined => {
  if (args.ipv4 && args.ipv6) throw new UsageError("-4 and -6: without either it is both");
  if (args.ipv4) return 4;
  return args.ipv6 ? 6 : undefined;
};

/** `-c N`. */
export const countOption = <const Default extends string>(spec: {
  describe: string;
  default: Default;
}) => ({ count: integer({ short: "c", min: 1, max: 1_000_000, value: "N", ...spec }) });
