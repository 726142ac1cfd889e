/** Lines of virtual servers, good and bad, hand-made: a bar between two cases, a semicolon for the end of a line. */

export const LVS_LINES = {
  virtualServer: `
    ip_family inet | ip_family inet6 | ip_family x | ip_family | delay_loop 6 | delay_loop 0 |
    delay_loop 0.5 | delay_loop 4294 | delay_loop 4295 | delay_loop 0.000001 |
    delay_loop 0.0000001 | delay_loop 1x | delay_loop x | delay_loop | delay_before_retry 0 |
    delay_before_retry 1.5 | delay_before_retry x | retry 0 | retry 1 | retry x |
    retry 4294967295 | retry 4294967296 | retry 1.5 | warmup 0 | warmup 1.5 | warmup x |
    warmup 4295 | connect_timeout 0 | connect_timeout 0.5 | connect_timeout 5 |
    connect_timeout 4294 | connect_timeout 4295 | connect_timeout x | connect_timeout |
    lb_algo wrr | lvs_sched wlc | lb_algo foo | lb_algo | lb_algo RR | lb_algo sh |
    lb_algo twos | lb_algo a2345678901234567890 | hashed | hashed x | ops | flag-1 | flag-2 |
    flag-3 | sh-port | sh-fallback | mh-port | mh-fallback | lb_algo sh ; sh-port |
    lb_algo mh ; mh-port | sh-port ; lb_algo sh | lb_algo sh ; flag-1 | lb_algo mh ; sh-port |
    lvs_method NAT | lb_kind DR | lb_kind TUN | lb_kind | lb_kind nat | lb_kind TUN type ipip |
    lb_kind TUN type gue | lb_kind TUN type gue port 5 | lb_kind TUN type gue port 0 |
    lb_kind TUN type gue port 65536 | lb_kind TUN type gre | lb_kind TUN type gre csum |
    lb_kind TUN type gre remcsum | lb_kind TUN type gue port 5 csum |
    lb_kind TUN type gue port 5 remcsum | lb_kind TUN type gue port 5 nocsum |
    lb_kind TUN type ipip csum | lb_kind TUN type | lb_kind TUN type foo | lb_kind TUN foo |
    lb_kind TUN csum | lb_kind TUN type gue csum port 5 | lb_kind NAT x | lb_kind NAT type gre |
    lb_kind TUN type gue port x | lb_kind TUN type gue port | lb_kind TUN type gre port 5 |
    lb_kind TUN port 5 | persistence_engine sip | persistence_engine foo | persistence_engine |
    persistence_engine a234567890123456 | persistence_timeout | persistence_timeout 360 |
    persistence_timeout 0 | persistence_timeout 1 | persistence_timeout 2678400 |
    persistence_timeout 2678401 | persistence_timeout x | persistence_timeout 1.5 |
    persistence_granularity 255.255.255.0 | persistence_granularity 255.0.255.0 |
    persistence_granularity 64 | persistence_granularity 24 | persistence_granularity x |
    persistence_granularity 0.0.0.0 | persistence_granularity |
    persistence_granularity 255.255.255.255 | protocol UDP | protocol SCTP | protocol tcp |
    protocol x | protocol | protocol udp | ha_suspend | ha_suspend x | smtp_alert |
    smtp_alert x | smtp_alert off | virtualhost x | virtualhost | virtualhost a b |
    virtualhost "a b" | snmp_name x | snmp_name | snmp_name a b | alpha | alpha off | alpha x |
    omega | omega x | quorum 1 | quorum 0 | quorum x | quorum 4294967295 | quorum 4294967296 |
    quorum 2147483648 | quorum 2 | quorum -1 | quorum 5 ; hysteresis 4 | hysteresis 0 |
    hysteresis 1 | hysteresis x | hysteresis -1 | quorum 2 ; hysteresis 1 |
    quorum_up /bin/true | quorum_up | quorum_up /bin/true root | quorum_up "/bin/true a" |
    quorum_up /bin/true ; quorum_up /bin/true | quorum_down /bin/true | quorum_down /nosuch |
    quorum_down "" | quorum_up /bin/true root root x | weight 1 | weight 0 | weight -1 |
    weight 65535 | weight 65536 | weight 2147483647 | weight 2147483648 | weight x | weight |
    weight 1 reverse | inhibit_on_failure | inhibit_on_failure off | inhibit_on_failure x |
    sorry_server 10.0.0.4 80 | sorry_server 10.0.0.4 | sorry_server | sorry_server x |
    sorry_server 10.0.0.4 0 | sorry_server 10.0.0.4 65536 | sorry_server 10.0.0.4 x |
    sorry_server 10.0.0.4 80 x | sorry_server fe80::1 80 |
    sorry_server 10.0.0.4 80 ; sorry_server 10.0.0.5 80 | sorry_server_inhibit |
    sorry_server 10.0.0.4 80 ; sorry_server_inhibit |
    sorry_server 10.0.0.4 80 ; sorry_server_inhibit x | sorry_server_lvs_method NAT |
    sorry_server 10.0.0.4 80 ; sorry_server_lvs_method DR |
    sorry_server 10.0.0.4 80 ; sorry_server_lvs_method foo | foo | lb_algo rr ; lb_algo wrr |
    real_server 10.0.0.5 80 { ; } | real_server 10.0.0.5 { ; } | real_server { ; } |
    real_server x 80 { ; } | real_server 10.0.0.5 0 { ; } | real_server 10.0.0.5 65536 { ; } |
    real_server 10.0.0.5 x { ; } | real_server 10.0.0.5 80 x { ; } |
    real_server 10.0.0.3 80 { ; } | real_server fd00::1 80 { ; } | real_server 10.0.0.5 80 |
    real_server 10.0.0.5 81 { ; } | real_server 10.0.0.5/24 80 { ; } |
    delay_loop 1 ; delay_loop 2 | alpha ; alpha | virtualhost a ; virtualhost b |
    smtp_alert on ; smtp_alert off |
    persistence_granularity 255.255.255.0 ; persistence_timeout 5 | protocol TCP |
    sorry_server 10.0.0.4/24 80 | real_server 10.0.0.5-9 80 { ; } | sorry_server 10.0.0.5-9 80 |
    sorry_server nosuch.invalid 80 | sorry_server 10.0.0.5- 80 | sorry_server 10.0.0.5/x 80 |
    retry 1x | weight 1x | quorum 1x | persistence_timeout 5x |
    persistence_granularity 255.255.255.0/24 | persistence_granularity 129 | delay_loop 5s |
    quorum +1 | sorry_server 10.0.0.4 080 | sorry_server 10.0.0.4 "80" |
    real_server 10.0.0.5 80 { ; weight 5x ; } |
    real_server 10.0.0.5 80 { ; TCP_CHECK { ; connect_port 80x ; } ; } | protocol TCPx |
    lb_kind TUN type gue port 5x |
  `,
  realServer: `
    weight 1 | weight 0 | weight -1 | weight 65536 | weight 2147483647 | weight 2147483648 |
    weight x | weight | lvs_method DR | lb_kind DR | lvs_method foo |
    lvs_method TUN type gue port 5 | uthreshold 1 | uthreshold 0 | uthreshold x |
    uthreshold 4294967295 | uthreshold 4294967296 | lthreshold 5 |
    uthreshold 5 ; lthreshold 10 | lthreshold x | uthreshold | inhibit_on_failure |
    inhibit_on_failure off | inhibit_on_failure x | notify_up /bin/true | notify_up |
    notify_up /bin/true root | notify_up /bin/true ; notify_up /bin/true |
    notify_down "/bin/true x" | alpha | alpha off | alpha x | retry 0 | retry 1 | retry x |
    retry 4294967296 | delay_before_retry 1 | warmup 0 | connect_timeout 0 | connect_timeout 1 |
    connect_timeout 4295 | delay_loop 0 | delay_loop 1 | smtp_alert x | smtp_alert off |
    virtualhost x | virtualhost | snmp_name x | snmp_name | foo | TCP_CHECK { ; } | TCP_CHECK |
    TCP_CHECK x { ; } | HTTP_GET { ; } | SSL_GET { ; } | HTTP_GET { ; url { ; path / ; } ; } |
    HTTP_GET { ; url { ; } ; } | MISC_CHECK { ; } | DNS_CHECK { ; } | UDP_CHECK { ; } |
    PING_CHECK { ; } | SMTP_CHECK { ; } | TCP_CHECK { ; } ; TCP_CHECK { ; connect_port 5 ; } |
    weight 1 ; weight 2 | ops | quorum 1 | retry -1 | weight 1 reverse | weight 100 ; weight x |
    virtualhost a b |
  `,
  service: `
    virtual_server 10.0.0.9 80 { | virtual_server 10.0.0.9 { | virtual_server { |
    virtual_server x 80 { | virtual_server 10.0.0.9 0 { | virtual_server 10.0.0.9 65536 { |
    virtual_server 10.0.0.9 x { | virtual_server 10.0.0.9 80 x { | virtual_server fwmark 5 { |
    virtual_server fwmark { | virtual_server fwmark 0 { | virtual_server fwmark 0x10 { |
    virtual_server fwmark x { | virtual_server fwmark 4294967295 { |
    virtual_server fwmark 4294967296 { | virtual_server fwmark 5 inet6 { |
    virtual_server fwmark 5 6 { | virtual_server group nosuch { | virtual_server group { |
    virtual_server group g x { | virtual_server fd00::9 80 { | virtual_server 10.0.0.9/24 80 { |
    virtual_server 10.0.0.9-10 80 { |
    virtual_server_group g { ; 10.0.0.9 80 ; } ; virtual_server group g { |
    virtual_server 10.0.0.9 { ; persistence_timeout | virtual_server 10.0.0.9 : 80 { |
    virtual_server 10.0.0.9:80 { |
  `,
  groupMember: `
    10.0.0.10 80 | 10.0.0.10 | 10.0.0.10 0 | 10.0.0.10 65536 | 10.0.0.10 x | 10.0.0.10 80 x |
    10.0.0.10-20 80 | 10.0.0.20-10 80 | 10.0.0.10-256 80 | 10.0.0.10-10.0.0.20 80 |
    10.0.0.10-10.0.1.20 80 | 10.0.0.20-10.0.0.10 80 | 10.0.0.8/29 80 | 10.0.0.9/29 80 |
    10.0.0.10/33 80 | 10.0.0.0/32 80 | 10.0.0.0/0 80 | 10.0.0.10/ 80 | 10.0.0.10/x 80 | x 80 |
    fd00::1 80 | fd00::1-ff 80 | fd00::1-fd00::ff 80 | fd00::1-gg 80 | fd00::/120 80 |
    fd00::/64 80 | fd00::1-fd00:1::1 80 | 10.0.0.10-fd00::1 80 | 10.0.0.10 80 ; fd00::1 80 |
    fwmark 5 | fwmark 0 | fwmark 0x10 | fwmark x | fwmark 4294967295 | fwmark 4294967296 |
    fwmark | fwmark 5 inet | fwmark 5 inet6 | fwmark 5 x | fwmark 5 inet x |
    10.0.0.10 80 ; 10.0.0.10 80 | fwmark 5 ; 10.0.0.10 80 | 10.0.0.10-10 80 | 10.0.0.10-10.0.0.10 80 | 10.0.0.10- 80 |
    fd00::1-f 80 | fd00::10-f 80 | fd00::1-10000 80 | 10.0.0.0-255 80 |
    10.0.0.10 80 10.0.0.11 80 | fwmark -1 |
  `,
  ssl: `
    password x | password | ca x | ca | certificate x | key x | foo | password a ; password b |
    ca a ; ca b | password a b | certificate | key | key a ; key b |
    certificate a ; certificate b |
  `,
} as const;
