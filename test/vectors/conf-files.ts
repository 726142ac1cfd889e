/**
 * Small files that say something of what VRRP comes to, by a name each; `;` ends a line. An instance is
 * written INST NAME INTERFACE VRID { ... }, its addresses VIP ADDRESS, ...
 */
const SCRIPT = "vrrp_script s {; script /bin/true; weight 10; timeout 1; };";
const FAULT_SCRIPT = "vrrp_script s {; script /bin/true; timeout 1; };";
const FILE = "track_file f {; file /etc/hostname; };";
const BFD = "bfd_instance b {; neighbor_ip 10.0.0.3; weight 5; };";
const PROCESS = "vrrp_track_process p {; process foo; weight 5; };";
const V = "INST v eth0 5 {; VIP 10.0.0.5; };";
const W = "INST w eth0 6 {; VIP 10.0.0.6; };";
const GROUP = "vrrp_sync_group G {; group {; v; w; }; };";
const one = (inside: string): string => `INST v eth0 5 {; ${inside}; VIP 10.0.0.5; };`;
const grouped = (inside: string, ofGroup = ""): string =>
  `${one(inside)} ${W} vrrp_sync_group G {; group {; v; w; }; ${ofGroup}; };`;

const FILES: Readonly<Record<string, string>> = {
  plain: V,
  "no number": "vrrp_instance v {; interface eth0; VIP 10.0.0.5; };",
  "no interface": "vrrp_instance v {; virtual_router_id 5; VIP 10.0.0.5; };",
  "no address": "INST v eth0 5 {; };",
  "no address, version 3": "INST v eth0 5 {; version 3; };",
  "excluded addresses alone": "INST v eth0 5 {; virtual_ipaddress_excluded {; 10.0.0.5; }; };",
  "version 2 of IPv6": "INST v eth0 5 {; version 2; VIP fe80::5; };",
  "version 2 of IPv6, strict": "INST v eth0 5 {; version 2; strict_mode on; VIP fe80::5; };",
  "version 2 behind an IPv6 address": "INST v eth0 5 {; VIP fe80::5; version 2; };",
  native_ipv6: "INST v eth0 5 {; native_ipv6; VIP 2001:db8::5/64; };",
  "version 2 behind native_ipv6": "INST v eth0 5 {; native_ipv6; version 2; VIP fe80::5; };",
  "global version": `global_defs {; vrrp_version 3; }; ${V}`,
  "first address of IPv6": "INST v eth0 5 {; VIP 2001:db8::5; };",
  "first address of IPv6, strict": "INST v eth0 5 {; strict_mode on; VIP 2001:db8::5; };",
  "two families": "INST v eth0 5 {; VIP 10.0.0.5, fe80::5; };",
  "two families, excluded": one(
    "virtual_ipaddress_excluded {; 2001:db8::7/64; 10.0.0.7/24 dev eth1; }",
  ),
  "MASTER, strict": one("strict_mode on; state MASTER; priority 100"),
  MASTER: one("state MASTER"),
  "MASTER with a priority": one("state MASTER; priority 120"),
  "BACKUP that owns": one("state BACKUP; priority 255"),
  "BACKUP that owns, strict": one("state BACKUP; priority 255; strict_mode on"),
  password: one("authentication {; auth_type PASS; auth_pass abc; }"),
  "password, strict": one("strict_mode on; authentication {; auth_type PASS; auth_pass abc; }"),
  "password, version 3": one("version 3; authentication {; auth_type PASS; auth_pass abc; }"),
  "no password": one("authentication {; auth_type PASS; }"),
  "password alone": one("authentication {; auth_pass abc; }"),
  "AH of IPv6":
    "INST v eth0 5 {; version 2; authentication {; auth_type AH; auth_pass abc; }; VIP fe80::5; };",
  "AH of a MASTER": one(
    "state MASTER; priority 100; authentication {; auth_type AH; auth_pass abc; }",
  ),
  unicast: one(
    "unicast_src_ip 10.0.0.1; unicast_peer {; 10.0.0.2; 10.0.0.3 min_ttl 250; }; unicast_ttl 200",
  ),
  "unicast_src_ip without peers": one("unicast_src_ip 10.0.0.1"),
  "unicast_peer without peers": one("unicast_peer {; }"),
  "check_unicast_src without peers": one("check_unicast_src"),
  "old_unicast_checksum without peers": one("old_unicast_checksum"),
  "unicast_ttl without peers": one("unicast_ttl 5"),
  unicast_fault_no_peer: one("unicast_fault_no_peer"),
  "global check_unicast_src": `global_defs {; vrrp_check_unicast_src; }; ${one("unicast_peer {; 10.0.0.2; }")}`,
  "group of unicast": one("mcast_dst_ip 224.0.0.9; unicast_peer {; 10.0.0.2; }"),
  groups: `global_defs {; vrrp_mcast_group4 224.0.0.20; }; ${V} INST w eth0 6 {; mcast_dst_ip 224.0.0.9; VIP 10.0.0.6; };`,
  nopreempt: one("nopreempt"),
  "nopreempt that owns": one("priority 255; nopreempt"),
  "nopreempt of a MASTER": one("state MASTER; priority 100; nopreempt"),
  "nopreempt and preempt": one("nopreempt; preempt"),
  preempt_delay: one("preempt_delay 7.5"),
  "preempt_delay of a MASTER": one("state MASTER; priority 100; preempt_delay 5"),
  "preempt_delay, strict": one("strict_mode on; preempt_delay 5"),
  "preempt_delay and nopreempt": one("nopreempt; preempt_delay 5"),
  strict: one("strict_mode on"),
  "strict, version 3": one("strict_mode on; version 3; accept"),
  "globally strict": `global_defs {; vrrp_strict; vrrp_higher_prio_send_advert; vrrp_garp_lower_prio_repeat 4; }; ${V}`,
  "globally strict, not here": `global_defs {; vrrp_strict; }; ${one("strict_mode off")}`,
  down_timer_adverts: one("down_timer_adverts 5"),
  "down_timer_adverts, strict": one("strict_mode on; down_timer_adverts 5"),
  "global down_timer_adverts, strict": `global_defs {; vrrp_down_timer_adverts 6; }; ${one("strict_mode on")}`,
  no_accept: one("no_accept; version 3"),
  "no_accept that owns": one("priority 255; no_accept"),
  "no_accept and accept": one("no_accept; accept"),
  "accept, strict": one("strict_mode on; accept"),
  "garp_lower_prio_repeat, strict": one("strict_mode on; garp_lower_prio_repeat 3"),
  "garp_lower_prio_delay, strict": one("strict_mode on; garp_lower_prio_delay 3"),
  "lower_prio_no_advert off, strict": one("strict_mode on; lower_prio_no_advert off"),
  "higher_prio_send_advert, strict": one("strict_mode on; higher_prio_send_advert on"),
  announcements: one(
    "garp_master_delay 3; garp_master_repeat 4; garp_master_refresh 60; garp_master_refresh_repeat 2; garp_lower_prio_delay 6; garp_lower_prio_repeat 7",
  ),
  "global announcements, below": `${V} global_defs {; vrrp_garp_master_delay 7; vrrp_garp_master_repeat 8; vrrp_garp_master_refresh 9; vrrp_garp_master_refresh_repeat 3; };`,
  "least announcements": `global_defs {; vrrp_min_garp; vrrp_garp_master_refresh 9; }; ${one("garp_master_repeat 2")}`,
  "mails and changes": `global_defs {; smtp_alert; vrrp_notify_priority_changes; vrrp_skip_check_adv_addr; }; ${one("smtp_alert off")} ${W}`,
  "mails of VRRP": `global_defs {; smtp_alert off; smtp_alert_vrrp on; }; ${V}`,
  "interval of a second and a half": one("advert_int 1.5"),
  "interval of a tenth": one("advert_int 0.1"),
  "interval of a tenth, version 3": one("version 3; advert_int 0.1"),
  "interval of 15ms, version 3": one("version 3; advert_int 0.015"),
  "interval of 50s, version 3": one("version 3; advert_int 50"),
  "vmac_xmit_base without VMAC": one("vmac_xmit_base"),
  "vmac_xmit_base, strict": one("strict_mode on; use_vmac; vmac_xmit_base"),
  "MAC of a VMAC, strict": one("strict_mode on; use_vmac v5 02:00:00:00:00:05"),
  "VMAC and promote_secondaries": one("use_vmac; promote_secondaries"),
  promote_secondaries: one("promote_secondaries"),
  "VMAC and unicast": one("use_vmac; unicast_src_ip 10.0.0.1; unicast_peer {; 10.0.0.2; }"),
  ipvlan: one("use_ipvlan"),
  addresses:
    "INST v eth0 5 {; VIP 10.0.0.5/24 label eth0:1, 10.0.0.6 dev eth1 scope link, 10.0.0.7 peer 10.0.0.8; };",
  "addresses of IPv6": "INST v eth0 5 {; VIP fe80::5/64, 2001:db8::5, 2001:db8::6/64 -nodad; };",
  "256 addresses": `INST v eth0 5 {; VIP ${Array.from({ length: 256 }, (_, n) => `10.1.${n >> 7}.${(n & 127) + 1}`).join(", ")}; };`,
  "an address twice": `${V} INST w eth0 6 {; VIP 10.0.0.5; };`,
  "a number twice": `${V} INST w eth0 5 {; VIP 10.0.0.6; };`,
  "a number of both families": `${V} INST w eth0 5 {; VIP fe80::6; };`,
  "a number of two groups": `${V} INST w eth0 5 {; mcast_dst_ip 224.0.0.9; VIP 10.0.0.6; };`,
  "a number of other peers": `${one("unicast_peer {; 10.0.0.2; }")} INST w eth0 5 {; unicast_peer {; 10.0.0.3; }; VIP 10.0.0.6; };`,
  "a number of the same peer": `${one("unicast_peer {; 10.0.0.2; }")} INST w eth0 5 {; unicast_peer {; 10.0.0.2; }; VIP 10.0.0.6; };`,
  "a name twice": `${V} INST v eth0 6 {; VIP 10.0.0.6; };`,
  track_src_ip: one("track_src_ip"),
  script: `${SCRIPT} ${one("track_script {; s; }")}`,
  "script with another weight": `${SCRIPT} ${one("track_script {; s weight -5 reverse; }")}`,
  "script unused": `${SCRIPT} ${V}`,
  "script without command": `vrrp_script s {; weight 10; }; ${one("track_script {; s; }")}`,
  "script unknown": one("track_script {; nosuch; }"),
  "script below": `${one("track_script {; s; }")} ${SCRIPT}`,
  "script defined twice": `${SCRIPT} vrrp_script s {; script /bin/false; }; ${one("track_script {; s; }")}`,
  "script tracked twice": `${SCRIPT} ${one("track_script {; s; s; }")}`,
  "script of an owner": `${SCRIPT} ${one("priority 255; track_script {; s; }")}`,
  file: `${FILE} ${one("track_file {; f weight 2; }")}`,
  "file unknown": one("track_file {; f; }"),
  "file without file": `track_file f {; weight 2; }; ${one("track_file {; f; }")}`,
  "file below": `${one("track_file {; f; }")} ${FILE}`,
  "file of an owner": `${FILE} ${one("priority 255; track_file {; f; }")}`,
  "file with a weight of an owner": `${FILE} ${one("priority 255; track_file {; f weight 5; }")}`,
  process: `${PROCESS} ${one("track_process {; p; }")}`,
  "process unknown": one("track_process {; p; }"),
  "process without process": `vrrp_track_process p {; weight 2; }; ${one("track_process {; p; }")}`,
  "process of an owner": `${PROCESS} ${one("priority 255; track_process {; p; }")}`,
  "process with an empty quorum": `vrrp_track_process p {; process foo; quorum 3; quorum_max 2; }; ${one("track_process {; p; }")}`,
  "process with a quorum that may not run": `vrrp_track_process p {; process foo; quorum 1; quorum_max 0; }; ${one("track_process {; p; }")}`,
  "process that may not run": `vrrp_track_process p {; process foo; quorum_max 0; }; ${one("track_process {; p; }")}`,
  BFD: `${BFD} ${one("track_bfd {; b; }")}`,
  "BFD unknown": one("track_bfd {; b; }"),
  "BFD without neighbour": `bfd_instance b {; min_rx 10; }; ${one("track_bfd {; b; }")}`,
  "BFD twice": `${BFD} bfd_instance b {; neighbor_ip 10.0.0.4; }; ${one("track_bfd {; b; }")}`,
  "BFD of an owner": `${BFD} ${one("priority 255; track_bfd {; b; }")}`,
  "BFD of health checks": `bfd_instance b {; neighbor_ip 10.0.0.3; checker; }; ${one("track_bfd {; b; }")}`,
  "BFD of two families": `bfd_instance b {; neighbor_ip 10.0.0.3; source_ip fe80::1; }; ${one("track_bfd {; b; }")}`,
  "own interface": one("track_interface {; eth0 weight 5; }"),
  interface: one("track_interface {; eth1 weight 5; }"),
  "interface twice": one("track_interface {; eth1; eth1 weight 5; }"),
  "interface of an owner": one("priority 255; track_interface {; eth1 weight 5; }"),
  "interface of an address":
    "INST v eth0 5 {; track_interface {; eth1 weight 5; }; VIP 10.0.0.5, 10.1.0.5 dev eth1; };",
  "interface of an address without tracking":
    "INST v eth0 5 {; track_interface {; eth1 weight 5; }; VIP 10.0.0.5, 10.1.0.5 dev eth1 no_track; };",
  "interface of a route": one(
    "track_interface {; eth1 weight 5; }; virtual_routes {; 10.5.0.0/16 dev eth1; }",
  ),
  "not its own interface": one("dont_track_primary"),
  group: `${V} ${W} ${GROUP}`,
  "group above": `${GROUP} ${V} ${W}`,
  "group with an unknown member": `${V} ${W} vrrp_sync_group G {; group {; v; w; x; }; };`,
  "group of one": `${V} vrrp_sync_group G {; group {; v; }; };`,
  "group of one known": `${V} vrrp_sync_group G {; group {; v; x; }; };`,
  "group of none": `${V} vrrp_sync_group G {; group {; }; };`,
  "group without members": `${V} vrrp_sync_group G {; smtp_alert; };`,
  "group twice": `${V} ${W} ${GROUP} ${GROUP}`,
  "two groups of one": `${V} ${W} INST x eth0 7 {; VIP 10.0.0.7; }; ${GROUP} vrrp_sync_group H {; group {; v; x; }; };`,
  "group with a member twice": `${V} ${W} vrrp_sync_group G {; group {; v; w; v; }; };`,
  "group of a MASTER": grouped("state MASTER; priority 150"),
  "group that tells": grouped("notify_priority_changes off", "notify_priority_changes; smtp_alert"),
  "group and a weighted script": `${SCRIPT} ${grouped("track_script {; s; }")}`,
  "group and a weighted script, allowed": `${SCRIPT} ${grouped("track_script {; s; }", "sync_group_tracking_weight")}`,
  "script of a group": `${SCRIPT} ${grouped("", "track_script {; s; }")}`,
  "script of a group and a member": `${SCRIPT} ${grouped("track_script {; s weight 5; }", "sync_group_tracking_weight; track_script {; s weight 7; }")}`,
  "script of a group, of a member as a fault": `${FAULT_SCRIPT} ${grouped("track_script {; s; }", "sync_group_tracking_weight; track_script {; s weight 7; }")}`,
  "group of one unknown": `${V} vrrp_sync_group G {; group {; x; }; };`,
  "owner, strict": one("strict_mode on; priority 255"),
  "script of a group and a member as a fault": `${FAULT_SCRIPT} ${grouped("track_script {; s; }", "track_script {; s; }")}`,
  "script of a group with an owner": `${SCRIPT} ${grouped("priority 255", "track_script {; s; }")}`,
  "script of a group, unknown": grouped("", "track_script {; nosuch; }"),
  "group and a file": `${FILE} ${grouped("track_file {; f; }")}`,
  "group and a weighted file": `${FILE} ${grouped("track_file {; f weight 5; }")}`,
  "group and a weighted process": `${PROCESS} ${grouped("track_process {; p; }")}`,
  "group and a weighted interface": grouped("track_interface {; eth1 weight 5; }"),
  "interface of a group and a member": grouped(
    "track_interface {; eth1; }",
    "track_interface {; eth1; }",
  ),
  "interface of a group that members have": grouped("", "track_interface {; eth0 weight 5; }"),
  "interface of a group": grouped(
    "",
    "sync_group_tracking_weight; track_interface {; eth1 weight 5; }",
  ),
};

/** Each file as its lines. */
export const CONF_FILES: readonly { readonly name: string; readonly lines: string[] }[] =
  Object.entries(FILES).map(([name, text]) => ({ name, lines: linesOf(text) }));

function linesOf(text: string): string[] {
  const whole = text
    .replace(/INST (\S+) (\S+) (\d+) \{/g, "vrrp_instance $1 {; interface $2; virtual_router_id $3")
    .replace(
      /VIP ([^;]+);/g,
      (_, list: string) => `virtual_ipaddress {; ${list.split(",").join(";")}; };`,
    );
  return whole.split(";").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
}
