/**
 * Small files that say something of what virtual servers come to, by a name each; `;` ends a line. A virtual
 * server is written VS HEAD { ... } for one that nothing else is wrong with, a real server RS ADDRESS.
 */
const RS = "RS 10.0.0.3 80;";
const DR = "lvs_method DR;";
const TUN = "lvs_method TUN;";
const ADDRESS = "10.0.0.9 80";
const vs = (inside: string, head = ADDRESS): string =>
  `virtual_server ${head} {; protocol TCP; lvs_sched rr; lvs_method NAT; ${inside} };`;
const bare = (inside: string, head = ADDRESS): string => `virtual_server ${head} {; ${inside} };`;
const fwmark = (inside: string): string => bare(`lvs_sched rr; ${inside}`, "fwmark 5");
const group = (members: string, inside: string): string =>
  `virtual_server_group g {; ${members} }; ${bare(`lvs_sched rr; ${inside}`, "group g")}`;
const check = (inside: string): string => vs(`real_server 10.0.0.3 80 {; ${inside}; };`);

const FILES: Readonly<Record<string, string>> = {
  plain: vs(RS),
  "no real server": vs(""),
  "a sorry server alone": vs("sorry_server 10.0.0.4 80;"),
  "no protocol": bare(`lvs_sched rr; lvs_method NAT; ${RS}`),
  "no scheduler": bare(`protocol TCP; lvs_method NAT; ${RS}`),
  "no method": bare(`protocol TCP; lvs_sched rr; ${RS}`),
  "methods of the real servers": bare(
    "protocol TCP; lvs_sched rr; real_server 10.0.0.3 80 {; lvs_method DR; };",
  ),
  "methods of all but the sorry server": bare(
    "protocol TCP; lvs_sched rr; sorry_server 10.0.0.4 80; real_server 10.0.0.3 80 {; lvs_method DR; };",
  ),
  nothing: bare(RS),
  "quorum 5": vs(`quorum 5; ${RS}`),
  "quorum of weights": vs(
    "quorum 5; weight 2; real_server 10.0.0.3 80 {; weight 3; }; RS 10.0.0.4 80;",
  ),
  "quorum of a weight of 0": vs(
    "quorum 3; weight 2; real_server 10.0.0.3 80 {; weight 0; }; RS 10.0.0.4 80;",
  ),
  "weight 0 alone": vs("real_server 10.0.0.3 80 {; weight 0; };"),
  "hysteresis of 1": vs(`hysteresis 1; ${RS}`),
  "hysteresis as the quorum": vs("quorum 2; hysteresis 2; weight 3; RS 10.0.0.3 80;"),
  "hysteresis below the quorum": vs("quorum 2; hysteresis 1; weight 2; RS 10.0.0.3 80;"),
  "hysteresis above a lowered quorum": vs("quorum 5; hysteresis 3; weight 2; RS 10.0.0.3 80;"),
  "quorum of a server twice": vs(`quorum 2; ${RS} ${RS}`),
  "ops of TCP": vs(`ops; ${RS}`),
  "ops of UDP": bare(`ops; protocol UDP; lvs_sched rr; lvs_method NAT; ${RS}`),
  "ops of SCTP": bare(`ops; protocol SCTP; lvs_sched rr; lvs_method NAT; ${RS}`),
  "ops of a mark": fwmark("lvs_method NAT; ops; RS 10.0.0.3;"),
  "DR and another port": vs(`${DR} RS 10.0.0.3 81;`),
  "DR without port": vs(`${DR} RS 10.0.0.3;`),
  "TUN and another port": vs(`${TUN} RS 10.0.0.3 81;`),
  "NAT and another port": vs("RS 10.0.0.3 81;"),
  "NAT without port": vs("RS 10.0.0.3;"),
  "DR of one server, another port": vs("real_server 10.0.0.3 81 {; lvs_method DR; };"),
  "sorry server, DR and another port": vs(`${DR} sorry_server 10.0.0.4 81; ${RS}`),
  "sorry server, DR without port": vs(`${DR} sorry_server 10.0.0.4; ${RS}`),
  "sorry server, its own DR": vs(`sorry_server 10.0.0.4 81; sorry_server_lvs_method DR; ${RS}`),
  "sorry server, method above": vs(`sorry_server_lvs_method DR; sorry_server 10.0.0.4 81; ${RS}`),
  "sorry server, inhibit above": vs(`sorry_server_inhibit; sorry_server 10.0.0.4 80; ${RS}`),
  "inhibit without sorry server": vs(`sorry_server_inhibit; ${RS}`),
  "sorry server, inhibit": vs(`sorry_server 10.0.0.4 80; sorry_server_inhibit; ${RS}`),
  "sorry server that is real": vs(`sorry_server 10.0.0.3 80; ${RS}`),
  "sorry server that is real, inhibit": vs(`sorry_server 10.0.0.3 80; sorry_server_inhibit; ${RS}`),
  "sorry server that is inhibited as a real one": vs(
    "sorry_server 10.0.0.3 80; real_server 10.0.0.3 80 {; inhibit_on_failure; };",
  ),
  "sorry server of IPv6": vs(`sorry_server fd00::4 80; ${RS}`),
  "sorry server of IPv6, TUN": vs(`${TUN} sorry_server fd00::4 80; ${RS}`),
  "sorry server of IPv6, its own TUN": vs(
    `sorry_server fd00::4 80; sorry_server_lvs_method TUN; ${RS}`,
  ),
  "real server of IPv6": vs(`RS fd00::3 80; ${RS}`),
  "real server of IPv6 alone": vs("RS fd00::3 80;"),
  "real server of IPv6, TUN": vs(`${TUN} RS fd00::3 80; ${RS}`),
  "real server of IPv6, its own TUN": vs(`real_server fd00::3 80 {; lvs_method TUN; }; ${RS}`),
  "real server of IPv6, TUN below": bare(
    `protocol TCP; lvs_sched rr; RS fd00::3 80; ${RS} lvs_method TUN;`,
  ),
  "real server twice": vs(`${RS} ${RS}`),
  "real server with two ports": vs(`${RS} RS 10.0.0.3 81;`),
  "virtual server twice": `${vs(RS)} ${vs(RS)}`,
  thresholds: vs("real_server 10.0.0.3 80 {; uthreshold 5; lthreshold 10; };"),
  mark: fwmark("lvs_method NAT; RS 10.0.0.3;"),
  "mark with a protocol": fwmark("protocol TCP; lvs_method NAT; RS 10.0.0.3;"),
  "mark, NAT and a port": fwmark("lvs_method NAT; RS 10.0.0.3 80;"),
  "mark, DR and a port": fwmark("lvs_method DR; RS 10.0.0.3 80;"),
  "mark, DR and a port of the sorry server": fwmark(
    "lvs_method DR; sorry_server 10.0.0.4 80; RS 10.0.0.3;",
  ),
  "mark of IPv6": fwmark("lvs_method NAT; ip_family inet6; RS 10.0.0.3;"),
  "mark, family below": fwmark("lvs_method NAT; RS 10.0.0.3; ip_family inet6;"),
  "mark of both": fwmark("lvs_method NAT; RS 10.0.0.3; RS fd00::3;"),
  "mark of both, TUN": fwmark("lvs_method TUN; RS 10.0.0.3; RS fd00::3;"),
  "mark, sorry server of IPv6": fwmark("lvs_method NAT; sorry_server fd00::4; RS 10.0.0.3;"),
  "mark, ha_suspend": fwmark("lvs_method NAT; ha_suspend; RS 10.0.0.3;"),
  "mark 0": bare("lvs_sched rr; lvs_method NAT; RS 10.0.0.3;", "fwmark 0"),
  "mark, granularity of IPv6": fwmark(
    "lvs_method DR; persistence_timeout 5; persistence_granularity 64; RS 10.0.0.3;",
  ),
  "mark, family and granularity": fwmark(
    "lvs_method DR; ip_family inet; persistence_timeout 5; persistence_granularity 64; RS 10.0.0.3;",
  ),
  "every port": vs("RS 10.0.0.3;", "10.0.0.9"),
  "every port, persistent": vs("persistence_timeout 5; RS 10.0.0.3;", "10.0.0.9"),
  "every port, persistent, NAT": vs("persistence_timeout 5; RS 10.0.0.3 80;", "10.0.0.9"),
  "every port, persistent, DR": vs(`${DR} persistence_timeout 5; RS 10.0.0.3 80;`, "10.0.0.9"),
  "every port, sorry server, DR": vs(
    `${DR} persistence_timeout 5; sorry_server 10.0.0.4 80; RS 10.0.0.3;`,
    "10.0.0.9",
  ),
  "sh-port": vs(`sh-port; ${RS}`),
  "sh-port of sh": vs(`lvs_sched sh; sh-port; ${RS}`),
  "mh-port of sh": vs(`lvs_sched sh; mh-port; ${RS}`),
  "sh-port above sh": bare(`protocol TCP; lvs_method NAT; sh-port; lvs_sched sh; ${RS}`),
  "hashed of mh": vs(`lvs_sched mh; hashed; ${RS}`),
  hashed: vs(`hashed; ${RS}`),
  "flag-1": vs(`flag-1; ${RS}`),
  "its own family": vs(`ip_family inet; ${RS}`),
  "another family": vs(`ip_family inet6; ${RS}`),
  "granularity of IPv6": vs(`persistence_timeout 5; persistence_granularity 64; ${RS}`),
  "netmask of IPv6": vs(
    "persistence_timeout 5; persistence_granularity 255.255.255.0; RS fd00::3 80;",
    "fd00::9 80",
  ),
  "file of a check": `track_file f {; file /etc/hostname; }; ${check("FILE_CHECK {; track_file f; }")}`,
  "file of a check, unknown": check("FILE_CHECK {; track_file f; }"),
  "file of a check, below": `${check("FILE_CHECK {; track_file f; }")} track_file f {; file /etc/hostname; };`,
  "BFD check": `bfd_instance b {; neighbor_ip 10.0.0.3; }; ${check("BFD_CHECK {; name b; }")}`,
  "BFD check, unknown": check("BFD_CHECK {; name b; }"),
  "BFD check, below": `${check("BFD_CHECK {; name b; }")} bfd_instance b {; neighbor_ip 10.0.0.3; };`,
  "BFD check of VRRP": `bfd_instance b {; neighbor_ip 10.0.0.3; vrrp; }; ${check("BFD_CHECK {; name b; }")}`,
  "BFD check twice": `bfd_instance b {; neighbor_ip 10.0.0.3; }; ${check("BFD_CHECK {; name b; }; BFD_CHECK {; name b; }")}`,
  "bindto of IPv6": check("TCP_CHECK {; bindto fd00::1; }"),
  "bindto above connect_ip": check("TCP_CHECK {; bindto fd00::1; connect_ip fd00::4; }"),
  "bindto below connect_ip": check("TCP_CHECK {; connect_ip fd00::4; bindto fd00::1; }"),
  "link-local server": vs("real_server fe80::3 80 {; TCP_CHECK {; }; };", "fd00::9 80"),
  "link-local server with an interface": vs(
    "real_server fe80::3 80 {; TCP_CHECK {; bind_if eth0; }; };",
    "fd00::9 80",
  ),
  "short answers": check("UDP_CHECK {; require_reply; min_reply_length 5; max_reply_length 3; }"),
  "short answers that nobody asks for": check("UDP_CHECK {; min_reply_length 300; }"),
  "group unknown": vs(RS, "group g"),
  "group twice": `virtual_server_group g {; 10.0.0.8 80; }; ${group("10.0.0.9 80;", `protocol TCP; lvs_method NAT; ${RS}`)}`,
  "group of both families": group(
    "10.0.0.9 80; fd00::9 80;",
    `protocol TCP; lvs_method NAT; ${RS}`,
  ),
  "group of addresses and a mark": group(
    "10.0.0.9 80; fwmark 5;",
    `protocol TCP; lvs_method NAT; ${RS}`,
  ),
  "group of all kinds": group(
    "10.0.0.9 80; fd00::9 80; fwmark 5;",
    `protocol TCP; lvs_method NAT; ${RS}`,
  ),
  "group of a mark": group("fwmark 5;", "lvs_method NAT; RS 10.0.0.3;"),
  "group of a mark with a protocol": group(
    "fwmark 5;",
    "protocol TCP; lvs_method NAT; RS 10.0.0.3;",
  ),
  "group of a mark, DR and a port": group("fwmark 5;", "lvs_method DR; RS 10.0.0.3 80;"),
  "group of a mark, ha_suspend": group("fwmark 5;", "lvs_method DR; ha_suspend; RS 10.0.0.3;"),
  "group of every port": group("10.0.0.9;", "protocol TCP; lvs_method NAT; RS 10.0.0.3;"),
  "group of two ports, NAT": group(
    "10.0.0.9 80; 10.0.0.9 81;",
    `protocol TCP; lvs_method NAT; ${RS}`,
  ),
  "group of two ports, DR": group(
    "10.0.0.9 80; 10.0.0.9 81;",
    `protocol TCP; lvs_method DR; ${RS}`,
  ),
  "group of two ports, DR without port": group(
    "10.0.0.9 80; 10.0.0.9 81;",
    "protocol TCP; lvs_method DR; RS 10.0.0.3;",
  ),
  "group of IPv6": group("10.0.0.9 80;", `protocol TCP; lvs_method NAT; ip_family inet6; ${RS}`),
  "group of IPv4 with a server of IPv6": group(
    "10.0.0.9 80;",
    "protocol TCP; lvs_method NAT; RS fd00::3 80;",
  ),
  "group, sorry server, DR": group(
    "10.0.0.9 80;",
    `protocol TCP; lvs_method DR; sorry_server 10.0.0.4 81; ${RS}`,
  ),
};

/** Each file as its lines. */
export const CONF_LVS_FILES: readonly { readonly name: string; readonly lines: string[] }[] =
  Object.entries(FILES).map(([name, text]) => ({ name, lines: linesOf(text) }));

function linesOf(text: string): string[] {
  const whole = text.replace(/RS ([^;]+);/g, "real_server $1 {; TCP_CHECK {; }; };");
  return whole.split(";").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
}
