/** global_defs: the rules that keep VMACs quiet and packets out, and the marks of virtual server groups. */
import { integer, optional, present, text } from "../../arguments.ts";
import { upTo } from "../../compound.ts";
import { keyword } from "../../keyword.ts";

const priority = integer(-(2 ** 31), 2 ** 31 - 1);
const table = optional(text("TABLE"), null);
const CHAIN_PRIORITY = keyword("Priority of its chains", priority, { default: "-1" });

export const FIREWALL = {
  nftables: keyword("Puts the rules into this table of nftables", table, {
    default: "keepalived where one is needed",
    isFirst: true,
  }),
  nftables_priority: CHAIN_PRIORITY,
  nftables_ifindex: keyword("Has numbers of interfaces in sets, not names", present),
  nftables_counters: keyword("Counts packets in the rules", present),
  nftables_ipvs: keyword(
    "Marks packets for virtual_server_group blocks in this table of nftables",
    table,
    { default: "none, keepalived_ipvs where the name is left out", isFirst: true },
  ),
  nftables_ipvs_priority: CHAIN_PRIORITY,
  nftables_ipvs_start_fwmark: keyword("First mark that it takes", integer(1, 2 ** 32 - 1), {
    default: "1000",
  }),
  vrrp_iptables: keyword("Puts the rules into these chains of iptables", upTo("IN", "OUT"), {
    default: "none, INPUT and OUTPUT where the names are left out",
  }),
  vrrp_ipsets: keyword(
    "Puts addresses into these sets of iptables",
    upTo("SET4", "SET6", "SET_IF6", "IGMP", "MLD", "ND"),
    { default: "keepalived, and the others by its name" },
  ),
} as const;
