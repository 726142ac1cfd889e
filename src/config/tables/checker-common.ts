/** Keywords that the health checks share with each other, and with the servers that set their defaults. */
import { flag, integer, interfaceName, port, seconds } from "../arguments.ts";
import { firewallMark, oneAddress } from "../entries/service.ts";
import { keyword } from "../keyword.ts";

const U32 = 2 ** 32 - 1;
const MOST_S = 2 ** 64 / 1e6;

const delayLoop = seconds(0.000001, MOST_S);
const anyDelay = seconds(0, MOST_S);
const connectTimeout = seconds(0.000001, U32 / 1e6);

/** What virtual_server sets for its real servers, and a real server for its checks. @param from whose default it is */
const timing = (from: string | null, leastRetries: 0 | 1) => ({
  delay_loop: keyword("Time between two checks", delayLoop, {
    unit: "s",
    default: from ?? "60",
  }),
  retry: keyword("Failures that are tried again before it is down", integer(leastRetries, U32), {
    default: from ?? "1, of DNS_CHECK 3, of MISC_CHECK 0",
  }),
  delay_before_retry: keyword("Time before a failure is tried again", anyDelay, {
    unit: "s",
    default: from ?? "1, of HTTP_GET and SSL_GET 3, of DNS_CHECK and MISC_CHECK that of delay_loop",
  }),
  warmup: keyword("Longest random time before the first check", anyDelay, {
    unit: "s",
    default: from ?? "that of delay_loop",
  }),
});

const connecting = (from: string | null) => ({
  connect_timeout: keyword("Time in which a connection or an answer has to come", connectTimeout, {
    unit: "s",
    default: from ?? "5",
  }),
});

/** Of virtual_server and real_server. @param from whose default it is; null: keepalived's own */
export const checkDefaults = (from: string | null) => ({ ...timing(from, 1), ...connecting(from) });

/** Of each check but those of files and BFD sessions. */
export const CHECK = {
  ...timing("that of real_server", 0),
  alpha: keyword("Counts as failed until it has succeeded", flag, {
    default: "that of real_server",
  }),
  log_all_failures: keyword("Logs each failure, not those alone that change the state", flag, {
    default: "checker_log_all_failures of global_defs",
  }),
} as const;

/** Where a check connects to, and from where. */
export const CONNECTION = {
  connect_ip: keyword("Address to connect to", oneAddress, { default: "that of real_server" }),
  connect_port: keyword("Port to connect to", port, { default: "that of real_server" }),
  bindto: keyword("Source address", oneAddress),
  bind_port: keyword("Source port", port),
  bind_if: keyword("Interface to send from, as a link-local address needs one", interfaceName),
  ...connecting("that of real_server"),
  fwmark: keyword("Firewall mark of the packets that are sent", firewallMark, { default: "0" }),
} as const;
