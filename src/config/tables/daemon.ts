/** Keywords outside all blocks: which keepalived this is, before anything else is read. */
import { integer, optional, present, text } from "../arguments.ts";
import { keyword } from "../keyword.ts";

export const DAEMON = {
  net_namespace: keyword("Network namespace that it runs in", text("NAME"), { isFirst: true }),
  net_namespace_ipvs: keyword("Network namespace of IPVS", optional(text("NAME"), null), {
    default: "that of net_namespace",
    isFirst: true,
  }),
  namespace_with_ipsets: keyword("Uses ipsets in a network namespace too", present),
  instance: keyword("Tells it from others on the host, in names of files", text("NAME"), {
    isFirst: true,
  }),
  use_pid_dir: keyword("Puts files with process ids into a directory of their own", present),
  linkbeat_use_polling: keyword("Asks all interfaces by polling whether they are up", present),
  child_wait_time: keyword("Time that its processes have to end", integer(0, 2 ** 32 - 1), {
    unit: "s",
    default: "5",
  }),
} as const;
