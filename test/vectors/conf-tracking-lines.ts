/** Lines of keepalived.conf, good and bad, hand-made: a bar between two cases, a semicolon for the end of a line. */

export const TRACKING_LINES = {
  script: `
    interval 1 | interval 0.0001 | interval 0 | interval 4294 | interval 4295 | interval 1.5 |
    interval x | interval 1x | interval | timeout 0 | timeout 0.5 | timeout 4295 |
    timeout 1000000 | weight 253 | weight 254 | weight -254 | weight 10 reverse |
    weight 10 noreverse | weight 10 foo | weight x | weight 10x | weight | rise 1 | rise 0 |
    rise 2147483647 | rise 2147483648 | fall 0 | fall x | fall 2147483648 | user root |
    user root root | user nosuch | user | user root root x | init_fail | init_fail foo |
    script /bin/false | foo | interval 2 ; interval 3 | user root ; user root | rise 1x |
    interval 01 |
  `,
  file: `
    weight 254 | weight 255 | weight -254 | weight -255 | weight 2147483647 | weight 1 reverse |
    weight 1 foo | weight | weight 0 | init_file | init_file 5 | init_file overwrite |
    init_file 5 overwrite | init_file overwrite 5 | init_file foo | init_file -5 |
    init_file 5 foo | file /a b | file | file "/etc/hostname" | weight 1 noreverse |
    weight 1 ; weight 2 | init_file 1 ; init_file 2 | weight 1x |
  `,
  process: `
    param_match initial | param_match partial | param_match foo | param_match | weight 254 |
    weight 255 | weight 1 reverse | weight 1 foo | weight | quorum 1 | quorum 0 | quorum 65535 |
    quorum 65536 | quorum_max 0 | quorum_max 65536 | delay 0 | delay 1 | delay 3600 |
    delay 3601 | delay 0.0000001 | delay x | fork_delay 1.5 | terminate_delay 1.5 |
    full_command | full_command x | process "a b" c | process | weight 1 noreverse |
    process foo | weight 1 ; weight 2 |
  `,
  bfd: `
    neighbour_ip 10.0.0.3 | neighbor_ip foo | neighbor_ip 10.0.0.3/24 | source_ip 10.0.0.1 |
    source_ip foo | min_rx 1 | min_rx 0 | min_rx 0.5 | min_rx 1.001 | min_rx 1.0001 |
    min_rx 10000 | min_rx 10001 | min_rx 4294967 | min_rx 4294968 | min_rx x | min_tx 1 |
    min_tx 0 | min_tx 10001 | min_tx 4294968 | idle_tx 1000 | idle_tx 999 | idle_tx 10001 |
    idle_tx 4294968 | multiplier 0 | multiplier 1 | multiplier 255 | multiplier 256 | passive |
    passive x | ttl 0 | ttl 1 | ttl 255 | ttl 256 | hoplimit 64 | max_hops -2 | max_hops -1 |
    max_hops 0 | max_hops 255 | max_hops 256 | multihop | weight 253 | weight 254 |
    weight 10 reverse | weight 10 foo | vrrp | checker | vrrp ; checker | foo |
    source_ip 10.0.0.1 ; source_ip 10.0.0.2 | neighbor_ip 10.0.0.4 | min_rx 5 ; min_rx 6 |
    min_rx 1x | multiplier 1x | max_hops 1x |
  `,
  root: `
    vrrp_track_file x { ; file /etc/hostname ; } | track_file { ; file /etc/hostname ; } |
    track_file x { ; file relative ; } | static_ipaddress { ; 10.0.0.10 dev eth0 ; } |
    static_ipaddress { ; 10.0.0.10-20 dev eth0 ; } |
    static_ipaddress { ; 10.0.0.10-10.0.0.20 dev eth0 ; } |
    track_group G { ; group { ; v ; } ; } ; static_ipaddress { ; 10.0.0.10 dev eth0 track_group G ; } |
    track_group G { ; group { ; v ; } ; } | track_group G { ; group v ; } |
    track_group G { ; group { ; v w ; } ; } | track_group G { ; } |
    track_group { ; group { ; v ; } ; } |
    track_group G { ; group { ; v ; } ; group { ; v ; } ; } |
    static_ipaddress { ; 10.0.0.10 dev eth0 no_track ; } |
    static_ipaddress { ; 10.0.0.10 dev eth0 use_vmac ; } |
    static_ipaddress v { ; 10.0.0.10 dev eth0 ; } | vrrp_sync_group { ; group { ; v ; } ; } |
    vrrp_sync_group G extra { ; group { ; v ; } ; } | vrrp_instance { ; } |
    vrrp_instance x y { ; interface eth0 ; virtual_router_id 7 ; virtual_ipaddress { ; 10.0.0.99 ; } ; } |
    vrrp_instance "x y" { ; interface eth0 ; virtual_router_id 7 ; virtual_ipaddress { ; 10.0.0.99 ; } ; } |
    garp_group { ; garp_interval 1 ; interface eth0 ; } | garp_group { ; garp_interval 1 ; } |
    garp_group { ; garp_interval x ; interface eth0 ; } |
    garp_group { ; garp_interval 0 ; interface eth0 ; } |
    garp_group { ; garp_interval 0.000001 ; interface eth0 ; } |
    garp_group { ; garp_interval 1000000 ; interface eth0 ; } |
    garp_group { ; garp_interval 999999 ; interface eth0 ; } |
    garp_group { ; gna_interval 1.5 ; interfaces { ; eth0 ; eth1 ; } ; } |
    garp_group { ; gna_interval 1.5 ; interfaces { ; eth0 eth1 ; } ; } |
    garp_group foo { ; gna_interval 1.5 ; interface eth0 ; } |
    garp_group { ; garp_interval 1 ; interface eth0 eth1 ; } |
    garp_group { ; garp_interval 1.1234567 ; interface eth0 ; } |
    linkbeat_interfaces { ; eth0 ; } | linkbeat_interfaces { ; eth0 MII ; } |
    linkbeat_interfaces { ; eth0 ETHTOOL ; eth1 IOCTL ; } |
    linkbeat_interfaces { ; eth0 mii ; } | linkbeat_interfaces { ; eth0 eth1 ; } |
    interface_up_down_delays { ; eth0 1 ; } | interface_up_down_delays { ; eth0 1 2 ; } |
    interface_up_down_delays { ; eth0 ; } | interface_up_down_delays { ; eth0 256 ; } |
    interface_up_down_delays { ; eth0 255 ; } | interface_up_down_delays { ; eth0 1 256 ; } |
    interface_up_down_delays { ; eth0 x ; } | interface_up_down_delays { ; eth0 1 x ; } |
    interface_up_down_delays { ; eth0 1 2 3 ; } |
    interface_up_down_delays { ; eth0 0.5 0.00001 ; } |
    static_rules { ; from all table 100 priority 10 ; } |
    static_routes { ; 10.1.0.0/16 dev eth0 ; } |
    static_rules { ; from all table 100 priority 10 track_group G ; } |
    track_group G { ; group { ; v ; } ; } ; static_rules { ; from all table 100 priority 10 track_group G ; } |
    vrrp_script { ; script /bin/true ; } | vrrp_script x y { ; script /bin/true ; } |
    vrrp_track_process { ; process foo ; } | track_process x { ; process foo ; } |
    bfd_instance abcdefghijklmnopqrstuvwxyz0123456789 { ; neighbor_ip 10.0.0.3 ; } |
    bfd_instance abcdefghijklmnopqrstuvwxyz01234 { ; neighbor_ip 10.0.0.3 ; } |
    bfd_instance abcdefghijklmnopqrstuvwxyz012345 { ; neighbor_ip 10.0.0.3 ; } |
    vrrp_script s { ; script ; } |
    garp_group { ; garp_interval 1 ; garp_interval 2 ; interface eth0 ; } |
    garp_group { ; garp_interval 1 ; interface eth0 ; interface eth1 ; } |
    static_ipaddress { ; 10.0.0.10 dev eth0 ; } ; static_ipaddress { ; 10.0.0.11 dev eth0 ; } |
    linkbeat_interfaces { ; eth0 ; } ; linkbeat_interfaces { ; eth1 ; } |
    vrrp_script a { ; script /bin/true ; } ; vrrp_script a { ; script /bin/true ; } |
    track_file a { ; file /etc/hostname ; } ; track_file a { ; file /etc/hostname ; } |
    vrrp_track_process a { ; process x ; } ; vrrp_track_process a { ; process x ; } |
    vrrp_track_process a b { ; process x ; } | track_file a b { ; file /etc/hostname ; } |
    track_group a b { ; group { ; v ; } ; } | bfd_instance a b { ; neighbor_ip 10.0.0.3 ; } |
    linkbeat_interfaces x { ; eth0 ; } | interface_up_down_delays x { ; eth0 1 ; } |
    interface_up_down_delays { ; eth0 1x ; } |
  `,
} as const;
