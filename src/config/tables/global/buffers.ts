/** global_defs: buffers of the sockets that hear of interfaces and processes. */
import { flag, integer } from "../../arguments.ts";
import { keyword } from "../../keyword.ts";

const size = (of: string) =>
  keyword(`Size of the buffer ${of}`, integer(0, 2 ** 32 - 1), { unit: "bytes" });
const FORCE = keyword("Lets it be larger than rmem_max", flag, { default: "off" });

export const BUFFERS = {
  vrrp_netlink_cmd_rcv_bufs: size("of answers of netlink to the VRRP process"),
  vrrp_netlink_cmd_rcv_bufs_force: FORCE,
  vrrp_netlink_monitor_rcv_bufs: size("of changes that netlink tells the VRRP process"),
  vrrp_netlink_monitor_rcv_bufs_force: FORCE,
  lvs_netlink_cmd_rcv_bufs: size("of answers of netlink to the process of the checks"),
  lvs_netlink_cmd_rcv_bufs_force: FORCE,
  lvs_netlink_monitor_rcv_bufs: size("of changes that netlink tells the process of the checks"),
  lvs_netlink_monitor_rcv_bufs_force: FORCE,
  process_monitor_rcv_bufs: size("of processes that begin and end, of vrrp_track_process"),
  process_monitor_rcv_bufs_force: FORCE,
} as const;
