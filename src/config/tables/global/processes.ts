/** global_defs: the processes of keepalived, how they are scheduled, and the scripts that they run. */
import { flag, integer, oneWord, optional, present } from "../../arguments.ts";
import { BAD_UMASK, NAME_CUT } from "../../codes/values.ts";
import { commandOf, several, userAndGroup } from "../../compound.ts";
import { type Acting, keyword, keywords, spelling } from "../../keyword.ts";
import type { Reading } from "../../reading.ts";
import type { Word } from "../../statement.ts";

/** The kernel keeps 15 bytes. */
const processName = oneWord("NAME", (word, reading) => {
  const bytes = new TextEncoder().encode(word.text);
  if (bytes.length <= 15) return word.text;
  const name = new TextDecoder().decode(bytes.slice(0, 15));
  const message = `the name '${word.text}' has ${bytes.length} bytes, and is cut to '${name}'`;
  reading.refuse(NAME_CUT, word.span, message);
  return name;
});

const name = (of: string, actsIn: Acting | null = "up") =>
  keyword(`Name of ${of}`, processName, { default: "keepalived", actsIn });
const priority = (of: string, actsIn: Acting | null = "up") =>
  keyword(`Nice value of ${of}`, integer(-20, 19), { actsIn });
const noSwap = (of: string) => keyword(`Keeps ${of} in memory`, present);
const rtPriority = (of: string, actsIn: Acting | null = "up") =>
  keyword(`Runs ${of} by real-time scheduling with this priority`, integer(1, 99, "nearest"), {
    actsIn,
  });
const cpus = (of: string) =>
  keywords(`CPUs that may run ${of}`, several(integer(0, 1023)), { default: "all" });
const rtLimit = (of: string) =>
  keyword(
    `Time that ${of} may run in one go when it has a real-time priority`,
    integer(1, 2 ** 32 - 1),
    { unit: "us", default: "10000" },
  );

const VRRP = "the VRRP process";
const CHECKER = "the process of the checks";
const BFD = "the BFD process";

const CHECKER_NAME = name(CHECKER);
const [VRRP_LIMIT, CHECKER_LIMIT, BFD_LIMIT] = [rtLimit(VRRP), rtLimit(CHECKER), rtLimit(BFD)];

const SCHEDULING = {
  process_names: keyword("Names the processes after what they do", present, { actsIn: "up" }),
  process_name: name("the first process"),
  vrrp_process_name: name(VRRP),
  checker_process_name: CHECKER_NAME,
  lvs_process_name: spelling("checker_process_name", CHECKER_NAME, {
    insteadOf: "checker_process_name",
  }),
  bfd_process_name: name(BFD, null),
  vrrp_priority: priority(VRRP),
  checker_priority: priority(CHECKER),
  bfd_priority: priority(BFD, null),
  vrrp_no_swap: noSwap(VRRP),
  checker_no_swap: noSwap(CHECKER),
  bfd_no_swap: noSwap(BFD),
  vrrp_rt_priority: rtPriority(VRRP),
  checker_rt_priority: rtPriority(CHECKER),
  bfd_rt_priority: rtPriority(BFD, null),
  vrrp_cpu_affinity: cpus(VRRP),
  checker_cpu_affinity: cpus(CHECKER),
  bfd_cpu_affinity: cpus(BFD),
  vrrp_rlimit_rttime: VRRP_LIMIT,
  vrrp_rlimit_rtime: spelling("vrrp_rlimit_rttime", VRRP_LIMIT, {
    insteadOf: "vrrp_rlimit_rttime",
  }),
  checker_rlimit_rttime: CHECKER_LIMIT,
  checker_rlimit_rtime: spelling("checker_rlimit_rttime", CHECKER_LIMIT, {
    insteadOf: "checker_rlimit_rttime",
  }),
  bfd_rlimit_rttime: BFD_LIMIT,
  bfd_rlimit_rtime: spelling("bfd_rlimit_rttime", BFD_LIMIT, { insteadOf: "bfd_rlimit_rttime" }),
  max_auto_priority: keyword(
    "Real-time priority up to which a process that runs late is raised; -1: none, and no warning",
    optional(integer(-1, 99), 99),
    { default: "0, 99 where the number is left out" },
  ),
  min_auto_priority_delay: keyword("How late that is", integer(1, 10_000_000), {
    unit: "us",
    default: "1000000",
  }),
} as const;

const scriptTimeout = keyword("Time after which it is ended", integer(1, 1000), {
  unit: "s",
  default: "10",
});

const SCRIPTS = {
  startup_script: keyword("Run before anything else", commandOf, { isFirst: true }),
  startup_script_timeout: scriptTimeout,
  shutdown_script: keyword("Run after everything has ended", commandOf, { isFirst: true }),
  shutdown_script_timeout: scriptTimeout,
  script_user: keyword("Account that scripts run as", userAndGroup, {
    default: "keepalived_script if there is one, else that of keepalived",
    actsIn: "up",
  }),
  enable_script_security: keyword(
    "Runs no script as root that another account could change",
    present,
    { actsIn: "up" },
  ),
  use_symlink_paths: keyword("Leaves symbolic links in the paths of scripts", flag, {
    default: "off",
    since: "2.3.0",
  }),
  set_supplementary_groups: keyword("Gives scripts all groups of their account", flag, {
    default: "off",
    since: "2.4.0",
  }),
} as const;

const BITS = /^I[RWX](USR|GRP|OTH)$/;
const SHIFTS = { USR: 6, GRP: 3, OTH: 0 } as const;

const umask = oneWord("NUMBER|BIT|BIT...", readUmask, (mask) => `0${mask.toString(8)}`);

function readUmask(word: Word, reading: Reading): number | undefined {
  const bits = word.text.split("|");
  if (bits.every((bit) => BITS.test(bit))) {
    return bits.reduce((mask, bit) => {
      const shift = SHIFTS[bit.slice(2) as keyof typeof SHIFTS];
      return mask | ({ R: 4, W: 2, X: 1 }[bit[1] as "R" | "W" | "X"] << shift);
    }, 0);
  }
  const [, octal] = /^0([0-7]+)$/.exec(word.text) ?? [];
  const isNumber = /^(0x[0-9a-f]+|[1-9]\d*|0)$/i.test(word.text);
  const mask = octal !== undefined ? Number.parseInt(octal, 8) : isNumber ? Number(word.text) : -1;
  if (mask >= 0 && mask <= 0o777) return mask;
  return reading.refuse(BAD_UMASK, word.span, `'${word.text}' is no umask`);
}

export const PROCESSES = {
  ...SCHEDULING,
  ...SCRIPTS,
  umask: keyword("Permissions that files of keepalived lack", umask, { default: "0177" }),
  random_seed: keyword("Makes the numbers of _RANDOM the same each time", integer(0, 2 ** 32 - 1)),
} as const;
