/** Virtual servers with their real servers and the checks of these: a part of the plan of `ha up`. */
import type { IpBytes } from "../../../../core/addr.ts";
import type { DnsQuestion } from "../../../../core/dns.ts";
import type { IpvsDaemon, IpvsTimeouts } from "../../../../core/netlink/ipvs-daemon.ts";
import type { IpvsService } from "../../../../core/netlink/ipvs-service.ts";
import type { ProgramUser, TlsFiles } from "../../../../io/ports.ts";
import type { HttpExpectation } from "../../../../proto/check/http-verdict.ts";
import type { UdpWant } from "../../../../proto/check/udp-reply.ts";
import type { RealServer } from "../../../../proto/ipvs/real-server.ts";
import type { PlannedProgram } from "./notify-plan.ts";

export interface LvsPlan {
  readonly services: readonly PlannedService[];
  readonly tellsFirst: boolean; // also of servers that are alive from the start (rs_init_notifies)
  readonly mailsChecks: boolean; // of each check, not of servers alone
  readonly ipvs: IpvsSettings;
}

/** IPVS as a whole. */
export interface IpvsSettings {
  readonly flushesFirst: boolean; // all that is there goes at the start
  readonly flushesLast: boolean; // and at the end, whoever made it
  readonly timeouts: IpvsTimeouts | null; // 0: as it is
  readonly daemon: PlannedDaemon | null;
}

export interface PlannedDaemon {
  readonly settings: Omit<IpvsDaemon, "role">;
  readonly instance: string | null; // whose state is its role; null: one of each role runs
}

export interface PlannedService {
  readonly label: string; // in keepalived's words
  readonly key: string; // by which it is found again; of its plan alone
  readonly quorum: number;
  readonly hysteresis: number;
  readonly isOmega: boolean;
  readonly isMailed: boolean;
  readonly hooks: UpDownHooks; // of its quorum
  /** While the host has none of it nothing is checked; null: it is checked always. */
  readonly suspendedWithout: IpBytes | null;
  readonly sorry: {
    readonly label: string;
    readonly isInhibited: boolean;
    readonly ipvs: RealServer;
  } | null;
  readonly ipvs: readonly IpvsService[]; // all that it is
  readonly servers: readonly PlannedServer[];
}

export interface UpDownHooks {
  readonly up: PlannedProgram | null;
  readonly down: PlannedProgram | null;
}

export interface PlannedServer {
  readonly label: string; // by its address
  readonly fileLabel: string; // by that of the file: another one where it is looked up by a name
  readonly weight: number;
  readonly isInhibited: boolean;
  readonly isMailed: boolean;
  readonly hooks: UpDownHooks;
  readonly checks: readonly PlannedCheck[];
  readonly ipvs: RealServer;
}

export interface PlannedCheck {
  readonly kind: string; // its keyword
  readonly isAlpha: boolean;
  readonly retries: number; // failures that do not count yet
  readonly delayMs: number; // between two checks
  readonly retryDelayMs: number;
  readonly warmupMs: number; // longest time before the first one
  readonly limitMs: number; // of a connection, or of the run of a program
  readonly tellsAll: boolean; // also failures that change nothing
  readonly probe: PlannedProbe;
}

export type PlannedProbe =
  | (PlannedWay & { readonly by: "tcp" })
  | (PlannedWay & {
      readonly by: "http";
      readonly tls: TlsFiles | null; // null: without TLS
      readonly verifies: boolean; // the certificate, for the name of each page
      readonly version: "1.0" | "1.1";
      readonly pages: readonly PlannedPage[]; // all of them
    })
  | (PlannedWay & { readonly by: "smtp"; readonly helo: string })
  | (PlannedWay & { readonly by: "dns"; readonly question: DnsQuestion })
  | (PlannedWay & { readonly by: "udp"; readonly payload: Uint8Array; readonly want: UdpWant })
  | (PlannedWay & { readonly by: "ping" })
  | {
      readonly by: "program";
      readonly argv: readonly string[];
      readonly user: ProgramUser | null; // null: as ourselves
      readonly isWeighted: boolean; // exit statuses above 1 are weights
    }
  /** The number in a track_file, which is tracked in any case. */
  | { readonly by: "file"; readonly file: string; readonly factor: number };

/** Where a check goes, and from where. */
export interface PlannedWay {
  readonly ip: IpBytes;
  readonly port: number; // 0 where it needs none
  readonly source: IpBytes | null;
  readonly ifName: string | null;
  readonly mark: number | null;
}

export interface PlannedPage {
  readonly host: string; // header
  readonly path: string;
  readonly serverName: string | null; // for TLS; null: none is told
  readonly certificateName: string | null; // that a certificate has to be for; null: the address
  readonly expected: HttpExpectation;
}
