/** What may stand outside all blocks. */
import { text } from "../arguments.ts";
import { blockOf, named } from "../block.ts";
import { staticAddress } from "../entries/address.ts";
import { groupMember } from "../entries/group-member.ts";
import { staticRoute } from "../entries/route.ts";
import { staticRule } from "../entries/rule.ts";
import { virtualService } from "../entries/service.ts";
import { acting, keyword, keywords, spelling, type Values } from "../keyword.ts";
import { listOf, notEmpty, onlyName } from "../list.ts";
import { BFD_INSTANCE, bfdName } from "./bfd-instance.ts";
import { DAEMON } from "./daemon.ts";
import { GARP_GROUP } from "./garp.ts";
import { GLOBAL_DEFS } from "./global-defs.ts";
import { interfaceDelays, polledInterface } from "./interfaces.ts";
import { SSL } from "./ssl.ts";
import { TRACK_FILE, VRRP_TRACK_PROCESS } from "./track-definitions.ts";
import { VIRTUAL_SERVER } from "./virtual-server.ts";
import { VRRP_INSTANCE } from "./vrrp-instance.ts";
import { VRRP_SCRIPT } from "./vrrp-script.ts";
import { TRACK_GROUP, VRRP_SYNC_GROUP } from "./vrrp-sync-group.ts";

const TRACKED_FILE = keywords(
  "A file with a number that is added to priorities",
  named(text("NAME"), blockOf(TRACK_FILE)),
);

/** VRRP, what it watches and what stays while keepalived runs. */
const VRRP = {
  vrrp_instance: keywords("A virtual router", named(onlyName("NAME"), blockOf(VRRP_INSTANCE))),
  vrrp_sync_group: keywords(
    "Instances that change their state together",
    named(onlyName("NAME"), blockOf(VRRP_SYNC_GROUP)),
  ),
  vrrp_script: keywords(
    "A program whose exit status says whether a router may serve",
    named(text("NAME"), blockOf(VRRP_SCRIPT)),
  ),
  track_file: TRACKED_FILE,
  vrrp_track_file: spelling("track_file", TRACKED_FILE, { insteadOf: "track_file" }),
  vrrp_track_process: keywords(
    "Processes of which a number has to run",
    named(text("NAME"), blockOf(VRRP_TRACK_PROCESS)),
  ),
  bfd_instance: keywords("A BFD session with another host", named(bfdName, blockOf(BFD_INSTANCE))),
  static_ipaddress: keywords(
    "Addresses that the host has while keepalived runs",
    listOf(staticAddress),
  ),
  static_routes: keywords("Routes that the host has while keepalived runs", listOf(staticRoute)),
  static_rules: keywords(
    "Policy rules that the host has while keepalived runs",
    listOf(staticRule),
  ),
  track_group: keywords(
    "Instances that are in FAULT while a static address, route or rule is missing",
    named(onlyName("NAME"), blockOf(TRACK_GROUP)),
  ),
  garp_group: keywords("Limits how fast interfaces announce addresses", blockOf(GARP_GROUP)),
  linkbeat_interfaces: keywords(
    "Interfaces that are asked by polling whether they are up",
    listOf(polledInterface),
  ),
  interface_up_down_delays: keywords(
    "How long an interface has to be up or down before it counts",
    listOf(interfaceDelays),
  ),
} as const;

/** IPVS and the health checks. */
const LVS = {
  virtual_server_group: keywords(
    "Addresses and firewall marks that are one virtual server",
    named(text("NAME"), notEmpty(listOf(groupMember))),
  ),
  virtual_server: keywords(
    "An address that is spread over real servers",
    named(virtualService, blockOf(VIRTUAL_SERVER)),
  ),
  SSL: keyword("What SSL_GET shows of itself, and whom it believes", blockOf(SSL), {
    isReplaced: true,
  }),
} as const;

export const ROOT = {
  ...DAEMON,
  global_defs: keyword("What holds for keepalived as a whole", blockOf(GLOBAL_DEFS), {
    isJoined: true,
    actsIn: "up",
  }),
  ...acting("up", VRRP, ["bfd_instance", "track_group", "linkbeat_interfaces"]),
  ...acting("up", LVS),
} as const;

/** A whole configuration as it was written, before defaults and inheritance. */
export type Configuration = Values<typeof ROOT>;
