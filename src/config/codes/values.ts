/** vk200 to vk239: values that a keyword does not take. */
import type { FindingKind } from "../finding.ts";

export const MISSING_ARGUMENT: FindingKind = {
  code: "vk201",
  severity: "error",
  title: "an argument is missing",
  explains:
    "keepalived ends at once, with status 2, when a keyword lacks an argument that it needs. Of some keywords it ignores the line instead.",
};

export const NOT_A_NUMBER: FindingKind = {
  code: "vk202",
  severity: "error",
  title: "not a number",
  explains: "keepalived reports it and goes on with the default, or with what was set before.",
};

export const OUT_OF_RANGE: FindingKind = {
  code: "vk203",
  severity: "error",
  title: "a number out of its range",
  explains: "keepalived reports it and goes on with the default, or with what was set before.",
};

export const NOT_ONE_OF: FindingKind = {
  code: "vk204",
  severity: "error",
  title: "not one of the words that belong here",
  explains: "keepalived ignores the line.",
};

export const NOT_AN_ADDRESS: FindingKind = {
  code: "vk205",
  severity: "error",
  title: "not an address",
  explains: "keepalived ignores the line.",
};

export const NUMBER_WITH_TAIL: FindingKind = {
  code: "vk206",
  severity: "error",
  title: "a number with something behind it",
  explains:
    "`keepalived -t` refuses it. A running keepalived warns: of some keywords it takes the number in front, others it ignores. Units are never written.",
};

export const TOO_MANY_DECIMALS: FindingKind = {
  code: "vk207",
  severity: "error",
  title: "more digits behind the point than are kept",
  explains: "keepalived reports it and rounds: seconds have six digits, milliseconds three.",
};

export const NUMBER_MOVED: FindingKind = {
  code: "vk208",
  severity: "error",
  title: "a number that is moved into its range",
  explains: "keepalived reports it and goes on with the nearest value that it takes.",
};

export const PASSWORD_CUT: FindingKind = {
  code: "vk209",
  severity: "error",
  title: "a password over eight bytes",
  explains:
    "An advert of VRRP version 2 has room for eight bytes. keepalived reports it and cuts off the rest: all routers that share the first eight bytes agree.",
};

export const NOT_AN_INTERFACE: FindingKind = {
  code: "vk210",
  severity: "error",
  title: "no name that an interface can have",
  explains: "Linux takes 1 to 15 characters, no blank and no slash. keepalived ignores the line.",
};

export const BAD_PREFIX_LENGTH: FindingKind = {
  code: "vk211",
  severity: "error",
  title: "a prefix length that there is not",
  explains: "keepalived reports it and goes on with /32, or /128 of an IPv6 address.",
};

export const EMPTY_PREFIX_LENGTH: FindingKind = {
  code: "vk212",
  severity: "warning",
  title: "a slash without a prefix length",
  explains:
    "keepalived takes it for /0 without a word: the whole address space is then on the link.",
};

export const IGNORED_PREFIX: FindingKind = {
  code: "vk213",
  severity: "warning",
  title: "a prefix length that nothing reads",
  explains: "The keyword takes an address. keepalived drops the slash and what follows.",
};

export const OTHER_FAMILY: FindingKind = {
  code: "vk214",
  severity: "error",
  title: "IPv4 and IPv6 mixed",
  explains:
    "The parts of one entry belong to one address family, and some belong to one family alone. keepalived ignores the part or the whole entry.",
};

export const NOT_MULTICAST: FindingKind = {
  code: "vk215",
  severity: "error",
  title: "not a multicast address of a link",
  explains:
    "Adverts go to a multicast group: of IPv4 one of 224.0.0.0/4, of IPv6 a link-local one, ffX2::. keepalived ignores the line.",
};

export const NOT_A_MAC: FindingKind = {
  code: "vk216",
  severity: "error",
  title: "no MAC address for a VMAC",
  explains:
    "It has six octets, or five to which the virtual_router_id is the sixth. Multicast addresses and those that RFC 9568 gives away (00:00:5e:00:01, 00:00:5e:00:02) are refused: without a MAC address the right one of these is taken.",
};

export const UNKNOWN_OPTION: FindingKind = {
  code: "vk217",
  severity: "error",
  title: "a word that the entry does not know",
  explains:
    "Of an address or a tracked item keepalived skips the word. A route or a rule with such a word is not installed at all.",
};

export const OPTIONS_CLASH: FindingKind = {
  code: "vk218",
  severity: "error",
  title: "two options that exclude each other",
  explains: "keepalived ignores one of them, or the whole entry.",
};

export const OFF_IS_ON: FindingKind = {
  code: "vk219",
  severity: "warning",
  title: "an off that switches on",
  explains:
    "keepalived reads the word and switches the option on all the same. To have it off, leave the keyword out.",
};

export const ARGUMENTS_DROPPED: FindingKind = {
  code: "vk220",
  severity: "warning",
  title: "arguments of a command that are dropped",
  explains:
    "keepalived takes one word for the command. A command with arguments has to stand in quotes as a whole.",
};

export const UNTRACKED_ROUTE: FindingKind = {
  code: "vk221",
  severity: "note",
  title: "a route that an old keepalived does not watch",
  explains:
    "Before 2.3.2 keepalived does not notice when somebody deletes a route without dev, and `keepalived -t` counts the line as an error. dev helps; no_track says that it is meant.",
};

export const PROTOCOL_RESET: FindingKind = {
  code: "vk222",
  severity: "error",
  title: "a protocol that is not kept",
  explains:
    "keepalived watches its routes and rules by their protocol number, 18. It reports another one and sets 18, unless no_track is there.",
};

export const TIME_RAISED: FindingKind = {
  code: "vk223",
  severity: "warning",
  title: "a time that is raised",
  explains:
    "keepalived sets 200ms where less is written. Without a unit the numbers of rtt are eighths and those of rttvar quarters of a millisecond.",
};

export const NO_PREFERENCE: FindingKind = {
  code: "vk224",
  severity: "error",
  title: "a rule without a preference",
  explains:
    "keepalived counts down from 16384 for those that lack one, so that the order of the rules depends on the order of the lines.",
};

export const INCOMPLETE_ENTRY: FindingKind = {
  code: "vk225",
  severity: "error",
  title: "an entry that lacks what it is about",
  explains:
    "A route needs a destination, a rule something to do, a gratuitous ARP a time. keepalived ignores the entry.",
};

export const FAMILY_EATS_WORD: FindingKind = {
  code: "vk226",
  severity: "error",
  title: "inet or inet6 in front of other words",
  explains:
    "keepalived (2.2.7) skips the word behind inet and inet6, so that the entry loses it. At the end of the line there is none to lose.",
};

export const BAD_NAME: FindingKind = {
  code: "vk227",
  severity: "error",
  title: "not one name",
  explains:
    "One name belongs here, and perhaps a shorter one. keepalived skips the line or the block.",
};

export const EXTRA_BLOCK_WORDS: FindingKind = {
  code: "vk228",
  severity: "error",
  title: "words in front of a list",
  explains: "The entries of a list stand between its braces. keepalived ignores those in front.",
};

export const EMPTY_RANGE: FindingKind = {
  code: "vk229",
  severity: "error",
  title: "a range with nothing in it",
  explains: "The lower end is above the upper one: nothing can be within.",
};

export const BAD_KEY: FindingKind = {
  code: "vk230",
  severity: "error",
  title: "no key",
  explains:
    "A key has 32 to 64 bytes, as text or as pairs of hex digits behind hex:. file:PATH names a file with one.",
};

export const NO_UP_DELAY: FindingKind = {
  code: "vk231",
  severity: "warning",
  title: "a delay that is left out",
  explains:
    "keepalived takes 0 for it. Its manual says that the delay up would be the same as the delay down: write both.",
};

export const EMPTY_COMMAND: FindingKind = {
  code: "vk232",
  severity: "warning",
  title: "an empty command",
  explains: "keepalived takes it without a word, and there is nothing that it could run.",
};

export const WRAPPED_NUMBER: FindingKind = {
  code: "vk233",
  severity: "warning",
  title: "a number that becomes another one",
  explains:
    "It does not fit into its place. keepalived cuts off its upper bits without a word, and goes on with what is left.",
};

export const OFF_WAS_ON: FindingKind = {
  code: "vk234",
  severity: "warning",
  title: "an off that an old keepalived does not read",
  explains:
    "Before 2.3.0 keepalived does not read what stands behind the keyword, and switches it on. Where such a version may run, leave the keyword out.",
};

export const NAME_CUT: FindingKind = {
  code: "vk235",
  severity: "error",
  title: "a name that is too long",
  explains: "keepalived reports it and cuts it off: 15 characters are left of a process name.",
};

export const MISSING_KEYWORD: FindingKind = {
  code: "vk236",
  severity: "error",
  title: "a block without what it is about",
  explains:
    "keepalived reports it and drops the block. Of HTTP_GET and SSL_GET without a url 2.2.7 crashes.",
};

export const BAD_UMASK: FindingKind = {
  code: "vk237",
  severity: "error",
  title: "no umask",
  explains:
    "It is a number up to 0777, octal behind 0 and hex behind 0x, or names of bits as IWGRP|IWOTH. keepalived ignores the line.",
};

export const EMPTY_LIST: FindingKind = {
  code: "vk238",
  severity: "error",
  title: "a list with nothing in it",
  explains: "keepalived reports it, and goes on as if the block were not there.",
};
