/** Asks a real server once as its check says, by the probes of `vipkit check`. */
import { formatIp } from "../../../../core/addr.ts";
import type { Ports } from "../../../../io/ports.ts";
import type { CheckResult } from "../../../../proto/check/result.ts";
import type { PortTarget } from "../../../../proto/check/targets.ts";
import { attempt, type Prober } from "../../../check/attempt.ts";
import { dnsProber } from "../../../check/dns.ts";
import { execProber } from "../../../check/exec.ts";
import { httpProber } from "../../../check/http.ts";
import { icmpProber } from "../../../check/icmp.ts";
import { smtpProber } from "../../../check/smtp.ts";
import { tcpProber } from "../../../check/tcp.ts";
import { udpProber } from "../../../check/udp.ts";
import type { PlannedCheck, PlannedPage, PlannedProbe, PlannedWay } from "../plan/lvs-plan.ts";

export interface ServerProbe {
  /** @throws the reason of `signal` */
  ask(signal: AbortSignal): Promise<CheckResult>;
  close(): void;
}

type Asking = Exclude<PlannedProbe, { readonly by: "file" }>;

/** @param check of any kind but that of a file, which is told of without being asked */
export function serverProbe(
  { limitMs }: Pick<PlannedCheck, "limitMs">,
  probe: Asking,
  ports: Ports,
): ServerProbe {
  if (probe.by === "http") return pagesProbe(probe, limitMs, ports);
  if (probe.by === "program") {
    const { argv, user, isWeighted } = probe;
    return one(execProber({ user: user ?? undefined, isWeighted }, ports), argv, limitMs, ports);
  }
  const target: PortTarget = { host: formatIp(probe.ip), ip: probe.ip, port: probe.port };
  if (probe.by === "ping")
    return one(icmpProber([], pingPlan(probe), ports), target, limitMs, ports);
  return one(portProber(probe, ports), target, limitMs, ports);
}

const one = <Target>(
  prober: Prober<Target>,
  target: Target,
  limitMs: number,
  { clock }: Pick<Ports, "clock">,
): ServerProbe => ({
  ask: (signal) => attempt(prober, target, limitMs, clock, signal),
  close: () => prober.close(),
});

function portProber(
  probe: Exclude<Asking, { readonly by: "http" | "program" | "ping" }>,
  ports: Ports,
): Prober<PortTarget> {
  const way = leaveBy(probe);
  switch (probe.by) {
    case "tcp":
      return tcpProber({ ...way, close: "fin", proxyProtocol: null, tls: null, steps: [] }, ports);
    case "smtp": {
      const { helo } = probe;
      const plan = { ...way, tls: null, tlsFirst: false };
      return smtpProber({ helo, startTls: false, expect: null }, plan, ports);
    }
    case "dns": {
      const want = { rcode: "NOERROR", answers: [] };
      const plan = { question: probe.question, recursion: true, edns: null, tcp: false, want };
      return dnsProber({ ...way, ...plan }, ports);
    }
    case "udp":
      return udpProber({ ...way, payload: probe.payload, want: probe.want }, ports);
  }
}

/** All pages one after the other, up to the first that is wrong. */
function pagesProbe(
  probe: Extract<Asking, { readonly by: "http" }>,
  limitMs: number,
  ports: Ports,
): ServerProbe {
  const { clock } = ports;
  const asked = probe.pages.map((page) => ({ page, prober: pageProber(probe, page, ports) }));
  return {
    async ask(signal) {
      let result: CheckResult | undefined;
      for (const { page, prober } of asked) {
        result = await attempt(prober, urlOf(probe, page), limitMs, clock, signal);
        if (result.verdict !== "up") break;
      }
      if (result === undefined) throw new TypeError("there is no page");
      return result;
    },
    close: () => {},
  };
}

const urlOf = (
  { ip, port, tls }: Extract<Asking, { readonly by: "http" }>,
  { host: authority, path }: PlannedPage,
) => {
  const scheme = tls === null ? ("http" as const) : ("https" as const);
  return { scheme, host: formatIp(ip), ip, port, authority, path };
};

const pageProber = (
  probe: Extract<Asking, { readonly by: "http" }>,
  { serverName, certificateName, expected }: PlannedPage,
  ports: Ports,
) =>
  httpProber(
    {
      ...leaveBy(probe),
      version: probe.version,
      method: "GET",
      headers: [],
      authorization: null,
      body: null,
      connectTo: null,
      tls: {
        // Who has several certificates shows the one of the name that is asked for.
        serverName: probe.verifies ? certificateName : serverName,
        verify: probe.verifies,
        files: probe.tls ?? NO_FILES,
        minVersion: "TLSv1",
      },
      follow: 0,
      keepBytes: KEPT_BYTES,
      limitBytes: MOST_BYTES,
      expected,
      digests: { md5: false, sha256: false },
    },
    ports,
  );

const leaveBy = ({ source, ifName, mark }: PlannedWay) => ({
  ...{ source, ifName, mark },
  ...{ family: undefined, firstOnly: false },
});

const pingPlan = (probe: PlannedWay) => ({
  ...leaveBy(probe),
  ...{ sizeBytes: 56, ttl: null, tos: null, dontFragment: false },
});

const NO_FILES = { ca: null, certificate: null, key: null };
const KEPT_BYTES = 65_536; // what a regular expression looks at
const MOST_BYTES = 64 << 20;
