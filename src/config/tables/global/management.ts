/** global_defs: SNMP and D-Bus. */
import { present, seconds, text } from "../../arguments.ts";
import { keyword, spelling } from "../../keyword.ts";
import { onlyName } from "../../list.ts";

const VRRP = keyword("Tells SNMP of VRRP by the MIB of keepalived", present);
const update = (of: string) =>
  keyword(`Time that statistics of ${of} are kept for SNMP`, seconds(0.001, 30), {
    unit: "s",
    default: "5",
    since: "2.3.0",
  });

export const MANAGEMENT = {
  snmp_socket: keyword("Where the SNMP agent listens", onlyName("SOCKET"), {
    default: "unix:/var/agentx/master",
    isFirst: true,
  }),
  enable_snmp_vrrp: VRRP,
  enable_snmp_keepalived: spelling("enable_snmp_vrrp", VRRP, { insteadOf: "enable_snmp_vrrp" }),
  enable_snmp_checker: keyword("Tells SNMP of servers by the MIB of keepalived", present),
  enable_snmp_rfc: keyword("Tells SNMP of VRRP by both MIBs of RFCs", present),
  enable_snmp_rfcv2: keyword("Tells SNMP of VRRP version 2 by the MIB of RFC 2787", present),
  enable_snmp_rfcv3: keyword("Tells SNMP of VRRP version 3 by the MIB of RFC 6527", present),
  enable_traps: keyword("Sends SNMP traps", present),
  snmp_vs_stats_update_interval: update("virtual servers"),
  snmp_rs_stats_update_interval: update("real servers"),
  enable_dbus: keyword("Tells D-Bus of VRRP", present),
  dbus_service_name: keyword("Name of the service on D-Bus", text("NAME"), {
    default: "org.keepalived.Vrrp1",
  }),
  dbus_no_interface_name: keyword("Name on D-Bus of an interface that there is not", text("NAME"), {
    default: "none",
    since: "2.3.0",
  }),
} as const;
