/** The words of a command line of ipvsadm(8): its options, and which command takes which. */
import { didYouMean } from "../../core/closest.ts";
import { quoted } from "../../core/printable.ts";

/** A command line as written: not yet what its values mean. */
export interface IpvsadmLine {
  readonly command: CommandName;
  /** By long name, the command's own among them. */
  readonly given: ReadonlyMap<string, Word>;
  /** The values of `--set`. */
  readonly bare: readonly Word[];
}

export interface Word {
  readonly text: string; // "" for a flag, and for -p without a timeout
  readonly at: number; // which of the words, from 0
}

export type CommandName = keyof typeof COMMANDS;

/** What is wrong with one of the words. */
export class WordFault extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** @throws WordFault */
export function readIpvsadmWords(words: readonly string[]): IpvsadmLine {
  const given = new Map<string, Word>();
  const bare: Word[] = [];
  const zero = words.findIndex((word) => word.includes("\0"));
  if (zero !== -1) throw new WordFault(zero, `${quoted(words[zero] as string)} has a zero byte`);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    if (!/^-./.test(word)) bare.push({ text: word, at });
    else for (const one of optionsOf(word, at)) at = put(one, words, given);
  }
  const command = commandOf(given, words.length);
  const [extra] = command === "set" ? bare.slice(3) : bare;
  if (extra !== undefined)
    throw new WordFault(extra.at, `${quoted(extra.text)} is a word too many`);
  for (const [name, { at }] of given) {
    if (name !== command && !takenBy(command).has(name))
      throw new WordFault(at, `--${name} does not go with --${command}`);
  }
  return { command, given, bare };
}

interface WrittenOption {
  readonly name: string;
  readonly inside: string | undefined; // its value, where that stands in the same word
  readonly at: number;
}

/** `--tun-port=5`, `-Ln`, `-srr`. */
function optionsOf(word: string, at: number): WrittenOption[] {
  if (word.startsWith("--")) {
    const [, name = "", inside] = /^--([^=]*)=?(.*)$/s.exec(word) ?? [];
    if (!VALUES.has(name))
      throw new WordFault(at, `no such option ${quoted(word)}${didYouMean(name, VALUES.keys())}`);
    return [{ name, inside: word.includes("=") ? inside : undefined, at }];
  }
  const found: WrittenOption[] = [];
  for (let letter = 1; letter < word.length; letter += 1) {
    const name = LETTERS.get(word[letter] as string);
    if (name === undefined)
      throw new WordFault(at, `no such option -${quoted(word[letter] ?? "")}`);
    const rest = word.slice(letter + 1);
    const takesRest = VALUES.get(name) !== "none" && rest !== "";
    found.push({ name, inside: takesRest ? rest.replace(/^=/, "") : undefined, at });
    if (takesRest) break;
  }
  return found;
}

/** @returns the place of the last word that it took */
function put(
  { name, inside, at }: WrittenOption,
  words: readonly string[],
  given: Map<string, Word>,
): number {
  const rival = EXCLUSIVE.get(name)?.find((other) => given.has(other));
  if (rival === name) throw new WordFault(at, `--${name} is given twice`);
  if (rival !== undefined) throw new WordFault(at, `--${name} and --${rival} exclude each other`);
  const takes = VALUES.get(name);
  const next = words[at + 1];
  if (takes === "none") {
    if (inside !== undefined) throw new WordFault(at, `--${name} takes no value`);
    given.set(name, { text: "", at });
  } else if (inside !== undefined) given.set(name, { text: inside, at });
  else if (next !== undefined && (takes === "value" || !next.startsWith("-"))) {
    given.set(name, { text: next, at: at + 1 });
    return at + 1;
  } else if (takes === "optional") given.set(name, { text: "", at });
  else throw new WordFault(at, `--${name} needs a value`);
  return at;
}

function commandOf(given: ReadonlyMap<string, Word>, end: number): CommandName {
  const command = COMMAND_NAMES.find((name) => given.has(name));
  if (command !== undefined) return command;
  throw new WordFault(
    given.size === 0 ? 0 : end,
    "no command: -A, -a, -L or another of ipvsadm(8)",
  );
}

function takenBy(command: CommandName): ReadonlySet<string> {
  return TAKEN[command];
}

/** Names of options, a letter of each in front where it has one. What stands together excludes each other. */
const SERVICE = ["t:tcp-service u:udp-service :sctp-service f:fwmark-service", "6:ipv6"];
const SERVER = ["r:real-server"];
const SCHEDULING = [
  ...["s:scheduler", "p:persistent", "M:netmask", ":pe", "o:ops", "b:sched-flags"],
];
const FORWARDING = [
  ...["g:gatewaying i:ipip m:masquerading", ":tun-type", ":tun-port"],
  ...[":tun-nocsum :tun-csum :tun-remcsum", "w:weight", "x:u-threshold", "y:l-threshold"],
];
const LISTING = [
  ...["n:numeric", "c:connection :timeout :daemon", ":stats", ":rate", ":thresholds"],
  ...[":persistent-conn", ":tun-info", ":nosort", ":sort", "X:exact"],
];
const SYNCING = [
  ...[":mcast-interface", ":syncid", ":sync-maxlen", ":mcast-group", ":mcast-port", ":mcast-ttl"],
];

/** With the options that each takes. */
const COMMANDS = {
  "add-service": [...SERVICE, ...SCHEDULING],
  "edit-service": [...SERVICE, ...SCHEDULING],
  "delete-service": SERVICE,
  clear: [],
  list: [...SERVICE, ...LISTING],
  zero: SERVICE,
  "add-server": [...SERVICE, ...SERVER, ...FORWARDING],
  "edit-server": [...SERVICE, ...SERVER, ...FORWARDING],
  "delete-server": [...SERVICE, ...SERVER],
  set: [],
  restore: [],
  save: ["n:numeric"],
  "start-daemon": SYNCING,
  "stop-daemon": SYNCING,
  help: [],
  version: [],
} as const satisfies Record<string, readonly string[]>;

const COMMAND_LETTERS =
  "A:add-service E:edit-service D:delete-service C:clear L:list l:list Z:zero a:add-server \
e:edit-server d:delete-server :set R:restore S:save :start-daemon :stop-daemon h:help v:version";

const WITH_VALUE = new Set([
  ...["start-daemon", "stop-daemon", "tcp-service", "udp-service", "sctp-service"],
  ...["fwmark-service", "scheduler", "netmask", "pe", "sched-flags", "real-server"],
  ...["tun-type", "tun-port", "weight", "u-threshold", "l-threshold"],
  ...["mcast-interface", "syncid", "sync-maxlen", "mcast-group", "mcast-port", "mcast-ttl"],
]);

const nameOf = (option: string): string => option.slice(option.indexOf(":") + 1);

const ALL = [
  COMMAND_LETTERS,
  ...SERVICE,
  ...SERVER,
  ...SCHEDULING,
  ...FORWARDING,
  ...LISTING,
].concat(SYNCING);
const OPTIONS = ALL.flatMap((group) => group.split(" "));
const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];
const LETTERS = new Map(OPTIONS.map((option) => [option.split(":")[0], nameOf(option)] as const));
const VALUES = new Map(
  OPTIONS.map((option) => {
    const name = nameOf(option);
    if (name === "persistent") return [name, "optional"] as const;
    return [name, WITH_VALUE.has(name) ? "value" : "none"] as const;
  }),
);
const EXCLUSIVE = new Map(
  ALL.flatMap((group) => {
    const names = group.split(" ").map(nameOf);
    return names.map((name) => [name, names] as const);
  }),
);
const TAKEN = Object.fromEntries(
  Object.entries(COMMANDS).map(([name, groups]) => [
    name,
    new Set(groups.flatMap((group) => group.split(" ").map(nameOf))),
  ]),
) as unknown as Readonly<Record<CommandName, ReadonlySet<string>>>;
