/** What `check`, fping, curl and the monitoring plugins are asked beside each other, and what each is to say. */
import { SERVICE_AT } from "./service-lan.ts";

export type Verdict = "up" | "down" | "unknown"; // could not find out
/** OK, WARNING, CRITICAL, UNKNOWN. */
export type PluginStatus = 0 | 1 | 2 | 3;

export interface Row {
  readonly kind: "icmp" | "tcp" | "http";
  readonly name: string;
  readonly verdict: Verdict;
  readonly code: string; // our class
  readonly status: PluginStatus; // with --nagios
  readonly ours: readonly string[];
  readonly plugin: readonly string[]; // words of check_icmp, check_tcp, check_http
  readonly other: readonly string[] | null; // of fping, curl; null where it has no such thing
  readonly limits: readonly [warn: string, crit?: string] | null; // of the plugins
  readonly limitS: number; // for a try of each
  /** Where we differ by choice: what the other says, and why we do not. */
  readonly pluginSays: readonly [PluginStatus, because: string] | null;
  readonly otherSays: readonly [Verdict, because: string] | null;
}

/** What most rows leave out. */
type More = Partial<Pick<Row, "status" | "limits" | "limitS" | "pluginSays" | "otherSays">>;

function row(
  what: Pick<Row, "kind" | "name" | "ours" | "plugin" | "other">,
  [verdict, code]: Outcome,
  more: More,
): Row {
  const status = STATUS[verdict];
  const usual = { status, limits: null, limitS: 10, pluginSays: null, otherSays: null };
  return { ...what, verdict, code, ...usual, ...more };
}

const icmp = (name: string, at: string, outcome: Outcome, more: More = {}): Row =>
  row({ kind: "icmp", name, ours: [at], plugin: ["-H", at], other: [at] }, outcome, more);

function tcp(name: string, at: At, outcome: Outcome, more: More & Words = {}): Row {
  const [host, port] = at;
  const { ours = [], plugin = [], ...rest } = more;
  const target = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const asked = { ours: [target, ...ours], plugin: ["-H", host, "-p", `${port}`, ...plugin] };
  return row({ kind: "tcp", name, ...asked, other: null }, outcome, rest);
}

function http(name: string, url: string, outcome: Outcome, more: More & Words = {}): Row {
  const { ours = [], plugin = [], curl = [], ...rest } = more;
  const { hostname, port, pathname, protocol } = new URL(url);
  const tls = protocol === "https:";
  const where = tls ? ["-H", hostname, "-I", SERVICE_AT.web, "-S", "--sni"] : ["-H", hostname];
  const there = [...where, ...(port === "" ? [] : ["-p", port]), "-u", pathname];
  const [connect, connectToo] = tls
    ? [
        ["--connect-to", SERVICE_AT.web],
        ["--connect-to", `::${SERVICE_AT.web}:`],
      ]
    : [[], []];
  const asked = {
    ours: [url, ...connect, ...ours],
    plugin: [...there, ...plugin],
    other: [url, ...connectToo, ...curl],
  };
  return row({ kind: "http", name, ...asked }, outcome, rest);
}

type Outcome = readonly [Verdict, code: string];
type At = readonly [host: string, port: number];
interface Words {
  readonly ours?: readonly string[];
  readonly plugin?: readonly string[];
  readonly curl?: readonly string[];
}

const STATUS = { up: 0, down: 2, unknown: 3 } as const;
const SOON = { limitS: 1 } as const; // who waits for an answer that does not come
const UNSENT = "nothing left this host, so nothing is known of the service";
const UNSENT_TOO = { pluginSays: [2, UNSENT], otherSays: ["down", UNSENT] } as const;
const UNVERIFIED = "it verifies no certificate; we do, unless -k is given";
const { web, late } = SERVICE_AT;
const { silent, prohibited, prohibited6, halfLost, netUnreachable, nobody, noRoute, badRoute } =
  SERVICE_AT;
const NAMELESS = "none.test"; // says the name server
const UNSAID = "failing.test"; // the name server cannot say
const ONE_STATUS = "it has one status for whatever keeps it from an address";

export const icmpRows: readonly Row[] = [
  icmp("it answers", web, ["up", "L4OK"]),
  icmp("it answers over IPv6", "fd00::1", ["up", "L4OK"]),
  icmp("it is silent", silent, ["down", "L4TOUT"], SOON),
  icmp("it prohibits", prohibited, ["down", "L4CON"], SOON),
  icmp("it prohibits over IPv6", prohibited6, ["down", "L4CON"], SOON),
  icmp("a router knows no way", netUnreachable, ["down", "L4CON"], SOON),
  icmp("nobody has the address", nobody, ["down", "L4CON"], SOON),
  icmp("nobody has the address, over IPv6", "fd00::99", ["down", "L4CON"], SOON),
  icmp("no route", noRoute, ["unknown", "SOCKERR"], UNSENT_TOO),
  icmp("a route of ours forbids it", badRoute, ["unknown", "SOCKERR"], UNSENT_TOO),
  icmp("a name that is none", NAMELESS, ["down", "L4CON"], {
    pluginSays: [3, ONE_STATUS],
    otherSays: ["unknown", ONE_STATUS],
  }),
  icmp("a name of which nobody can say", UNSAID, ["unknown", "SOCKERR"]),
  icmp("half is lost", halfLost, ["up", "L4TOUT"], {
    ...SOON,
    pluginSays: [1, "it has limits of its own, 200,40% and 500,80%; we have those that are given"],
  }),
  ...(
    [
      [0, web, "200,40%", "500,80%"],
      [0, late, "9000,40%", "9500,80%"],
      [1, late, "50,40%", "9500,80%"],
      [2, late, "20,40%", "50,80%"],
      [0, halfLost, "900,51%", "950,80%"],
      [1, halfLost, "900,50%", "950,80%"],
      [2, halfLost, "900,20%", "950,50%"],
      [2, silent, "900,40%", "950,100%"],
    ] as const
  ).map(([status, at, ...limits]) => {
    const outcome: Outcome =
      at === silent ? ["down", "L4TOUT"] : ["up", at === halfLost ? "L4TOUT" : "L4OK"];
    const limitS = at === web || at === late ? 10 : 1;
    return icmp(`${at} with limits ${limits.join(" ")}`, at, outcome, { status, limits, limitS });
  }),
];

const BANNER = { ours: ["--expect", "220"], plugin: ["-e", "220"] };
const WRONG = ["--expect", "500"];

export const tcpRows: readonly Row[] = [
  tcp("it lets in", [web, 80], ["up", "L4OK"]),
  tcp("it lets in over IPv6", ["fd00::2", 9], ["up", "L4OK"]),
  tcp("it refuses", [web, 99], ["down", "L4CON"]),
  tcp("it is silent", [silent, 80], ["down", "L4TOUT"], SOON),
  tcp("it prohibits", [prohibited, 80], ["down", "L4CON"]),
  tcp("it prohibits over IPv6", [prohibited6, 80], ["down", "L4CON"]),
  tcp("a router knows no way", [netUnreachable, 80], ["down", "L4CON"]),
  tcp("nobody has the address", [nobody, 80], ["down", "L4CON"]),
  tcp("no route", [noRoute, 80], ["unknown", "SOCKERR"], { pluginSays: [2, UNSENT] }),
  tcp("a route of ours forbids it", [badRoute, 80], ["unknown", "SOCKERR"], {
    pluginSays: [2, UNSENT],
  }),
  tcp("a name that is none", [NAMELESS, 80], ["down", "L4CON"]),
  tcp("a name of which nobody can say", [UNSAID, 80], ["unknown", "SOCKERR"], {
    pluginSays: [2, UNSENT],
  }),
  tcp("it lets in and says nothing", [late, 9], ["down", "L7TOUT"], { ...BANNER, ...SOON }),
  tcp("its banner is late", [late, 21], ["up", "L7OK"], BANNER),
  tcp("its banner is another", [late, 21], ["down", "L7RSP"], {
    ours: WRONG,
    plugin: ["-e", "500", "-M", "crit"],
  }),
  tcp("its banner is another, by default", [late, 21], ["down", "L7RSP"], {
    ours: WRONG,
    plugin: ["-e", "500"],
    pluginSays: [1, "what does not say what it is asked to say is down, with --nagios or without"],
  }),
  tcp("it answers what we send", [web, 80], ["up", "L7OK"], {
    ours: ["--send", "HEAD / HTTP/1.0\\r\\n\\r\\n", "--expect", "HTTP/1.1"],
    plugin: ["-E", "-s", "HEAD / HTTP/1.0\\r\\n\\r\\n", "-e", "HTTP/1.1"],
  }),
  tcp("its certificate is known by nobody", [web, 443], ["down", "L6RSP"], {
    ours: ["--tls"],
    plugin: ["-S"],
    pluginSays: [0, UNVERIFIED],
  }),
  tcp("any certificate", [web, 443], ["up", "L6OK"], { ours: ["--tls", "-k"], plugin: ["-S"] }),
  tcp("its certificate ends soon", [web, 443], ["down", "L6RSP"], {
    ours: ["--tls", "-k", "--cert-days", "60,30"],
    plugin: ["-S", "-D", "60,30"],
  }),
  tcp("there is no TLS", [web, 80], ["down", "L6RSP"], { ours: ["--tls"], plugin: ["-S"] }),
  ...(
    [
      [0, "9"],
      [0, "9", "9.5"],
      [1, "0.05"],
      [1, "0.05", "9"],
      [2, "0.02", "0.05"],
    ] as const
  ).map(([status, ...limits]) =>
    tcp(`its banner is late, with limits ${limits.join(" ")}`, [late, 21], ["up", "L7OK"], {
      ...BANNER,
      status,
      limits,
    }),
  ),
];

const WEB = `http://${web}`;
const LATE = `http://${late}`;
const TLS = "https://www.test/health";
const NO_JUDGE =
  "with -f it fails from 400 on alone; we expect 200-299 unless --status says otherwise";

export const httpRows: readonly Row[] = [
  http("a page", `${WEB}/health`, ["up", "L7OK"]),
  http("it refuses", `${WEB}:99/`, ["down", "L4CON"]),
  http("it is silent", `http://${silent}/`, ["down", "L4TOUT"], SOON),
  http("it prohibits", `http://${prohibited}/`, ["down", "L4CON"]),
  http("a router knows no way", `http://${netUnreachable}/`, ["down", "L4CON"]),
  http("nobody has the address", `http://${nobody}/`, ["down", "L4CON"]),
  http("no route", `http://${noRoute}/`, ["unknown", "SOCKERR"], UNSENT_TOO),
  http("a route of ours forbids it", `http://${badRoute}/`, ["unknown", "SOCKERR"], UNSENT_TOO),
  http("a name that is none", `http://${NAMELESS}/`, ["down", "L4CON"], {
    otherSays: ["unknown", ONE_STATUS],
  }),
  http("a name of which nobody can say", `http://${UNSAID}/`, ["unknown", "SOCKERR"], {
    pluginSays: [2, UNSENT],
  }),
  http("it lets in and says nothing", `${LATE}:9/`, ["down", "L7TOUT"], SOON),
  http("it is late", `${LATE}/`, ["up", "L7OK"]),
  http("an error", `${WEB}/error`, ["down", "L7STS"]),
  http("an error that is expected", `${WEB}/error`, ["up", "L7OK"], {
    ours: ["--status", "503"],
    plugin: ["-e", "503"],
    otherSays: ["down", "it takes no list of statuses"],
  }),
  http("no page", `${WEB}/none`, ["down", "L7STS"], { plugin: ["-e", "HTTP/1.1 2"] }),
  http("no page, by default", `${WEB}/none`, ["down", "L7STS"], {
    pluginSays: [1, "who asks for a page and gets none has his answer: down, as without --nagios"],
  }),
  http("a redirect", `${WEB}/moved`, ["down", "L7STS"], {
    plugin: ["-f", "critical"],
    otherSays: ["up", NO_JUDGE],
  }),
  http("a redirect, by default", `${WEB}/moved`, ["down", "L7STS"], {
    pluginSays: [0, "it takes a redirect for good; where it leads nobody has looked"],
    otherSays: ["up", NO_JUDGE],
  }),
  http("a redirect that is expected", `${WEB}/moved`, ["up", "L7OK"], {
    ours: ["--status", "200-399"],
  }),
  http("a redirect that is followed", `${WEB}/moved`, ["up", "L7OK"], {
    ours: ["--follow", "3"],
    plugin: ["-f", "follow"],
    curl: ["-L"],
  }),
  http("a redirect loop", `${WEB}/loop`, ["down", "L7RSP"], {
    ours: ["--follow", "9"],
    plugin: ["-f", "follow"],
    curl: ["-L", "--max-redirs", "9"],
  }),
  http("a certificate that nobody knows", TLS, ["down", "L6RSP"], { pluginSays: [0, UNVERIFIED] }),
  http("any certificate", TLS, ["up", "L7OK"], { ours: ["-k"], curl: ["-k"] }),
  http("a certificate that ends soon", TLS, ["down", "L6RSP"], {
    ours: ["-k", "--cert-days", "60,30"],
    plugin: ["-C", "60,30"],
    curl: ["-k"],
    otherSays: ["up", "it does not look how long a certificate is good for"],
  }),
  http("TLS where there is none", "https://www.test:80/", ["down", "L6RSP"]),
  ...(
    [
      [0, "9"],
      [0, "9", "9.5"],
      [1, "0.05"],
      [1, "0.05", "9"],
      [2, "0.02", "0.05"],
    ] as const
  ).map(([status, ...limits]) =>
    http(`it is late, with limits ${limits.join(" ")}`, `${LATE}/`, ["up", "L7OK"], {
      status,
      limits,
    }),
  ),
];
