/** The keywords of keepalived 2.4.3 and where they may stand, written down from its manual and its parser, by hand. */

const TIMING = "delay_loop retry delay_before_retry warmup";
const CHECK = `${TIMING} alpha log_all_failures`;
const CONNECTING = `${CHECK} connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark`;
const HTTP = `${CONNECTING} nb_get_retry virtualhost http_protocol enable_sni sni_name fast_recovery
  tls_compliant url`;
const TUNNEL = "type port nocsum csum remcsum";
const TRACK = "track_interface track_script track_file track_process track_bfd";
const NOTIFY = `notify notify_master notify_backup notify_fault notify_stop smtp_alert
  notify_priority_changes`;
const ADDRESS = `brd broadcast dev scope label peer home -nodad mngtmpaddr noprefixroute autojoin
  no_track preferred_lft`;
const ROUTE = `inet inet6 src via gw or to from tos dsfield table protocol scope metric priority
  preference dev oif onlink encap expires mtu advmss rtt rttvar reordering cwnd ssthresh rto_min
  hoplimit window realms initcwnd initrwnd features quickack congctl pref ttl-propagate
  fastopen_no_cookie add prepend append nexthop no_track vrf`;
const RULE = `inet inet6 not from to table lookup preference order priority tos dsfield fwmark realms
  suppress_prefixlength sup_pl suppress_ifgroup sup_group iif dev oif tunnel-id uidrange l3mdev
  protocol ipproto sport dport no_track type goto nop blackhole unreachable prohibit`;

const GLOBAL_DEFS = `
  router_id notification_email notification_email_from smtp_server smtp_helo_name
  smtp_connect_timeout smtp_alert smtp_alert_vrrp smtp_alert_checker no_email_faults
  no_checker_emails checker_log_all_failures

  process_names process_name vrrp_process_name checker_process_name lvs_process_name
  bfd_process_name vrrp_priority checker_priority bfd_priority vrrp_no_swap checker_no_swap
  bfd_no_swap vrrp_rt_priority checker_rt_priority bfd_rt_priority vrrp_cpu_affinity
  checker_cpu_affinity bfd_cpu_affinity vrrp_rlimit_rttime checker_rlimit_rttime
  bfd_rlimit_rttime vrrp_rlimit_rtime checker_rlimit_rtime bfd_rlimit_rtime max_auto_priority
  min_auto_priority_delay startup_script startup_script_timeout shutdown_script
  shutdown_script_timeout script_user enable_script_security use_symlink_paths
  set_supplementary_groups umask random_seed

  reload_check_config reload_time_file reload_repeat reload_file include_check config_save_dir
  tmp_config_directory data_use_instance state_dump_file stats_dump_file json_dump_file
  json_version iproute_usr_dir iproute_etc_dir

  vrrp_version vrrp_strict vrrp_skip_check_adv_addr vrrp_check_unicast_src
  vrrp_lower_prio_no_advert vrrp_higher_prio_send_advert vrrp_owner_ignore_adverts
  vrrp_down_timer_adverts v3_checksum_as_v2 log_unknown_vrids vrrp_notify_priority_changes
  vrrp_mcast_group4 vrrp_mcast_group6 default_interface dynamic_interfaces disable_local_igmp
  vrrp_garp_master_delay vrrp_garp_master_repeat vrrp_garp_master_refresh
  vrrp_garp_master_refresh_repeat vrrp_garp_lower_prio_delay vrrp_garp_lower_prio_repeat
  vrrp_garp_interval vrrp_gna_interval vrrp_min_garp vrrp_garp_extra_if vrrp_vmac_garp_intvl
  vrrp_startup_delay vrrp_delay_after_boot vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier
  vmac_prefix vmac_addr_prefix vrrp_iptables vrrp_ipsets nftables nftables_priority
  nftables_ifindex nftables_counters nftables_ipvs nftables_ipvs_priority
  nftables_ipvs_start_fwmark

  vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs
  vrrp_netlink_monitor_rcv_bufs_force lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force
  lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force process_monitor_rcv_bufs
  process_monitor_rcv_bufs_force notify_fifo notify_fifo_script vrrp_notify_fifo
  vrrp_notify_fifo_script lvs_notify_fifo lvs_notify_fifo_script
  fifo_write_vrrp_states_on_reload rs_init_notifies lvs_timeouts lvs_flush lvs_flush_on_stop
  lvs_sync_daemon

  snmp_socket enable_snmp_vrrp enable_snmp_keepalived enable_snmp_checker enable_snmp_rfc
  enable_snmp_rfcv2 enable_snmp_rfcv3 enable_traps snmp_vs_stats_update_interval
  snmp_rs_stats_update_interval enable_dbus dbus_service_name dbus_no_interface_name`;

const VRRP_INSTANCE = `
  state interface vrf version virtual_router_id priority advert_int native_ipv6 use_vmac
  use_vmac_addr vmac_xmit_base use_ipvlan unicast_peer unicast_src_ip mcast_src_ip mcast_dst_ip
  unicast_ttl check_unicast_src unicast_fault_no_peer old_unicast_checksum track_src_ip ${TRACK}
  dont_track_primary virtual_ipaddress virtual_ipaddress_excluded no_virtual_ipaddress
  virtual_routes virtual_rules promote_secondaries accept no_accept nopreempt preempt
  preempt_delay skip_check_adv_addr strict_mode garp_master_delay garp_master_repeat
  garp_master_refresh garp_master_refresh_repeat garp_lower_prio_delay garp_lower_prio_repeat
  garp_extra_if vmac_garp_intvl down_timer_adverts timer_expired_backup thread_timer_expired
  lower_prio_no_advert higher_prio_send_advert owner_ignore_adverts v3_checksum_as_v2
  kernel_rx_buf_size ${NOTIFY} notify_deleted notify_master_rx_lower_pri debug
  linkbeat_use_polling lvs_sync_daemon_interface authentication auth_hmac`;

/** Within what keyword which others may stand; "" outside all blocks, "*" anywhere. */
export const CONF_KEYWORDS: Readonly<Record<string, string>> = {
  "*": "include includer includem includew includeb includea",
  "": `net_namespace net_namespace_ipvs namespace_with_ipsets instance use_pid_dir
    linkbeat_use_polling child_wait_time global_defs static_ipaddress static_routes static_rules
    track_group vrrp_sync_group vrrp_instance vrrp_script track_file vrrp_track_file
    vrrp_track_process garp_group linkbeat_interfaces interface_up_down_delays bfd_instance
    virtual_server_group virtual_server SSL`,
  global_defs: GLOBAL_DEFS,
  lvs_timeouts: "tcp tcpfin udp",
  lvs_sync_daemon: "inst id maxlen port ttl group",
  vrrp_instance: VRRP_INSTANCE,
  use_vmac: "name netlink_notify_msg group",
  use_ipvlan: "name bridge private vepa group",
  unicast_peer: "min_ttl max_ttl",
  authentication: "auth_type auth_pass",
  auth_hmac: "key active_key time_window anti_replay mode",
  vrrp_sync_group: `group ${TRACK} ${NOTIFY} global_tracking sync_group_tracking_weight`,
  track_group: "group",
  track_interface: "weight",
  track_script: "weight",
  track_process: "weight",
  track_bfd: "weight",
  static_ipaddress: `${ADDRESS} track_group`,
  virtual_ipaddress: `${ADDRESS} use_vmac`,
  virtual_ipaddress_excluded: `${ADDRESS} use_vmac`,
  static_routes: `${ROUTE} track_group`,
  virtual_routes: ROUTE,
  nexthop: "via dev weight onlink encap realms",
  static_rules: `${RULE} track_group`,
  virtual_rules: RULE,
  vrrp_script: "script interval timeout weight rise fall user init_fail",
  track_file: "file weight init_file",
  vrrp_track_file: "file weight init_file",
  vrrp_track_process: `process param_match weight quorum quorum_max delay fork_delay
    terminate_delay full_command`,
  garp_group: "garp_interval gna_interval interface interfaces",
  bfd_instance: `neighbor_ip neighbour_ip source_ip min_rx min_tx idle_tx multiplier passive ttl
    hoplimit max_hops multihop weight vrrp checker`,
  virtual_server: `ip_family ${TIMING} connect_timeout lvs_sched lb_algo hashed ops flag-1 flag-2
    flag-3 sh-port sh-fallback mh-port mh-fallback lvs_method lb_kind persistence_engine
    persistence_timeout persistence_granularity protocol ha_suspend smtp_alert virtualhost
    snmp_name alpha omega quorum hysteresis quorum_up quorum_down weight inhibit_on_failure
    sorry_server sorry_server_inhibit sorry_server_lvs_method real_server`,
  lvs_method: TUNNEL,
  lb_kind: TUNNEL,
  sorry_server_lvs_method: TUNNEL,
  real_server: `weight lvs_method uthreshold lthreshold inhibit_on_failure notify_up notify_down
    alpha ${TIMING} connect_timeout smtp_alert virtualhost snmp_name TCP_CHECK HTTP_GET SSL_GET
    SMTP_CHECK DNS_CHECK UDP_CHECK PING_CHECK MISC_CHECK FILE_CHECK BFD_CHECK`,
  SSL: "password ca certificate key",
  TCP_CHECK: CONNECTING,
  HTTP_GET: HTTP,
  SSL_GET: HTTP,
  url: `path digest status_code virtualhost regex regex_no_match regex_options regex_min_offset
    regex_max_offset regex_stack tls_compliant`,
  SMTP_CHECK: `${CONNECTING} helo_name host`,
  host: CONNECTING,
  DNS_CHECK: `${CONNECTING} type name`,
  UDP_CHECK: `${CONNECTING} payload require_reply min_reply_length max_reply_length`,
  PING_CHECK: CONNECTING,
  MISC_CHECK: `${CHECK} misc_path misc_timeout misc_dynamic user`,
  FILE_CHECK: "track_file weight",
  BFD_CHECK: "name alpha",
};
