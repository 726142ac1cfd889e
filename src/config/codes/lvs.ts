/** vk500 to vk599: virtual servers, real servers and their health checks. */
import type { FindingKind } from "../finding.ts";

export const RANGE_DROPPED: FindingKind = {
  code: "vk501",
  severity: "warning",
  title: "a range where one address belongs",
  explains:
    "keepalived takes the first address and drops the rest without a word. Ranges belong into a virtual_server_group.",
};

export const BAD_RANGE: FindingKind = {
  code: "vk502",
  severity: "error",
  title: "not a range of addresses",
  explains:
    "A range goes up, A.B.C.D-E or from address to address of one family, or is a network A.B.C.0/24. keepalived skips the entry.",
};

export const HOST_BITS: FindingKind = {
  code: "vk503",
  severity: "error",
  title: "a network with host bits",
  explains:
    "A range that is written as a network begins with the address of the network. keepalived skips the entry.",
};

export const BAD_TUNNEL: FindingKind = {
  code: "vk504",
  severity: "error",
  title: "options that this tunnel does not have",
  explains:
    "gue needs a port and is the only one with it; ipip has no checksum, gre no remote checksum. keepalived ignores the line.",
};

export const BAD_NETMASK: FindingKind = {
  code: "vk505",
  severity: "warning",
  title: "a mask with gaps",
  explains:
    "keepalived takes it without a word. IPVS then keeps clients together that have nothing in common.",
};

export const BAD_STATUS_CODE: FindingKind = {
  code: "vk506",
  severity: "error",
  title: "not a status code of HTTP",
  explains:
    "Codes are 100 to 599, one or a range, with blanks between them. keepalived ignores those that are not.",
};

export const BAD_DIGEST: FindingKind = {
  code: "vk507",
  severity: "error",
  title: "not an MD5 digest",
  explains: "A digest has 32 hex digits, as genhash prints it. keepalived ignores the line.",
};

export const BAD_HEX: FindingKind = {
  code: "vk508",
  severity: "error",
  title: "not hex digits",
  explains:
    "Bytes are pairs of hex digits, blanks between them are free. In an answer x stands for any digit. keepalived ignores the line.",
};

export const UNKNOWN_REGEX_OPTION: FindingKind = {
  code: "vk509",
  severity: "warning",
  title: "an option that regular expressions do not have",
  explains: "keepalived leaves it out, and `keepalived -t` may say nothing of it.",
};

export const EMPTY_LABEL: FindingKind = {
  code: "vk510",
  severity: "error",
  title: "a DNS name with an empty label",
  explains: "Two dots in a row make no name. keepalived ignores the line and asks for the root.",
};
