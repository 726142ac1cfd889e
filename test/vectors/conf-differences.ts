/** Lines of global_defs, virtual servers and checks of which we say something else than 2.2.7, by the reason. */

/** A later version knows the keyword or the word. */
const NEWER = [
  "global: use_symlink_paths",
  "global: use_symlink_paths off",
  "global: set_supplementary_groups",
  "global: state_dump_file /tmp/x",
  "global: stats_dump_file /tmp/x",
  "global: json_dump_file /tmp/x",
  "global: state_dump_file /tmp/a ; state_dump_file /tmp/b",
  "global: json_version 1",
  "global: json_version 2",
  "global: iproute_usr_dir /usr/share/iproute2",
  "global: iproute_usr_dir x",
  "global: iproute_etc_dir /etc/iproute2",
  "global: iproute_etc_dir /etc ; iproute_etc_dir /etc",
  "global: vrrp_owner_ignore_adverts",
  "global: v3_checksum_as_v2",
  "global: vrrp_delay_after_boot 5",
  "global: vrrp_rx_bufs_policy NO_SEND_RX",
  "global: vrrp_rx_bufs_policy NO_SEND_RX MTU",
  "global: vrrp_rx_bufs_policy MTU NO_SEND_RX",
  "global: snmp_vs_stats_update_interval 5",
  "global: snmp_rs_stats_update_interval 5",
  "global: dbus_no_interface_name none",
  "http: tls_compliant",
  "http: sni_name x",
  "url: tls_compliant",
];

/** Debian builds it without iptables and ipsets. */
const NOT_BUILT = [
  "global: vrrp_iptables",
  "global: vrrp_iptables a",
  "global: vrrp_iptables a b",
  "global: vrrp_iptables a b c",
  "global: vrrp_iptables a2345678901234567890123456789",
  "global: vrrp_iptables a23456789012345678901234567890",
  "global: vrrp_iptables a ; vrrp_iptables b",
  "global: vrrp_ipsets",
  "global: vrrp_ipsets a",
  "global: vrrp_ipsets a b c d e",
  "global: vrrp_ipsets a b c d e f",
  "global: vrrp_ipsets a b c d e f g",
  "global: vrrp_ipsets a234567890123456789012345678901",
  "global: vrrp_ipsets a2345678901234567890123456789012",
  "global: vrrp_ipsets a ; vrrp_ipsets b",
];

/** It depends on the host, which is not asked here. */
const HOST = [
  "global: smtp_server nosuch.invalid",
  "global: vrrp_cpu_affinity 100",
  "global: vrrp_cpu_affinity 1023",
  "global: script_user nosuch",
  "global: config_save_dir /nosuch/x",
  "misc: user nosuch",
];

/** keepalived takes it without a word, and something else comes of it, or nothing. */
const STRICTER = [
  "global: smtp_helo_name",
  "global: default_interface a23456789012345x",
  "global: default_interface a/b",
  "global: vrrp_rx_bufs_policy 5 6",
  "virtualServer: persistence_granularity 129",
  "tcp: bind_if a/b",
  "tcp: bind_if eth0:1",
  "url: status_code",
  "url: regex",
  "url: regex foo ; regex_options",
  "url: regex foo ; regex_min_offset x",
  "url: regex foo ; regex_min_offset -1",
  "url: regex foo ; regex_min_offset 18446744073709551615",
  "url: regex foo ; regex_max_offset x",
  "url: regex foo ; regex_stack",
  "url: regex foo ; regex_stack 1000",
  "url: regex foo ; regex_stack x y",
  "url: regex foo ; regex_stack 0 0",
  "misc: misc_path",
];

/** Since 2.3.0 it reads what stands behind the keyword. */
const READ_LATER = ["global: vrrp_strict x", "global: vrrp_skip_check_adv_addr x"];

/** Up to 2.3.2 bytes that end with ff are refused by mistake. */
const ENDS_WITH_FF = ["udp: payload 00ff", "udp: payload 00 00ff"];

/** Of a mark of IPv6 in a group it does not complain as it does of one of IPv4. */
const MARK_OF_IPV6 = ["groupMember: fwmark 5 inet6"];

export const CONF_DIFFERENCES: readonly string[] = [
  ...NEWER,
  ...NOT_BUILT,
  ...HOST,
  ...STRICTER,
  ...READ_LATER,
  ...ENDS_WITH_FF,
  ...MARK_OF_IPV6,
];
