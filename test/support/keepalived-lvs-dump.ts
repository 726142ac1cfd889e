/** What `keepalived --dump-conf` says of IPVS and of all processes, each value by the path that `ha show` has for it. */
import type { Fields } from "./shown-fields.ts";

export function readLvsDump(dump: readonly string[]): Fields {
  const fields: Fields = new Map();
  let [kind, block, server, url] = ["", "", "", 0];
  let checks = 0;
  const open = (next: string, path: string): void => {
    [kind, block, url] = [next, path, 0];
  };
  const add = (key: string, text: string | null): void => {
    const before = fields.get(block + key);
    fields.set(block + key, before && LISTS.has(key) ? `${before} ${text}` : text);
  };
  for (const line of dump) {
    const opened = OPENINGS.find(([pattern]) => pattern.test(line));
    if (opened !== undefined) {
      if (opened[1] === "global_defs") fields.delete("global_defs/smtp_server"); // each process dumps it
      const [pattern, next, nameOf] = opened;
      const name = nameOf(pattern.exec(line) as RegExpExecArray);
      if (next === "virtual_server") server = `virtual_server ${name}/`;
      if (next === "real_server") open(next, `${server}real_server ${name}/`);
      else if (next === "check") open(next, `check ${++checks}/`);
      else open(next, name === "" ? `${next}/` : `${next} ${name}/`);
      continue;
    }
    if (kind === "check" && /^ {3}Checked url = /.test(line)) {
      block = block.replace(/url \d+\/$|$/, (old) => (old === "" || old ? `url ${++url}/` : old));
    }
    for (const [pattern, tell] of TOLD[kind] ?? []) {
      const match = pattern.exec(line);
      if (match === null) continue;
      for (const [key, text] of Object.entries(tell(match))) add(key, text);
    }
  }
  return fields;
}

type Match = RegExpExecArray;
type Told = readonly [RegExp, (match: Match) => Readonly<Record<string, string | null>>];

const LISTS = new Set(["entries", "smtp_server", "status_code"]);

const withPort = (address = "", port = "0"): string =>
  port === "0" ? address : `${address} ${port}`;

const nameless = (): string => "";

const OPENINGS: readonly (readonly [RegExp, string, (match: Match) => string])[] = [
  [/^-+< Global definitions/, "global_defs", nameless],
  [/^-+< (SSL|LVS|Health)/, "", nameless],
  [/^ Virtual Server Group = ([^,]+),/, "virtual_server_group", ([, name = ""]) => name],
  [/^ VS VIP = (\S+), VPORT = (\d+)/, "virtual_server", ([, ip, port]) => withPort(ip, port)],
  [/^ VS FWMARK = (\d+)/, "virtual_server", ([, mark]) => `fwmark ${mark}`],
  [/^ VS GROUP = \[(.*)\]:0/, "virtual_server", ([, name]) => `group ${name}`],
  [/^ {3}RIP = (\S+), RPORT = (\d+)/, "real_server", ([, ip, port]) => withPort(ip, port)],
  [/^ \S.* -> \[/, "check", nameless],
];

/** A line with one value. */
const one = (label: string, key: string, textOf: (text: string) => string | null): Told => [
  new RegExp(`^ +${label} (?:= |is )(.*)$`),
  ([, text = ""]) => ({ [key]: textOf(text) }),
];

const word = (text: string): string => text;
const known = (text: string): string | null =>
  /^\[?(unknown|none|0)\]?$/.test(text) ? null : text;
const isOn = (text: string): string | null =>
  /^(on|yes|true|enabled|set|1)$/i.test(text) ? "on" : null;
const seconds = (text: string): string => `${Number.parseFloat(text)}`;
const microseconds = (text: string): string => `${Number.parseInt(text, 10) / 1e6}`;
const unquoted = (text: string): string => text.replace(/^'(.*)'$/, "$1");

/** `TUN, type = GUE, port = 6080, no checksum` */
const forwarding = (text: string): string =>
  text.replace(/^(\w+), (.*)/, (_, method: string, tunnel: string) => {
    const words = tunnel.toLowerCase().replaceAll(/[=,]/g, "").replaceAll(/ +/g, " ");
    return `${method} ${words.replace("no checksum", "nocsum").replace("checksum", "csum")}`;
  });
const number = (text: string): string => `${Number.parseInt(text, 10)}`;

/** Of each kind of block what is told in it that a file can say. */
const TOLD: Readonly<Record<string, readonly Told[]>> = {
  global_defs: [
    one("Router ID", "router_id", known),
    one("Smtp server connection timeout", "smtp_connect_timeout", word),
    one("Smtp server", "smtp_server", word),
    one("Smtp server port", "smtp_server", word),
    one("Email notification from", "notification_email_from", word),
    one("Default smtp_alert", "smtp_alert", isOn),
    one("Default smtp_alert_vrrp", "smtp_alert_vrrp", isOn),
    one("Default smtp_alert_checker", "smtp_alert_checker", isOn),
    one("Checkers log all failures", "checker_log_all_failures", isOn),
    one("Dynamic interfaces", "dynamic_interfaces", isOn),
    one("Disable local IGMP", "disable_local_igmp", isOn),
    one("LVS flush", "lvs_flush", isOn),
    one("LVS flush on stop", "lvs_flush_onstop", isOn),
    one("VRRP notify priority changes", "vrrp_notify_priority_changes", isOn),
    one("VRRP IPv4 mcast group", "vrrp_mcast_group4", word),
    one("VRRP IPv6 mcast group", "vrrp_mcast_group6", word),
    one("Gratuitous ARP delay", "vrrp_garp_master_delay", word),
    one("Gratuitous ARP repeat", "vrrp_garp_master_repeat", word),
    one("Gratuitous ARP refresh timer", "vrrp_garp_master_refresh", word),
    one("Gratuitous ARP refresh repeat", "vrrp_garp_master_refresh_repeat", word),
    one("Num adverts before down", "vrrp_down_timer_adverts", word),
    one("VRRP check unicast_src", "vrrp_check_unicast_src", isOn),
    one("VRRP skip check advert addresses", "vrrp_skip_check_adv_addr", isOn),
    one("VRRP strict mode", "vrrp_strict", isOn),
    one("Min auto priority delay", "min_auto_priority_delay", number),
    one("VRRP process priority", "vrrp_priority", known),
    one("VRRP don't swap", "vrrp_no_swap", isOn),
    one("VRRP realtime priority", "vrrp_rt_priority", known),
    one("VRRP realtime limit", "vrrp_rlimit_rttime", word),
    one("Checker process priority", "checker_priority", known),
    one("Checker don't swap", "checker_no_swap", isOn),
    one("Checker realtime limit", "checker_rlimit_rttime", word),
    one("BFD process priority", "bfd_priority", known),
    one("BFD don't swap", "bfd_no_swap", isOn),
    one("BFD realtime limit", "bfd_rlimit_rttime", word),
    [/^ Script security (.*)/, ([, is = ""]) => ({ enable_script_security: isOn(is) })],
    one("rs_init_notifies", "rs_init_notifies", isOn),
    one("no_checker_emails", "no_checker_emails", isOn),
    one("rx_bufs_multiples", "vrrp_rx_bufs_multiplier", word),
    one("umask", "umask", word),
    one("VRRP default protocol version", "vrrp_version", word),
    [/^ SNMP socket = default \((.*)\)/, ([, socket = ""]) => ({ snmp_socket: socket })],
  ],
  virtual_server_group: [
    [
      /^ {3}VIP(?: Range)? = (\S+), VPORT = (\d+)/,
      ([, range, port]) => ({ entries: withPort(range, port) }),
    ],
    [/^ {3}FWMARK = (\d+)/, ([, mark]) => ({ entries: `fwmark ${mark}` })],
  ],
  virtual_server: [
    one("Address family", "ip_family", word),
    one("connection timeout", "connect_timeout", seconds),
    one("delay_loop", "delay_loop", seconds),
    one("lvs_sched", "lvs_sched", word),
    one("Hashed", "hashed", isOn),
    one("flag-1", "flag-1", isOn),
    one("flag-2", "flag-2", isOn),
    one("flag-3", "flag-3", isOn),
    one("sh-port", "sh-port", isOn),
    one("sh-fallback", "sh-fallback", isOn),
    one("mh-port", "mh-port", isOn),
    one("mh-fallback", "mh-fallback", isOn),
    one("One packet scheduling", "ops", isOn),
    one("persistence timeout", "persistence_timeout", word),
    one("persistence granularity", "persistence_granularity", word),
    one("protocol", "protocol", known),
    one("alpha", "alpha", isOn),
    one("omega", "omega", isOn),
    [/^ {3}Inhibit on failure is (.*)/, ([, is = ""]) => ({ inhibit_on_failure: isOn(is) })],
    [
      /^ +quorum = (\d+), hysteresis = (\d+)/,
      ([, q = "", h = ""]) => ({ quorum: q, hysteresis: h }),
    ],
    one("Using smtp notification", "smtp_alert", isOn),
    one("default forwarding method", "lvs_method", forwarding),
    one("VirtualHost", "virtualhost", unquoted),
    [
      /^ {3}sorry server = \[(.*)\]:(?:\w+:)?(\d+)$/,
      ([, ip, port]) => ({ sorry_server: withPort(ip, port) }),
    ],
    [
      /^ {5}forwarding method = (.*)/,
      ([, how = ""]) => ({ sorry_server_lvs_method: forwarding(how) }),
    ],
    [/^ {5}Inhibit on failure is (.*)/, ([, is = ""]) => ({ sorry_server_inhibit: isOn(is) })],
  ],
  real_server: [
    one("initial weight", "weight", word),
    one("forwarding method", "lvs_method", forwarding),
    one("Alpha", "alpha", isOn),
    one("connection timeout", "connect_timeout", seconds),
    [
      /^ +connection limit range = (\d+) -> (\d+)/,
      ([, low = "", high = ""]) => ({ lthreshold: low, uthreshold: high }),
    ],
    one("Delay loop", "delay_loop", seconds),
    one("Inhibit on failure", "inhibit_on_failure", isOn),
    one("Using smtp notification", "smtp_alert", isOn),
    one("VirtualHost", "virtualhost", unquoted),
  ],
  check: [
    one("Alpha", "alpha", isOn),
    one("Delay loop", "delay_loop", microseconds),
    one("Warmup", "warmup", microseconds),
    one("Retries", "retry", word),
    one("Delay before retry", "delay_before_retry", microseconds),
    one("Log all failures", "log_all_failures", isOn),
    [
      /^ {5}Dest = \[(.*)\]:(\d+)/,
      ([, ip = "", port = ""]) => ({ connect_ip: ip, connect_port: known(port) }),
    ],
    [
      /^ {5}Bind to = \[(.*)\]:(\d+)/,
      ([, ip = "", port = ""]) => ({ bindto: ip, bind_port: known(port) }),
    ],
    [/^ {5}Bind i\/f = (.*)/, ([, link = ""]) => ({ bind_if: link })],
    [/^ {5}Mark = (.*)/, ([, mark = ""]) => ({ fwmark: mark })],
    [/^ {5}Timeout = (.*)/, ([, text = ""]) => ({ connect_timeout: seconds(text) })],
    [/^ +Keepalive method = (\w+)/, ([, kind = ""]) => ({ kind })],
    [/^ +Keepalive method = .*, http protocol (\S+)/, ([, v = ""]) => ({ http_protocol: v })],
    [/^ +Enable SNI (.*)/, ([, is = ""]) => ({ enable_sni: isOn(is) })],
    [/^ +Fast recovery (.*)/, ([, is = ""]) => ({ fast_recovery: isOn(is) })],
    [/^ +Checked url = (.*)/, ([, path = ""]) => ({ path })],
    [/^ +digest = (.*)/, ([, digest = ""]) => ({ digest })],
    [/^ {7}(\d{3}(?:-\d{3})?)$/, ([, codes = ""]) => ({ status_code: codes })],
    one("helo", "helo_name", word),
    one("Type", "type", word),
    one("Name", "name", (text) => text || "."),
    one("dynamic", "misc_dynamic", isOn),
    one("Virtualhost", "virtualhost", unquoted),
    one("Virtual host", "virtualhost", unquoted),
  ],
};
