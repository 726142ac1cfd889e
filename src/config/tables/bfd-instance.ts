/** `bfd_instance NAME { ... }`: a BFD session (RFC 5880). */
import { addressAlone } from "../addresses.ts";
import { flag, integer, milliseconds, oneWord, present } from "../arguments.ts";
import { BAD_NAME } from "../codes/values.ts";
import { weight } from "../compound.ts";
import { keyword, spelling } from "../keyword.ts";

export const bfdName = oneWord("NAME", (word, reading) => {
  if (word.text.length <= 31) return word.text;
  const message = `the name '${word.text}' has more than 31 characters`;
  return reading.refuse(BAD_NAME, word.span, message);
});

const NEIGHBOR = keyword("Address of the other end", addressAlone);
const TTL = keyword("TTL or hop limit of own packets", integer(1, 255), {
  default: "255, 64 for IPv6",
});

const MOST_MS = 4_294_967;

export const BFD_INSTANCE = {
  neighbor_ip: NEIGHBOR,
  neighbour_ip: spelling("neighbor_ip", NEIGHBOR),
  source_ip: keyword("Own address", addressAlone),
  min_rx: keyword("Shortest interval at which packets may come", milliseconds(1, MOST_MS), {
    unit: "ms",
    default: "10",
  }),
  min_tx: keyword("Shortest interval at which packets are sent", milliseconds(1, MOST_MS), {
    unit: "ms",
    default: "10",
  }),
  idle_tx: keyword("Interval of packets while the session is down", milliseconds(1000, MOST_MS), {
    unit: "ms",
    default: "1000",
  }),
  multiplier: keyword("Packets that may be missing", integer(1, 255), { default: "5" }),
  passive: keyword("Waits for the other end to begin", present),
  ttl: TTL,
  hoplimit: spelling("ttl", TTL),
  max_hops: keyword("Routers that packets may have passed; -1: any number", integer(-1, 255), {
    default: "0",
  }),
  multihop: keyword("Uses the port of sessions over several hops (RFC 5883)", flag, {
    since: "2.2.8",
  }),
  weight: keyword("Changes the priority by this instead of causing a FAULT", weight(253), {
    default: "0",
  }),
  vrrp: keyword("Tells the VRRP process alone", present),
  checker: keyword("Tells the process of the health checks alone", present),
} as const;
