/** The health checks of real_server: each is a block, and may be there several times. */
import { integer, oneOfAnyCase, oneWord, present, text } from "../arguments.ts";
import { blockOf, needing } from "../block.ts";
import { EMPTY_LABEL } from "../codes/lvs.ts";
import { command, userAndGroup, weight } from "../compound.ts";
import { payload, reply } from "../entries/payload.ts";
import { acting, keyword, keywords } from "../keyword.ts";
import { onlyName } from "../list.ts";
import { CHECK, CONNECTION } from "./checker-common.ts";
import { HTTP_CHECK } from "./http-check.ts";

const CONNECTING = acting("up", { ...CONNECTION, ...CHECK }, ["bind_port"]);

const SMTP = {
  ...CONNECTING,
  helo_name: keyword("Name that it greets with", text("NAME"), {
    default: "smtpchecker.keepalived.org",
    actsIn: "up",
  }),
  host: keywords("Where it connects to", blockOf(CONNECTING), {
    insteadOf: "what is in the block outside it, and another SMTP_CHECK for another host",
    actsIn: "up",
  }),
} as const;

const dnsName = oneWord("NAME", (word, reading) => {
  if (!/^\.|\.\./.test(word.text) || word.text === ".") return word.text;
  return reading.refuse(EMPTY_LABEL, word.span, `'${word.text}' has an empty label`);
});

const DNS = acting(
  "up",
  {
    ...CONNECTING,
    type: keyword(
      "Type of the record that is asked for",
      oneOfAnyCase("A", "NS", "CNAME", "SOA", "MX", "TXT", "AAAA", "RRSIG", "DNSKEY"),
      { default: "SOA" },
    ),
    name: keyword("Name that is asked for", dnsName, { default: "." }),
  } as const,
  ["bind_port"],
);

const length = integer(0, 65_535);

const UDP = acting(
  "up",
  {
    ...CONNECTING,
    payload: keyword("Bytes to send", payload, { default: "random bytes" }),
    require_reply: keyword(
      "Needs an answer, one that begins with these bytes if there are any",
      reply,
    ),
    min_reply_length: keyword("Shortest answer", length, { unit: "bytes", default: "0" }),
    max_reply_length: keyword("Longest answer", length, { unit: "bytes", default: "255" }),
  } as const,
  ["bind_port"],
);

const MISC = acting("up", {
  ...CHECK,
  misc_path: keyword("Program to run, in quotes with its arguments", command),
  misc_timeout: keyword("Time after which it is ended and has failed", integer(0, 4294), {
    unit: "s",
    default: "that of delay_loop",
  }),
  misc_dynamic: keyword("Takes the weight from exit statuses above 1: the status less 2", present),
  user: keyword("Account to run as", userAndGroup, { default: "script_user of global_defs" }),
} as const);

const MOST_WEIGHT = 2 ** 31 - 1;

const FILE = acting("up", {
  track_file: keyword("Name of the track_file block", text("FILE")),
  weight: keyword(
    "Factor of the number in the file",
    weight(MOST_WEIGHT, {}, ["reverse", "noreverse"]),
    { default: "weight of track_file" },
  ),
} as const);

const BFD = {
  name: keyword("Name of the bfd_instance", onlyName("BFD"), { isFirst: true }),
  alpha: CHECK.alpha,
} as const;

/** What stands in the block of each check. */
export const CHECK_TABLES = {
  TCP_CHECK: CONNECTING,
  HTTP_GET: HTTP_CHECK,
  SSL_GET: HTTP_CHECK,
  SMTP_CHECK: SMTP,
  DNS_CHECK: DNS,
  UDP_CHECK: UDP,
  PING_CHECK: CONNECTING,
  MISC_CHECK: MISC,
  FILE_CHECK: FILE,
  BFD_CHECK: BFD,
} as const;

const ALL = {
  TCP_CHECK: keywords("Opens a TCP connection", blockOf(CONNECTING)),
  HTTP_GET: keywords("Asks for pages by HTTP", needing(blockOf(HTTP_CHECK), "url")),
  SSL_GET: keywords("Asks for pages by HTTPS", needing(blockOf(HTTP_CHECK), "url")),
  SMTP_CHECK: keywords("Greets a mail server", blockOf(SMTP)),
  DNS_CHECK: keywords("Asks a name server by UDP", blockOf(DNS)),
  UDP_CHECK: keywords(
    "Sends a datagram: it fails by an ICMP error, or without an answer",
    blockOf(UDP),
  ),
  PING_CHECK: keywords("Sends an ICMP echo request", blockOf(CONNECTING)),
  MISC_CHECK: keywords("Runs a program: status 0 is success", needing(blockOf(MISC), "misc_path")),
  FILE_CHECK: keywords("Takes the weight from a file", needing(blockOf(FILE), "track_file")),
  BFD_CHECK: keywords("Follows a BFD session", needing(blockOf(BFD), "name")),
} as const;

export const CHECKERS = acting("up", ALL, ["BFD_CHECK"]);
