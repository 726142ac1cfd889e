/** What the man pages of all checks share, subject by subject. */
export const checkManual: Readonly<Record<string, readonly string[]>> = {
  Targets: [
    "From the command line, then from -f, one a line; # behind a blank begins a comment. Hosts are names, addresses, blocks (192.0.2.0/24, without the network's own address and that of broadcast) and ranges (192.0.2.1-20, 192.0.2.1-192.0.3.4); of IPv6 with a port in brackets: [2001:db8::/120]:443. A port may be a range, 192.0.2.5:8000-8010. A link-local address has its interface behind it, [fe80::1%eth0]:443 and http://[fe80::1%25eth0]/, or -I says which. Names may be in letters of any language. At most 1048576. A name is looked up anew for each try, and its addresses are asked one after the other until one lets us in; a silent one has an equal share of the time that is left.",
  ],
  "A result": [
    "UP, DOWN or UNKNOWN: with UNKNOWN the trouble is ours, nothing was sent or no name server could say which address a name has. A name that is none, or has no address, is DOWN: that is what clients see. The class is that of HAProxy's statistics: L4 is the connection, L6 is TLS, L7 the application, PROC a program; OK, TOUT no answer in time, CON refused or unreachable, RSP an answer that makes no sense, STS an answer that says no; SOCKERR and UNK are UNKNOWN. With -v the time of each phase. --explain says what was tried, what came back and what is likely behind it.",
    "-t is a hard limit of each try over everything, name and TLS too. Of -c N checks a target is up where one was good. With -w what was not checked by then counts as UNKNOWN.",
  ],
  Watching: [
    "--watch goes on until a signal or -w, and tells each change with its time (UTC): up, down, and UNKNOWN while a target cannot be asked, which is no outage. The first result decides at once; after that --rise good ones in a row end an outage, --fall bad ones begin one. A recovery says how long it was down, from change to change. The first checks are spread over one interval. An interval is counted from begin to begin. With -v each result is told, changes with a star, others with =.",
    "At the end, and on standard error at SIGQUIT, statistics: checks sent, lost, the times of those that were good (95th percentile at most 19 % too high), outages. The status then is 0 where all are up, or as many as --at-least wants, 1 where not, 2 where that hangs on those that could not be asked.",
    "--until-up N and --until-down N end with 0 as soon as the last N results of each target are so, all at the same time; with 1 where -w or a signal came first, with 2 where nothing could be asked at all.",
    "--on-change runs a program for each change, one at a time, without a shell (quotes and backslashes are understood), for at most 30 s; not where a target is up from the beginning. It finds VIPKIT_KIND, VIPKIT_TARGET, VIPKIT_STATE and VIPKIT_FROM (UP, DOWN, UNKNOWN), VIPKIT_CLASS, VIPKIT_PHASE, VIPKIT_DETAIL, VIPKIT_ADDRESS, VIPKIT_LASTED_SECONDS and, behind an outage, VIPKIT_OUTAGE_SECONDS in its environment. What a service said may be in VIPKIT_DETAIL: quote it.",
  ],
  "As a plugin": [
    "--nagios prints one line with perfdata and ends with 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, also for mistakes of usage. --warn and --crit are ranges of the mean time: 0.5 alerts above half a second, 1: below 1, ~:2 above 2, 1:2 beyond both, @1:2 within; a number without a unit is in seconds. RTA,PL% as of check_icmp is a time in milliseconds and a share of lost checks, and tells rta and pl.",
    "The status is that of check_icmp, check_tcp and check_http but for this: where nothing left this host (no route, no name server that could say which address a name has) it is UNKNOWN, not CRITICAL; a certificate that cannot be verified is CRITICAL unless -k is given, and so is each answer that was not wanted, also 404, a redirect (see --status and --follow) and another text than that of --expect; without --warn and --crit there are no limits, also none of loss.",
  ],
  Metrics: [
    "--metrics FILE replaces FILE as a whole, readable for all; with --watch every two seconds where something is new, and at the end. Labels are kind and target. probe_success (absent while UNKNOWN), probe_duration_seconds, probe_dns_lookup_time_seconds, probe_ip_protocol, probe_icmp_duration_seconds, probe_http_duration_seconds, probe_http_status_code and probe_ssl_earliest_cert_expiry are as blackbox_exporter has them; probe_unknown, check_sent_total and check_lost_total are our own.",
  ],
  JSON: [
    "With -j a line for each target: type check, kind, target, verdict (up, down, unknown); of the last check class, phase (in which it ended; null where it is up), detail, address, total_ms, phases_ms and facts, which are of the kind; then checks, up, down, loss_pct, min_ms, avg_ms, max_ms and p95_ms (null where none was good); explanation with --explain. The summary, on standard error, has type summary, targets, up, down, unknown, unchecked, took_ms.",
    "With --watch a line for each change: type change (result for the others with -v), time, kind, target, verdict to facts as above, from, to, lasted_ms, outage_ms (null where no outage ended). Statistics are of type statistics, as of type check, with outages.",
  ],
};
