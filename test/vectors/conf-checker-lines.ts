/** Lines of health checks, good and bad, hand-made: a bar between two cases, a semicolon for the end of a line. */

export const CHECKER_LINES = {
  tcp: `
    connect_ip 10.0.0.5 | connect_ip x | connect_ip | connect_ip 10.0.0.5/24 |
    connect_ip fd00::1 | connect_port 80 | connect_port 0 | connect_port 65536 |
    connect_port x | connect_port | connect_ip 10.0.0.5 ; connect_port 0 | bindto 10.0.0.1 |
    bindto x | bindto 10.0.0.99 | bindto fd00::1 | bindto 10.0.0.1 ; bind_port 5 |
    bindto 10.0.0.1/24 | bindto | bind_port 80 | bind_port 0 | bind_port 65536 | bind_port x |
    bind_if eth0 | bind_if nosuch | bind_if a23456789012345x | bind_if | connect_timeout 5 |
    connect_timeout 0 | connect_timeout 0.001 | connect_timeout 4294 | connect_timeout 4295 |
    connect_timeout x | fwmark 5 | fwmark 0 | fwmark 0x10 | fwmark x | fwmark 4294967295 |
    fwmark 4294967296 | fwmark -1 | retry 0 | retry 3 | retry x | retry 4294967295 |
    retry 4294967296 | delay_before_retry 3 | delay_before_retry 0 | delay_before_retry x |
    delay_before_retry 4295 | warmup 0 | warmup x | delay_loop 1 | delay_loop 0 |
    delay_loop 0.001 | delay_loop x | alpha | alpha on | alpha x | log_all_failures |
    log_all_failures off | log_all_failures x | foo | retry 1 ; retry 2 |
    connect_port 1 ; connect_port 2 | retry 1x | retry | warmup | connect_ip 10.0.0.5-9 |
    bindto 10.0.0.1-9 | connect_ip nosuch.invalid | bind_if a/b | bind_if eth0:1 |
    connect_timeout 5x | fwmark 5x |
  `,
  http: `
    nb_get_retry 3 | nb_get_retry 0 | nb_get_retry x | retry 3 | retry 0 | virtualhost x |
    virtualhost | http_protocol 1.0 | http_protocol 1.0C | http_protocol 1.0c |
    http_protocol 1.1 | http_protocol 2 | http_protocol | http_protocol 1.1c | enable_sni |
    enable_sni off | fast_recovery | fast_recovery off | fast_recovery x | tls_compliant |
    sni_name x | url { ; path /a ; status_code 200 ; } | url { ; path /a ; } |
    url { ; digest x ; } | url { ; } | url | connect_port 8080 | delay_loop 3 | alpha |
    log_all_failures | foo | status_code 200 | path / |
    url x { ; path /a ; status_code 200 ; } | fwmark 3 | delay_before_retry 0 |
  `,
  url: `
    path /x | path | path x | path /a b | path "/a b" |
    digest 9b3a0c85a887a256d6939da88aabd8cd | digest 9b3a | digest |
    digest 9b3a0c85a887a256d6939da88aabd8cg | digest 9b3a0c85a887a256d6939da88aabd8cd9 |
    digest 9B3A0C85A887A256D6939DA88AABD8CD | status_code 200 | status_code 99 |
    status_code 100 | status_code 599 | status_code 600 | status_code 200-299 |
    status_code 299-200 | status_code 200-299 400 | status_code x | status_code |
    status_code 200x | status_code 200-600 | status_code 200 ; status_code 300 |
    status_code 200- | status_code -299 | status_code 200,300 | status_code 200 x |
    status_code 200-200 | virtualhost x | virtualhost | regex foo | regex "a b" | regex |
    regex a b | regex ( | regex_no_match | regex foo ; regex_no_match |
    regex foo ; regex_no_match x | regex foo ; regex_options caseless |
    regex foo ; regex_options caseless multiline | regex foo ; regex_options foo |
    regex foo ; regex_options | regex_options caseless | regex foo ; regex_min_offset 0 |
    regex foo ; regex_min_offset 5 | regex foo ; regex_min_offset x |
    regex foo ; regex_min_offset 5 ; regex_max_offset 3 | regex foo ; regex_max_offset 9 |
    regex foo ; regex_max_offset 0 | regex foo ; regex_max_offset x | regex_min_offset 5 |
    regex foo ; regex_stack 1000 2000 | regex foo ; regex_stack 1000 |
    regex foo ; regex_stack x y | regex foo ; regex_stack 2000 1000 |
    regex foo ; regex_stack 0 0 | regex foo ; regex_stack | regex_stack 1 2 | tls_compliant |
    foo | regex foo ; regex bar |
    regex foo ; regex_options allow_empty_class alt_bsux auto_callout dollar_endonly dotall dupnames extended firstline match_unset_backref never_ucp never_utf no_auto_capture no_auto_possess no_dotstar_anchor no_start_optimize ucp ungreedy utf never_backslash_c alt_circumflex alt_verbnames use_offset_limit |
    regex foo ; regex_options CASELESS | status_code 200 ; regex foo |
    digest 9b3a0c85a887a256d6939da88aabd8cd ; digest 9b3a0c85a887a256d6939da88aabd8cd |
    path /b | virtualhost a ; virtualhost b |
    regex foo ; regex_min_offset 18446744073709551615 |
    regex foo ; regex_min_offset 4294967296 | regex foo ; regex_min_offset -1 |
  `,
  smtp: `
    helo_name x | helo_name | helo_name a b | helo_name "a b" |
    host { ; connect_ip 10.0.0.5 ; } | host { ; } | host { ; foo ; } |
    host { ; connect_port 25 ; bindto 10.0.0.1 ; bind_port 5 ; connect_timeout 5 ; fwmark 1 ; bind_if eth0 ; } |
    host { ; retry 1 ; } | host |
    host { ; connect_ip 10.0.0.5 ; } ; host { ; connect_ip 10.0.0.6 ; } | connect_timeout 5 |
    retry 0 | foo | warmup 1 | host x { ; connect_port 25 ; } |
  `,
  dns: `
    type A | type NS | type CNAME | type SOA | type MX | type TXT | type AAAA | type RRSIG |
    type DNSKEY | type soa | type x | type | name . | name example.org | name | name a b |
    retry 0 | retry 5 | delay_before_retry 1 | foo | name a..b |
    name aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.org |
  `,
  udp: `
    payload 00ff | payload 0 | payload xx | payload | payload 00 ff 1 | payload 0g |
    payload 00x1 | require_reply | require_reply 00 | require_reply 0x | require_reply XX 1 |
    require_reply zz | min_reply_length 0 | min_reply_length 65535 | min_reply_length 65536 |
    min_reply_length x | min_reply_length | max_reply_length 0 | max_reply_length 65535 |
    max_reply_length 65536 | min_reply_length 300 | min_reply_length 5 ; max_reply_length 3 |
    require_reply ; min_reply_length 5 ; max_reply_length 3 | foo | retry 1 |
    payload 00 ; payload 01 | require_reply ; require_reply | payload "00 ff" | payload 0x00 |
    payload 000 | payload aa | payload aabb | payload ab12 | payload ab12f | payload ab 12f |
    payload aa bb | payload a b | payload aabbcc | payload aab bcc | payload 1234567890 |
    payload aaa bbb | payload 00ff00 | payload 00f | payload 00 0 | payload AA |
    require_reply aabb | require_reply aabb cc | require_reply x | require_reply aaxx |
    payload 00 00ff |
  `,
  ping: `
    connect_ip 10.0.0.5 | connect_port 5 | retry 0 | foo | bindto 10.0.0.1 | fwmark 5 |
  `,
  misc: `
    misc_path /bin/true | misc_path | misc_path "/bin/true x" | misc_path /bin/true a |
    misc_path /nosuch | misc_path "" | misc_timeout 5 | misc_timeout 0 | misc_timeout 0.5 |
    misc_timeout x | misc_timeout | misc_timeout 4294 | misc_timeout 4295 |
    misc_timeout 1000000 | misc_dynamic | misc_dynamic x | misc_dynamic off | user root |
    user root root | user nosuch | user | user root root x | retry 0 | retry 1 | warmup 0 |
    alpha | alpha off | delay_loop 1 | delay_before_retry 1 | connect_ip 10.0.0.5 |
    connect_timeout 5 | fwmark 5 | log_all_failures | foo | user root ; user root |
  `,
  otherCheck: `
    FILE_CHECK { ; track_file f ; } | FILE_CHECK { ; track_file f ; weight 5 ; } |
    FILE_CHECK { ; track_file f ; weight 5 reverse ; } |
    FILE_CHECK { ; track_file f ; weight 5 x ; } | FILE_CHECK { ; track_file nosuch ; } |
    FILE_CHECK { ; } | FILE_CHECK { ; track_file ; } |
    FILE_CHECK { ; track_file f ; weight 254 ; } |
    FILE_CHECK { ; track_file f ; weight 2147483647 ; } |
    FILE_CHECK { ; track_file f ; weight -2147483647 ; } |
    FILE_CHECK { ; track_file f ; weight 2147483648 ; } |
    FILE_CHECK { ; track_file f ; weight -2147483648 ; } |
    FILE_CHECK { ; track_file f ; weight x ; } | FILE_CHECK { ; track_file f ; weight ; } |
    FILE_CHECK { ; track_file f ; weight 0 ; } | FILE_CHECK { ; track_file f ; dynamic ; } |
    FILE_CHECK { ; track_file f ; alpha ; } | FILE_CHECK { ; track_file f ; retry 1 ; } |
    FILE_CHECK { ; weight 5 ; track_file f ; } |
    FILE_CHECK { ; track_file f ; track_file f ; } |
    FILE_CHECK { ; track_file f ; weight 1 ; weight 2 ; } | FILE_CHECK { ; track_file f x ; } |
    FILE_CHECK { ; track_file f ; weight 5 noreverse ; } | BFD_CHECK { ; name b ; } |
    BFD_CHECK { ; name nosuch ; } | BFD_CHECK { ; } | BFD_CHECK { ; name ; } |
    BFD_CHECK { ; name b ; alpha ; } | BFD_CHECK { ; name b ; alpha x ; } |
    BFD_CHECK { ; name b ; retry 1 ; } |
    BFD_CHECK { ; name a2345678901234567890123456789012345 ; } |
    BFD_CHECK { ; name b ; name b ; } | BFD_CHECK { ; name b x ; } |
    BFD_CHECK { ; name b ; log_all_failures ; } |
    FILE_CHECK { ; track_file f ; log_all_failures ; } |
    FILE_CHECK { ; track_file f ; delay_loop 5 ; } |
    FILE_CHECK { ; track_file f ; warmup 5 ; } |
  `,
} as const;
