/** Lines of global_defs and outside all blocks, good and bad, hand-made: a bar between two cases, a semicolon for the end of a line. */

export const GLOBAL_LINES = {
  global: `
    router_id x | router_id | router_id a b | router_id "a b" |
    notification_email { ; a@b.c ; } | notification_email { ; a@b.c d@e.f ; } |
    notification_email { ; } | notification_email { ; a b c ; } | notification_email a@b.c |
    notification_email_from a@b | notification_email_from | notification_email_from a b c |
    smtp_server 10.0.0.3 | smtp_server 10.0.0.3 25 | smtp_server 10.0.0.3 0 |
    smtp_server 10.0.0.3 65535 | smtp_server 10.0.0.3 65536 | smtp_server nosuch.invalid |
    smtp_server | smtp_server 10.0.0.3 x | smtp_server 10.0.0.3 25 9 | smtp_server fe80::1 |
    smtp_helo_name x | smtp_helo_name | smtp_connect_timeout 30 | smtp_connect_timeout 0 |
    smtp_connect_timeout 1 | smtp_connect_timeout 4294 | smtp_connect_timeout 4295 |
    smtp_connect_timeout 1.5 | smtp_connect_timeout x | smtp_connect_timeout |
    smtp_connect_timeout 86400 | smtp_alert | smtp_alert on | smtp_alert off | smtp_alert x |
    smtp_alert_vrrp x | smtp_alert_vrrp no | smtp_alert_checker x | smtp_alert_checker true |
    no_email_faults | no_email_faults x | no_checker_emails | no_checker_emails x |
    checker_log_all_failures | checker_log_all_failures off | checker_log_all_failures x |
    process_names | process_names x | process_name x | process_name |
    process_name a23456789012345 | process_name a234567890123456 | process_name a/b |
    vrrp_process_name x | vrrp_process_name | checker_process_name x | lvs_process_name x |
    bfd_process_name x | bfd_process_name | vrrp_priority -20 | vrrp_priority -21 |
    vrrp_priority 19 | vrrp_priority 20 | vrrp_priority x | vrrp_priority | checker_priority 0 |
    bfd_priority 0 | vrrp_no_swap | checker_no_swap | bfd_no_swap | vrrp_no_swap x |
    vrrp_rt_priority 1 | vrrp_rt_priority 0 | vrrp_rt_priority 99 | vrrp_rt_priority 100 |
    vrrp_rt_priority x | vrrp_rt_priority | checker_rt_priority 100 | bfd_rt_priority 0 |
    vrrp_cpu_affinity 0 | vrrp_cpu_affinity 0 1 | vrrp_cpu_affinity | vrrp_cpu_affinity x |
    vrrp_cpu_affinity -1 | vrrp_cpu_affinity 1023 | vrrp_cpu_affinity 1024 |
    vrrp_cpu_affinity 100 | checker_cpu_affinity 0 | bfd_cpu_affinity 0 |
    vrrp_rlimit_rttime 10000 | vrrp_rlimit_rttime 1 | vrrp_rlimit_rttime 2 |
    vrrp_rlimit_rttime 0 | vrrp_rlimit_rttime 4294967295 | vrrp_rlimit_rttime 4294967296 |
    vrrp_rlimit_rttime x | vrrp_rlimit_rttime | vrrp_rlimit_rtime 10000 |
    checker_rlimit_rtime 10000 | bfd_rlimit_rtime 10000 | checker_rlimit_rttime 10000 |
    bfd_rlimit_rttime 10000 | max_auto_priority | max_auto_priority -1 | max_auto_priority 0 |
    max_auto_priority 99 | max_auto_priority 100 | max_auto_priority -2 | max_auto_priority x |
    min_auto_priority_delay 1 | min_auto_priority_delay 0 | min_auto_priority_delay 10000000 |
    min_auto_priority_delay 10000001 | min_auto_priority_delay | startup_script /bin/true |
    startup_script "/bin/true a" root | startup_script |
    startup_script /bin/true ; startup_script /bin/true | startup_script /nosuch |
    startup_script_timeout 1 | startup_script_timeout 0 | startup_script_timeout 1000 |
    startup_script_timeout 1001 | startup_script_timeout | shutdown_script /bin/true |
    shutdown_script_timeout 1001 | shutdown_script_timeout 10 | shutdown_script |
    script_user root | script_user root root | script_user nosuch | script_user |
    script_user root root x | script_user root ; script_user root | enable_script_security |
    enable_script_security x | use_symlink_paths | use_symlink_paths off |
    set_supplementary_groups | umask 077 | umask 63 | umask 0x3f | umask foo | umask |
    umask 01000 | umask 0777 | umask 07777 | umask 088 | umask -1 | random_seed 5 |
    random_seed x | random_seed | random_seed -1 | random_seed 4294967296 | random_seed 0 |
    reload_check_config | reload_check_config /tmp/x | reload_check_config a b |
    reload_time_file /tmp/x | reload_time_file x | reload_time_file | reload_repeat |
    reload_repeat x | reload_file | reload_file /tmp/x | reload_file x | include_check |
    include_check readable | include_check read | include_check match |
    include_check +match -wildcard_match | include_check foo | include_check brace_match |
    include_check wildcard_match match | config_save_dir /tmp | config_save_dir /nosuch/x |
    config_save_dir | config_save_dir x | tmp_config_directory /tmp |
    tmp_config_directory /nosuch | tmp_config_directory | tmp_config_directory x |
    data_use_instance | data_use_instance off | data_use_instance x | state_dump_file /tmp/x |
    stats_dump_file /tmp/x | json_dump_file /tmp/x | state_dump_file | json_version 1 |
    json_version 2 | json_version 3 | json_version | iproute_usr_dir /usr/share/iproute2 |
    iproute_etc_dir /etc/iproute2 | iproute_etc_dir | iproute_usr_dir x | vrrp_version 2 |
    vrrp_version 3 | vrrp_version 1 | vrrp_version 4 | vrrp_version x | vrrp_version |
    vrrp_strict | vrrp_strict on | vrrp_strict off | vrrp_strict x | vrrp_skip_check_adv_addr |
    vrrp_skip_check_adv_addr off | vrrp_skip_check_adv_addr x | vrrp_check_unicast_src |
    vrrp_check_unicast_src off | vrrp_check_unicast_src x | vrrp_lower_prio_no_advert |
    vrrp_lower_prio_no_advert x | vrrp_lower_prio_no_advert off |
    vrrp_higher_prio_send_advert x | vrrp_higher_prio_send_advert on |
    vrrp_owner_ignore_adverts | vrrp_down_timer_adverts 1 | vrrp_down_timer_adverts 0 |
    vrrp_down_timer_adverts 100 | vrrp_down_timer_adverts 101 | vrrp_down_timer_adverts |
    v3_checksum_as_v2 | log_unknown_vrids | log_unknown_vrids x | vrrp_notify_priority_changes |
    vrrp_notify_priority_changes off | vrrp_notify_priority_changes x |
    vrrp_mcast_group4 224.0.0.18 | vrrp_mcast_group4 10.0.0.1 | vrrp_mcast_group4 239.0.0.1 |
    vrrp_mcast_group4 ff02::12 | vrrp_mcast_group4 x | vrrp_mcast_group4 |
    vrrp_mcast_group6 ff02::12 | vrrp_mcast_group6 ff05::12 | vrrp_mcast_group6 fe80::1 |
    vrrp_mcast_group6 224.0.0.18 | vrrp_mcast_group4 224.0.0.18/24 | default_interface eth0 |
    default_interface nosuch | default_interface | dynamic_interfaces |
    dynamic_interfaces allow_if_changes | dynamic_interfaces x | disable_local_igmp |
    disable_local_igmp x | vrrp_garp_master_delay 5 | vrrp_garp_master_delay 0 |
    vrrp_garp_master_delay 4294 | vrrp_garp_master_delay 4295 | vrrp_garp_master_delay 1.5 |
    vrrp_garp_master_delay x | vrrp_garp_master_delay | vrrp_garp_master_repeat 0 |
    vrrp_garp_master_repeat 1 | vrrp_garp_master_repeat 4294967295 |
    vrrp_garp_master_repeat 4294967296 | vrrp_garp_master_repeat x |
    vrrp_garp_master_refresh 0 | vrrp_garp_master_refresh 4294 | vrrp_garp_master_refresh 4295 |
    vrrp_garp_master_refresh 4294967295 | vrrp_garp_master_refresh 4294967296 |
    vrrp_garp_master_refresh 1.5 | vrrp_garp_master_refresh x |
    vrrp_garp_master_refresh_repeat 0 | vrrp_garp_master_refresh_repeat 1 |
    vrrp_garp_lower_prio_delay 4294 | vrrp_garp_lower_prio_delay 4295 |
    vrrp_garp_lower_prio_delay 0 | vrrp_garp_lower_prio_repeat 0 |
    vrrp_garp_lower_prio_repeat 5 | vrrp_garp_lower_prio_repeat x | vrrp_garp_interval 0.001 |
    vrrp_garp_interval 0 | vrrp_garp_interval 2147 | vrrp_garp_interval 2147.483647 |
    vrrp_garp_interval 2147.483648 | vrrp_garp_interval 4294 | vrrp_garp_interval 4295 |
    vrrp_garp_interval x | vrrp_garp_interval 0.0000001 | vrrp_garp_interval 1.1234567 |
    vrrp_gna_interval 1 | vrrp_gna_interval 0 | vrrp_gna_interval 0.0000001 |
    vrrp_gna_interval 2147.483648 | vrrp_gna_interval x | vrrp_garp_interval | vrrp_min_garp |
    vrrp_min_garp off | vrrp_min_garp x | vrrp_garp_extra_if 100 | vrrp_garp_extra_if all 100 |
    vrrp_garp_extra_if all | vrrp_garp_extra_if | vrrp_garp_extra_if 0 |
    vrrp_garp_extra_if 86400 | vrrp_garp_extra_if 86401 | vrrp_garp_extra_if x |
    vrrp_vmac_garp_intvl 100 | vrrp_vmac_garp_intvl all 100 | vrrp_startup_delay 5.5 |
    vrrp_startup_delay 0 | vrrp_startup_delay 0.001 | vrrp_startup_delay 0.0001 |
    vrrp_startup_delay 1.0001 | vrrp_startup_delay 4294 | vrrp_startup_delay 4295 |
    vrrp_startup_delay 2147 | vrrp_startup_delay 2147.5 | vrrp_startup_delay x |
    vrrp_startup_delay | vrrp_delay_after_boot 5 | vrrp_rx_bufs_policy MTU |
    vrrp_rx_bufs_policy ADVERT | vrrp_rx_bufs_policy NO_SEND_RX | vrrp_rx_bufs_policy 5000 |
    vrrp_rx_bufs_policy 0 | vrrp_rx_bufs_policy x | vrrp_rx_bufs_policy mtu |
    vrrp_rx_bufs_policy | vrrp_rx_bufs_policy -1 | vrrp_rx_bufs_policy 4294967296 |
    vrrp_rx_bufs_policy NO_SEND_RX MTU | vrrp_rx_bufs_policy MTU NO_SEND_RX |
    vrrp_rx_bufs_policy MTU ADVERT | vrrp_rx_bufs_multiplier 3 | vrrp_rx_bufs_multiplier 0 |
    vrrp_rx_bufs_multiplier x | vrrp_rx_bufs_multiplier | vrrp_rx_bufs_multiplier 4294967296 |
    vmac_prefix vr | vmac_prefix | vmac_prefix a234567890123456 | vmac_prefix a23456789012345 |
    vmac_prefix a23456789012 | vmac_prefix a/b | vmac_addr_prefix vr | vmac_addr_prefix |
    vmac_addr_prefix a234567890123456 | vrrp_iptables | vrrp_iptables a | vrrp_iptables a b |
    vrrp_iptables a b c | vrrp_iptables a2345678901234567890123456789 |
    vrrp_iptables a23456789012345678901234567890 | vrrp_ipsets | vrrp_ipsets a |
    vrrp_ipsets a b c d e | vrrp_ipsets a b c d e f | vrrp_ipsets a b c d e f g |
    vrrp_ipsets a234567890123456789012345678901 | vrrp_ipsets a2345678901234567890123456789012 |
    nftables | nftables t | nftables a b | nftables t ; nftables t | nftables_priority -1 |
    nftables_priority 2147483647 | nftables_priority 2147483648 | nftables_priority x |
    nftables_priority | nftables_ifindex | nftables_counters | nftables_counters x |
    nftables_ipvs | nftables_ipvs t | nftables_ipvs_priority 0 | nftables_ipvs_priority x |
    nftables_ipvs_priority -2147483648 | nftables_ipvs_start_fwmark 1 |
    nftables_ipvs_start_fwmark 0 | nftables_ipvs_start_fwmark 0x10 |
    nftables_ipvs_start_fwmark x | nftables_ipvs_start_fwmark 4294967295 |
    nftables_ipvs_start_fwmark 4294967296 | nftables_ipvs_start_fwmark |
    vrrp_netlink_cmd_rcv_bufs 0 | vrrp_netlink_cmd_rcv_bufs 100000 |
    vrrp_netlink_cmd_rcv_bufs x | vrrp_netlink_cmd_rcv_bufs |
    vrrp_netlink_cmd_rcv_bufs 2147483647 | vrrp_netlink_cmd_rcv_bufs 2147483648 |
    vrrp_netlink_cmd_rcv_bufs 4294967295 | vrrp_netlink_cmd_rcv_bufs 4294967296 |
    vrrp_netlink_cmd_rcv_bufs 0x10 | vrrp_netlink_cmd_rcv_bufs_force |
    vrrp_netlink_cmd_rcv_bufs_force off | vrrp_netlink_cmd_rcv_bufs_force x |
    vrrp_netlink_monitor_rcv_bufs 1 | vrrp_netlink_monitor_rcv_bufs_force x |
    lvs_netlink_cmd_rcv_bufs 1 | lvs_netlink_cmd_rcv_bufs_force x |
    lvs_netlink_monitor_rcv_bufs 1 | lvs_netlink_monitor_rcv_bufs_force on |
    process_monitor_rcv_bufs 1 | process_monitor_rcv_bufs x | process_monitor_rcv_bufs_force x |
    notify_fifo /tmp/f | notify_fifo /tmp/f root | notify_fifo /tmp/f root root |
    notify_fifo /tmp/f root root x | notify_fifo /tmp/f nosuch |
    notify_fifo /tmp/f root nosuch | notify_fifo | notify_fifo f | notify_fifo "/tmp/f" |
    notify_fifo /tmp/f ; notify_fifo /tmp/g | notify_fifo /tmp/f ; vrrp_notify_fifo /tmp/f |
    notify_fifo_script /bin/true | notify_fifo_script /bin/true ; notify_fifo /tmp/f |
    notify_fifo /tmp/f ; notify_fifo_script "/bin/true a" |
    notify_fifo /tmp/f ; notify_fifo_script /bin/true root |
    notify_fifo /tmp/f ; notify_fifo_script | notify_fifo /tmp/f ; notify_fifo_script /nosuch |
    notify_fifo /tmp/f ; notify_fifo_script /bin/true ; notify_fifo_script /bin/true |
    vrrp_notify_fifo /tmp/f | vrrp_notify_fifo /tmp/f ; vrrp_notify_fifo_script /bin/true |
    lvs_notify_fifo /tmp/f | lvs_notify_fifo /tmp/f ; lvs_notify_fifo_script /bin/true |
    lvs_notify_fifo_script /bin/true | fifo_write_vrrp_states_on_reload |
    fifo_write_vrrp_states_on_reload x | rs_init_notifies | rs_init_notifies x |
    lvs_timeouts tcp 10 | lvs_timeouts tcp 10 tcpfin 20 udp 30 | lvs_timeouts | lvs_timeouts x |
    lvs_timeouts tcp | lvs_timeouts tcp x | lvs_timeouts tcp 0 | lvs_timeouts tcp 2678400 |
    lvs_timeouts tcp 2678401 | lvs_timeouts tcp 1 tcp 2 |
    lvs_timeouts tcp 1 ; lvs_timeouts udp 1 | lvs_timeouts foo 5 tcp 1 |
    lvs_timeouts tcp 1 foo | lvs_timeouts tcp -1 | lvs_flush | lvs_flush x | lvs_flush_on_stop |
    lvs_flush_on_stop VS | lvs_flush_on_stop x | lvs_flush_on_stop VS x | lvs_sync_daemon eth0 |
    lvs_sync_daemon eth0 v | lvs_sync_daemon eth0 nosuch | lvs_sync_daemon eth0 inst v |
    lvs_sync_daemon eth0 id 5 | lvs_sync_daemon eth0 v id 0 | lvs_sync_daemon eth0 v id 255 |
    lvs_sync_daemon eth0 v id 256 | lvs_sync_daemon eth0 v id x | lvs_sync_daemon eth0 v id |
    lvs_sync_daemon eth0 v maxlen 1 | lvs_sync_daemon eth0 v maxlen 0 |
    lvs_sync_daemon eth0 v maxlen 65507 | lvs_sync_daemon eth0 v maxlen 65508 |
    lvs_sync_daemon eth0 v port 1 | lvs_sync_daemon eth0 v port 0 |
    lvs_sync_daemon eth0 v port 65536 | lvs_sync_daemon eth0 v ttl 1 |
    lvs_sync_daemon eth0 v ttl 0 | lvs_sync_daemon eth0 v ttl 255 |
    lvs_sync_daemon eth0 v ttl 256 | lvs_sync_daemon eth0 v group 224.0.0.81 |
    lvs_sync_daemon eth0 v group 10.0.0.1 | lvs_sync_daemon eth0 v group x |
    lvs_sync_daemon eth0 v group ff05::81 | lvs_sync_daemon eth0 v group ff02::81 |
    lvs_sync_daemon eth0 v foo | lvs_sync_daemon eth0 v foo 5 | lvs_sync_daemon nosuch v |
    lvs_sync_daemon | lvs_sync_daemon eth0 v 5 |
    lvs_sync_daemon eth0 v ; lvs_sync_daemon eth0 v | lvs_sync_daemon eth0 id 5 v |
    lvs_sync_daemon eth0 v id 1 id 2 | lvs_sync_daemon eth0 v inst w |
    snmp_socket udp:1.2.3.4:705 | snmp_socket | snmp_socket a b |
    snmp_socket a ; snmp_socket b | enable_snmp_vrrp | enable_snmp_vrrp x |
    enable_snmp_keepalived | enable_snmp_checker | enable_snmp_rfc | enable_snmp_rfcv2 |
    enable_snmp_rfcv3 | enable_traps | enable_traps x | snmp_vs_stats_update_interval 5 |
    snmp_rs_stats_update_interval 5 | enable_dbus | enable_dbus x | dbus_service_name a.b |
    dbus_service_name | dbus_service_name a ; dbus_service_name b |
    dbus_no_interface_name none | router_id a ; router_id b | vrrp_version 2 ; vrrp_version 3 |
    smtp_server 10.0.0.3 ; smtp_server 10.0.0.4 |
    notification_email { ; a@b.c ; } ; notification_email { ; d@e.f ; } |
    vrrp_mcast_group4 224.0.0.1 ; vrrp_mcast_group4 224.0.0.2 |
    vrrp_priority 1 ; vrrp_priority 2 | default_interface eth0 ; default_interface eth1 |
    vrrp_cpu_affinity 0 ; vrrp_cpu_affinity 1 | process_name a ; process_name b |
    umask 077 ; umask 022 | config_save_dir /tmp ; config_save_dir /tmp |
    reload_file /tmp/a ; reload_file /tmp/b |
    reload_time_file /tmp/a ; reload_time_file /tmp/b |
    state_dump_file /tmp/a ; state_dump_file /tmp/b | vmac_prefix a ; vmac_prefix b |
    smtp_helo_name a ; smtp_helo_name b |
    notification_email_from a ; notification_email_from b |
    tmp_config_directory /tmp ; tmp_config_directory /var | vrrp_iptables a ; vrrp_iptables b |
    vrrp_ipsets a ; vrrp_ipsets b | startup_script_timeout 1 ; startup_script_timeout 2 |
    shutdown_script /bin/true ; shutdown_script /bin/true | nftables_ipvs a ; nftables_ipvs b |
    iproute_etc_dir /etc ; iproute_etc_dir /etc | max_auto_priority 5 ; max_auto_priority 6 |
    random_seed 1 ; random_seed 2 | reload_check_config /a ; reload_check_config /b |
    nftables a234567890123456789012345678901 | nftables a2345678901234567890123456789012 |
    nftables a-b | nftables 1a | nftables a.b | vrrp_priority 1x | vrrp_rt_priority 1x |
    vrrp_garp_interval 1x | nftables_priority 1x | smtp_connect_timeout 1x |
    lvs_timeouts tcp 1x | random_seed 1x | vrrp_rlimit_rttime 1x | max_auto_priority 1x |
    smtp_server 10.0.0.3 25x | vrrp_cpu_affinity 0x | notification_email { ; "a b" ; } |
    vrrp_version 3x | umask 0x1000 | umask 512 | umask 511 | umask 08 |
    default_interface a23456789012345x | default_interface a/b |
    lvs_sync_daemon a23456789012345x v | vrrp_mcast_group4 224.0.0.18/x |
    vrrp_rx_bufs_policy 5x | include_check +foo | include_check match wildcard_match |
    include_check +match +match | include_check read match | vrrp_rx_bufs_policy ADVERT MTU |
    vrrp_rx_bufs_policy 5 MTU | vrrp_rx_bufs_policy 5 6 | smtp_server 10.0.0.3/24 |
    smtp_server localhost | script_user "root" | bfd_no_swap x | checker_log_all_failures yes |
    lvs_sync_daemon eth0 v group 224.0.0.81/24 | lvs_sync_daemon eth0 v id 5x |
    lvs_sync_daemon eth0 v port | foo | linkbeat_use_polling | umask IRUSR|IWUSR |
    umask IRUSR|foo | umask IXOTH|IWGRP|IRUSR |
  `,
  outside: `
    net_namespace foo | net_namespace | net_namespace a b |
    net_namespace_ipvs | net_namespace_ipvs x | net_namespace_ipvs a ; net_namespace_ipvs b |
    namespace_with_ipsets | namespace_with_ipsets x | instance foo | instance |
    instance a ; instance b | instance a b | use_pid_dir | use_pid_dir x |
    linkbeat_use_polling | linkbeat_use_polling x | child_wait_time 5 | child_wait_time 0 |
    child_wait_time -1 | child_wait_time x | child_wait_time | child_wait_time 4294967295 |
    child_wait_time 4294967296 | child_wait_time 1 ; child_wait_time 2 | child_wait_time 1.5 |
    global_defs { ; router_id x ; } ; global_defs { ; router_id y ; } |
    global_defs x { ; router_id x ; } | instance a/b | net_namespace a/b | SSL { ; } |
    SSL x { ; ca x ; } | SSL { ; ca x ; } ; SSL { ; ca y ; } |
    virtual_server_group { ; 10.0.0.1 80 ; } | virtual_server_group g { ; } |
    virtual_server_group g { ; 10.0.0.1 80 ; } | virtual_server_group g h { ; 10.0.0.1 80 ; } |
    virtual_server_group g { ; 10.0.0.1 80 ; } ; virtual_server_group g { ; 10.0.0.2 80 ; } |
  `,
} as const;
