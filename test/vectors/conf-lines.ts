/** Lines of keepalived.conf, good and bad, hand-made: a bar between two cases, a semicolon for the end of a line. */

export const INSTANCE_LINES = {
  instance: `
    state MASTER | state FOO | state master | state | state MASTER ; state BACKUP |
    interface eth9 | interface abcdefghijklmnopq | version 2 | version 3 | version 4 |
    version 3x | virtual_router_id 0 | virtual_router_id 256 | virtual_router_id 5x |
    virtual_router_id abc | virtual_router_id 0x10 | virtual_router_id 010 |
    virtual_router_id +5 | priority 0 | priority 256 | priority 100.5 | priority 255 |
    priority -1 | advert_int 1 | advert_int 0 | advert_int 0.001 | advert_int 0.005 |
    advert_int 256 | advert_int 255 | advert_int 1s | advert_int -1 | advert_int 1. |
    advert_int 1.1234567 | advert_int 1e1 | version 3 ; advert_int 40.95 |
    version 3 ; advert_int 0.001 | use_vmac | use_vmac vr5 | use_vmac name vr5 |
    use_vmac 00:00:5e:00:01 | use_vmac 00:00:5e:00:01:07 | use_vmac 01:00:5e:00:01:07 |
    use_vmac 00:00:00:00:00:00 | use_vmac vr5 00:00:5e:00:01:07 |
    use_vmac 00:00:5e:00:01:07 vr5 | use_vmac vr5 vr6 | use_vmac netlink_notify_msg |
    use_vmac vr5 group 3 | use_vmac abcdefghijklmnopq | use_vmac eth1 | use_vmac 00:00:5e |
    use_vmac 00:00:5e:00:01:07:08 | use_vmac_addr | use_vmac_addr foo |
    use_vmac ; vmac_xmit_base | use_ipvlan 10.0.0.4 | use_ipvlan 10.0.0.4/24 |
    use_ipvlan ipv5 10.0.0.4/24 bridge | use_ipvlan ipv5 10.0.0.4/24 vepa |
    use_ipvlan ipv5 10.0.0.4/24 l3 | use_ipvlan private 10.0.0.5 | use_ipvlan abcdefghijklmnopq |
    use_ipvlan name bridge 10.0.0.5 | use_vmac ; use_ipvlan 10.0.0.4 |
    unicast_peer { ; 10.0.0.2 ; } | unicast_peer { ; 10.0.0.2 10.0.0.3 ; } |
    unicast_peer { ; 10.0.0.2 ; 10.0.0.2 ; } | unicast_peer { ; 10.0.0.2/24 ; } |
    unicast_peer { ; foo ; } | unicast_peer { ; 10.0.0.1 ; } |
    unicast_peer { ; 10.0.0.2 min_ttl 255 ; } | unicast_peer { ; 10.0.0.2 min_ttl 256 ; } |
    unicast_peer { ; 10.0.0.2 min_ttl ; } | unicast_peer { ; 10.0.0.2 min_ttl 10 max_ttl 5 ; } |
    unicast_peer { ; 10.0.0.2 max_ttl 5 foo ; } | unicast_peer { ; 10.0.0.2 min_ttl x ; } |
    unicast_peer { ; 224.0.0.1 ; } | unicast_peer 10.0.0.2 |
    unicast_src_ip 10.0.0.1 ; unicast_peer { ; 10.0.0.2 ; } | mcast_src_ip 10.0.0.1 |
    mcast_src_ip 10.0.0.7 | mcast_src_ip foo | mcast_src_ip 10.0.0.1/24 |
    mcast_dst_ip 224.0.0.20 | mcast_dst_ip 10.0.0.1 | mcast_dst_ip foo | unicast_ttl 256 |
    unicast_fault_no_peer | old_unicast_checksum foo | track_src_ip |
    track_src_ip ; mcast_src_ip 10.0.0.1 | dont_track_primary | no_virtual_ipaddress |
    promote_secondaries | promote_secondaries on | accept | no_accept | accept on | nopreempt |
    preempt | preempt on | preempt_delay 0 | preempt_delay 1000 | preempt_delay 1001 |
    preempt_delay 4.12 | preempt_delay x | preempt_delay 5s | skip_check_adv_addr |
    skip_check_adv_addr on | skip_check_adv_addr off | skip_check_adv_addr 1 | strict_mode |
    strict_mode off | strict_mode ON | strict_mode yes ; state BACKUP | garp_master_delay 0 |
    garp_master_delay -1 | garp_master_delay 5.5 | garp_master_delay 100000 |
    garp_master_delay 99999999999 | garp_master_repeat 0 | garp_master_repeat -1 |
    garp_master_repeat 100000 | garp_master_repeat x | garp_master_refresh 0 |
    garp_master_refresh 100000 | garp_master_refresh -1 | garp_master_refresh_repeat 0 |
    garp_master_refresh_repeat 1000 | garp_lower_prio_delay 0 | garp_lower_prio_delay -1 |
    garp_lower_prio_repeat 0 | garp_lower_prio_repeat 1000 | garp_lower_prio_repeat -1 |
    garp_extra_if 10 | garp_extra_if 0 | garp_extra_if all 10 | garp_extra_if all |
    garp_extra_if | garp_extra_if 86401 | garp_extra_if 86400 | garp_extra_if ALL 10 |
    vmac_garp_intvl 10 | vmac_garp_intvl all 10 | down_timer_adverts 0 | down_timer_adverts 1 |
    down_timer_adverts 100 | down_timer_adverts 101 | down_timer_adverts | timer_expired_backup |
    thread_timer_expired | lower_prio_no_advert | lower_prio_no_advert off |
    lower_prio_no_advert foo | higher_prio_send_advert | higher_prio_send_advert off |
    higher_prio_send_advert foo | owner_ignore_adverts | v3_checksum_as_v2 |
    kernel_rx_buf_size 100000 | kernel_rx_buf_size | kernel_rx_buf_size 0 |
    kernel_rx_buf_size -1 | kernel_rx_buf_size 99999999999 | notify_master /bin/true |
    notify_master /bin/true root | notify_master /bin/true root root |
    notify_master "/bin/true a" root | notify_master /bin/true nosuchuser |
    notify_master /bin/true root nosuchgroup | notify_master /bin/true root root x |
    notify_master | notify_master "" | notify_master /nonexist |
    notify_master /bin/true ; notify_master /bin/false | notify_backup /bin/true |
    notify_fault /bin/true | notify_stop /bin/true | notify_deleted /bin/true | notify_deleted |
    notify_deleted ; notify_deleted | notify_master_rx_lower_pri /bin/true | notify /bin/true |
    notify /bin/true a b root | smtp_alert | smtp_alert off | smtp_alert foo |
    notify_priority_changes | notify_priority_changes false | notify_priority_changes foo |
    debug 0 | debug 4 | debug 5 | debug | linkbeat_use_polling | lvs_sync_daemon_interface eth0 |
    authentication { ; auth_type PASS ; auth_pass abcdefgh ; } |
    authentication { ; auth_type PASS ; auth_pass abcdefghi ; } |
    authentication { ; auth_type pass ; auth_pass abc ; } |
    authentication { ; auth_type SIMPLE ; auth_pass abc ; } |
    authentication { ; auth_type AH ; auth_pass abc ; } | authentication { ; auth_pass abc ; } |
    authentication { ; } | authentication { ; auth_type PASS ; auth_pass ; } |
    authentication { ; auth_type PASS ; auth_pass "abc def" ; } |
    authentication { ; auth_type PASS ; auth_pass abc def ; } | auth_hmac { ; key 1 abc ; } |
    authentication | virtual_ipaddress_excluded { ; 10.0.0.10 ; fe80::9 ; } |
    virtual_ipaddress { ; 10.0.0.10 ; } | virtual_ipaddress_excluded { ; 10.0.0.9 ; } |
    virtual_ipaddress_excluded { ; 10.0.0.20-30 ; } | virtual_ipaddress_excluded { ; } |
    priority "100" | priority 100 101 | priority { ; } | priority 100 { ; } | nopreempt foo |
    unicast_fault_no_peer x | dont_track_primary x | track_src_ip x | smtp_alert True |
    smtp_alert true x | track_interface | track_interface { ; eth1 { ; } ; } |
    track_bfd { ; nosuch weight 254 ; } |
    track_interface { ; eth1 ; } ; track_interface { ; lo ; } |
    virtual_ipaddress { ; 10.0.0.10 ; } ; virtual_ipaddress { ; 10.0.0.11 ; } |
    unicast_peer { ; 10.0.0.2 ; } ; unicast_peer { ; 10.0.0.3 ; } |
    authentication { ; auth_type PASS ; auth_pass a ; } ; authentication { ; auth_type AH ; auth_pass b ; } |
    authentication { ; auth_type PASS ; auth_type AH ; auth_pass b ; auth_pass c ; } |
    priority 100 ; priority 101 | interface eth0 ; interface eth1 | version 2 ; version 3 |
    use_vmac ; use_vmac | use_vmac v5 ; use_vmac v6 | nopreempt ; nopreempt |
    nopreempt ; preempt | accept ; no_accept | mcast_src_ip 10.0.0.1 ; mcast_src_ip 10.0.0.2 |
    mcast_dst_ip 224.0.0.20 ; mcast_dst_ip 224.0.0.21 | smtp_alert on ; smtp_alert off |
    authentication x { ; auth_type PASS ; auth_pass a ; } | notify_deleted root |
    virtual_router_id 5 ; virtual_router_id 6 |
    use_vmac vr5 ; vmac_xmit_base ; unicast_peer { ; 10.0.0.2 ; } ; unicast_ttl 5 |
    unicast_peer { ; 10.0.0.2 ; } ; unicast_ttl 256 |
    unicast_peer { ; 10.0.0.2 ; } ; old_unicast_checksum never |
    unicast_peer { ; 10.0.0.2 ; } ; old_unicast_checksum foo |
    unicast_peer { ; 10.0.0.2 ; } ; check_unicast_src off | use_vmac 02:00:5e:00:01 |
    use_vmac vr5 02:00:5e:00:01:07 | use_vmac 02:00:5e:00:01:07 vr5 | use_vmac 2:0:5e:0:1:7 |
    use_vmac 02-00-5e-00-01-07 | use_vmac 02:00:5e:00:01:zz | use_vmac 02:00:5e:00:01:07:08 |
    use_vmac a/b | use_vmac 00:00:5e:00:02 |
    virtual_ipaddress_excluded { ; 10.0.0.10 use_vmac ; 10.0.0.11 dev eth1 use_vmac ; } |
    garp_master_delay 4294 | garp_master_delay 4295 | garp_lower_prio_delay 4295 |
    garp_master_refresh 4295 | garp_master_repeat 4294967295 | preempt_delay 0.0000001 |
    garp_extra_if all x | garp_extra_if 10 all | timer_expired 5 |
    unicast_peer { ; 10.0.0.2 min_ttl 1x ; } |
  `,
  address: `
    10.0.0.9 | 10.0.0.9/24 | 10.0.0.9/33 | 10.0.0.9/x | 10.0.0.9/ | 10.0.0.9/-1 | 10.0.0 |
    010.0.0.9 | foo | 10.0.0.9 10.0.0.10 | 10.0.0.9-12 | 10.0.0.9 dev eth1 | 10.0.0.9 dev |
    10.0.0.9 dev abcdefghijklmnopq | 10.0.0.9 brd 10.0.0.255 | 10.0.0.9 brd + |
    10.0.0.9/24 brd + | 10.0.0.9/24 brd - | 10.0.0.9 brd foo | 10.0.0.9 broadcast 10.0.0.255 |
    10.0.0.9 brd fe80::1 | 10.0.0.9 brd | 10.0.0.9 scope global | 10.0.0.9 scope foo |
    10.0.0.9 scope 254 | 10.0.0.9 scope 256 | 10.0.0.9 scope nowhere | 10.0.0.9 label eth0:1 |
    10.0.0.9 label eth0:1 | 10.0.0.9 label eth0:abcdefghijklmnop | 10.0.0.9 label |
    10.0.0.9 peer 10.0.0.8 | 10.0.0.9 peer 10.0.0.8/32 | 10.0.0.9/24 peer 10.0.0.8/32 |
    10.0.0.9 peer foo | 10.0.0.9 peer fe80::1 | 10.0.0.9 home | 10.0.0.9 -nodad |
    10.0.0.9 nodad | 10.0.0.9 mngtmpaddr | 10.0.0.9 noprefixroute | 10.0.0.9 autojoin |
    10.0.0.9 no_track | 10.0.0.9 preferred_lft 5 | 10.0.0.9 preferred_lft forever |
    10.0.0.9 preferred_lft x | 10.0.0.9 preferred_lft | 10.0.0.9 preferred_lft -1 |
    10.0.0.9 preferred_lft 4294967295 | 10.0.0.9 preferred_lft 4294967296 |
    10.0.0.9 preferred_lft infinity | 10.0.0.9 use_vmac | 10.0.0.9 dev eth1 use_vmac |
    10.0.0.9 dev eth1 use_vmac name | 10.0.0.9 use_vmac dev eth1 | 10.0.0.9 track_group G |
    10.0.0.9 foo | 10.0.0.9 valid_lft 10 | 10.0.0.9 ; 10.0.0.9 | fe80::9 | fe80::9/129 |
    fe80::9/64 label eth0:1 | fe80::9/64 brd 10.0.0.255 | fe80::9/64 home -nodad mngtmpaddr |
    fe80::9%eth0 | dev eth0 10.0.0.9 | default | 224.0.0.1 | 0.0.0.0 | any |
    10.0.0.9 dev eth1 dev eth0 | 10.0.0.9 { ; } | 10.0.0.9 DEV eth1 | 10.0.0.9 scope 0xfe |
    10.0.0.9 scope site | 10.0.0.9 preferred_lft 0x10 | 10.0.0.9/24 peer 10.0.0.8 brd + |
    10.0.0.9/31 brd + | 10.0.0.9/30 brd + | 10.0.0.9 label a label b |
    10.0.0.9 scope link scope host | 10.0.0.9 no_track no_track |
  `,
  interface: `
    eth1 | eth1 weight 10 | eth1 weight 253 | eth1 weight 254 | eth1 weight -254 |
    eth1 weight 10 reverse | eth1 weight 10 noreverse | eth1 weight 10 no_reverse |
    eth1 reverse | eth1 weight reverse | eth1 weight | eth1 foo | eth1 weight x |
    eth1 weight 10x | eth1 10 | eth1 eth0 | eth1 weight 0 | eth1 weight 10 foo |
    eth1 weight 10 weight 11 | abcdefghijklmnopq |
  `,
  trackedScript: `
    s | s weight 10 | s weight 254 | s reverse | s weight 10 no_reverse | s weight 10 foo |
    s foo | s s | nosuch | s weight | s weight 10 noreverse | s weight 10 reverse |
  `,
  group: `
    track_interface { ; eth1 ; } | notify_master /bin/true | notify_deleted /bin/true |
    notify_stop /bin/true | notify /bin/true | notify_master_rx_lower_pri /bin/true |
    smtp_alert | smtp_alert foo | global_tracking | sync_group_tracking_weight |
    notify_priority_changes | notify_priority_changes foo | group { ; v ; } | foo |
    notify_master /bin/true ; notify_master /bin/false | smtp_alert ; smtp_alert |
    global_tracking ; global_tracking |
  `,
} as const;
