/** global_defs: IPVS as a whole. */
import { multicastAddress } from "../../addresses.ts";
import { integer, interfaceName, oneOf, optional, port, present, text } from "../../arguments.ts";
import { INCOMPLETE_ENTRY, OPTIONS_CLASH } from "../../codes/values.ts";
import { type Argument, acting, keyword, keywords, type Values } from "../../keyword.ts";
import { readOptions, refuseOption, usageOf } from "../../options.ts";

const timeout = integer(0, 2_678_400);

const TIMEOUTS = {
  tcp: keyword("Time that an idle TCP connection is remembered", timeout, { unit: "s" }),
  tcpfin: keyword("The same of one that was closed", timeout, { unit: "s" }),
  udp: keyword("The same of UDP", timeout, { unit: "s" }),
} as const;

const timeouts: Argument<Values<typeof TIMEOUTS>> = {
  usage: usageOf(TIMEOUTS),
  table: TIMEOUTS,
  read(reading) {
    const { values } = readOptions(reading, TIMEOUTS, (word) => {
      reading.take();
      refuseOption(reading, word, TIMEOUTS, "lvs_timeouts");
      return true;
    });
    if (reading.statement.words.length > 1) return values;
    const message = "'lvs_timeouts' needs a timeout behind it";
    return reading.refuse(INCOMPLETE_ENTRY, reading.end, message);
  },
};

const SYNC = {
  inst: keyword("Follows the state of this vrrp_instance", text("INSTANCE")),
  id: keyword("Number that both ends share", integer(0, 255), { default: "that of the instance" }),
  maxlen: keyword("Longest datagram", integer(1, 65_507), { unit: "bytes" }),
  port: keyword("UDP port", port, { default: "8848" }),
  ttl: keyword("TTL or hop limit", integer(1, 255), { default: "1" }),
  group: keyword("Multicast group", multicastAddress, { default: "224.0.0.81" }),
} as const;

/** The daemons of the kernel that tell another director of connections. */
export interface SyncDaemon {
  readonly ifName: string;
  readonly instance: string | null; // null: both daemons run all the time
  readonly options: Values<typeof SYNC>;
}

const syncDaemon: Argument<SyncDaemon> = {
  usage: `INTERFACE [[inst] INSTANCE] ${usageOf({ ...SYNC, inst: { ...SYNC.inst, sameAs: "inst" } })}`,
  table: SYNC,
  read(reading) {
    const ifName = interfaceName.read(reading);
    const second = reading.peek();
    const instance = second === undefined || Object.hasOwn(SYNC, second.text) ? null : second;
    if (instance !== null) reading.take();
    const { values } = readOptions(reading, SYNC, (word) => {
      reading.take();
      refuseOption(reading, word, SYNC, "lvs_sync_daemon");
      return true;
    });
    if (instance !== null && values.inst !== null) {
      reading.refuse(OPTIONS_CLASH, values.inst.span, `'${instance.text}' was named before`);
    }
    if (ifName === undefined) return undefined;
    return { ifName, instance: instance?.text ?? values.inst?.value ?? null, options: values };
  },
};

export const LVS = acting("up", {
  lvs_timeouts: keywords("Times that IPVS remembers idle connections", timeouts),
  lvs_flush: keyword("Empties IPVS at the start", present),
  lvs_flush_on_stop: keyword(
    "Empties IPVS at the end, or removes virtual servers without their real ones first",
    optional(oneOf("VS"), null),
  ),
  lvs_sync_daemon: keyword("Synchronises connections with another director", syncDaemon, {
    isFirst: true,
  }),
} as const);
