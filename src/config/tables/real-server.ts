/** `real_server ADDRESS [PORT] { ... }`: a server behind a virtual one. */
import { flag, integer, text } from "../arguments.ts";
import { commandOf } from "../compound.ts";
import { forwarding } from "../entries/forwarding.ts";
import { acting, keyword } from "../keyword.ts";
import { onlyName } from "../list.ts";
import { checkDefaults } from "./checker-common.ts";
import { CHECKERS } from "./checkers.ts";

const connections = integer(0, 2 ** 32 - 1);

const SERVER = {
  weight: keyword("Share of the connections that it gets", integer(0, 2 ** 31 - 1), {
    default: "weight of virtual_server",
  }),
  lvs_method: keyword("How packets get to it", forwarding, {
    default: "lvs_method of virtual_server",
  }),
  uthreshold: keyword("Connections above which it gets no more, 0 for any", connections, {
    default: "0",
  }),
  lthreshold: keyword("Connections below which it gets some again", connections, { default: "0" }),
  inhibit_on_failure: keyword("Has weight 0 while it is down, and stays in IPVS", flag, {
    default: "inhibit_on_failure of virtual_server",
  }),
  notify_up: keyword("Run when it comes up", commandOf, { isFirst: true }),
  notify_down: keyword("Run when it goes down", commandOf, { isFirst: true }),
  alpha: keyword("Is down until its checks have succeeded", flag, {
    default: "alpha of virtual_server",
  }),
  ...checkDefaults("that of virtual_server"),
  smtp_alert: keyword("Sends a mail when it comes up or goes down", flag, {
    default: "smtp_alert_checker of global_defs, else on",
  }),
  virtualhost: keyword("Host header of its HTTP checks", text("HOST"), {
    default: "virtualhost of virtual_server",
  }),
  snmp_name: keyword("Name that SNMP tells", onlyName("NAME")),
  ...CHECKERS,
} as const;

export const REAL_SERVER = acting("up", SERVER, ["snmp_name"]);
