/**
 * Every port without an outside: virtual time, a kernel of our own, sockets that keep what was sent.
 * They carry bytes, so that what is tested is what the wire and the kernel would see.
 */
import { formatIp, type IpBytes } from "../../src/core/addr.ts";
import { SystemError } from "../../src/core/errors.ts";
import { NETLINK_GENERIC } from "../../src/core/netlink/genl.ts";
import { NETLINK_NETFILTER } from "../../src/core/netlink/nftables.ts";
import { hmacSha256 } from "../../src/io/hmac.ts";
import type {
  CapturedFrame,
  CaptureOptions,
  IpSocketOptions,
  NetlinkSocket,
  PacketSocketOptions,
  Ports,
  ProgramOptions,
  ProgramResult,
  RunningProcess,
  SecretFile,
} from "../../src/io/ports.ts";
import { runFilter } from "./bpf.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeConfigurationFiles } from "./fake-configuration-files.ts";
import { FakeControl } from "./fake-control.ts";
import { FakeDaemon } from "./fake-daemon.ts";
import { FakeFiles } from "./fake-files.ts";
import { FakeIpvs } from "./fake-ipvs.ts";
import { FakeNet } from "./fake-net.ts";
import { FakeNftables } from "./fake-nftables.ts";
import { FakeNotices } from "./fake-notices.ts";
import { FakePing } from "./fake-ping.ts";
import { FakeProcesses } from "./fake-processes.ts";
import { RAN_WELL } from "./fake-programs.ts";
import { FakeRtnl } from "./fake-rtnl.ts";
import { FakeWeb } from "./fake-web.ts";
import { ip } from "./packets.ts";

/** What left this host, in order. */
export interface Sent {
  readonly kind: "datagram" | "frame";
  readonly atMs: number;
  readonly ifIndex: number;
  readonly source: string | null; // of a datagram: where its socket sends from
  readonly destination: string | null; // of a datagram
  readonly bytes: Uint8Array;
}

/** Ports of one host with `eth0`, up, which has 10.0.0.1/24 and fe80::1/64. */
export class FakePorts implements Ports {
  readonly clock = new FakeClock();
  readonly pid = 4711;
  readonly account = { uid: 0, gid: 0 };
  readonly parent = undefined;
  readonly notices = new FakeNotices();
  readonly openFifo = this.notices.openFifo;
  readonly sendMail = this.notices.sendMail;
  readonly web = new FakeWeb();
  readonly tryPort = this.web.tryPort;
  readonly serveWeb = this.web.serveWeb;
  readonly exposeMetrics = this.web.exposeMetrics;
  readonly contentHash = this.web.contentHash;
  readonly daemon = new FakeDaemon();
  readonly onSignal = this.daemon.onSignal;
  readonly reapOrphans = this.daemon.reapOrphans;
  readonly sendSyslog = this.daemon.sendSyslog;
  readonly stderrIsJournal = false;
  readonly startChild = () => Promise.reject(new Error("no children here"));
  readonly control = new FakeControl();
  readonly kernel = new FakeRtnl();
  /** Base chains of nf_tables, as the kernel tells them; undefined where it may not be asked. */
  filterChains: readonly Uint8Array[] | undefined;
  readonly ipvs = new FakeIpvs();
  readonly openNetlink = (protocol: number): NetlinkSocket => {
    if (protocol === NETLINK_NETFILTER) return this.#filterTold();
    return (protocol === NETLINK_GENERIC ? this.ipvs : this.kernel).openNetlink(protocol);
  };
  readonly watchNetlink = this.kernel.watchNetlink;
  readonly openScreen: Ports["openScreen"] = () => undefined;
  /** What is typed on the terminal; there is none without it. */
  answer: string | undefined;
  readonly readAnswer: Ports["readAnswer"] = () =>
    this.answer === undefined ? undefined : Promise.resolve(this.answer);
  readonly files = new FakeFiles();
  readonly configurationFiles = new FakeConfigurationFiles({});
  readonly lookAt: Ports["lookAt"] = () => undefined;
  readonly table = new FakeProcesses();
  readonly net = new FakeNet();
  readonly ping = new FakePing(this.clock);
  readonly openPing = this.ping.openPing;
  readonly connectTcp = this.net.connectTcp;
  readonly resolveName = this.net.resolveName;
  readonly startTls = this.net.startTls;
  readonly tryTlsFiles = this.net.tryTlsFiles;
  readonly openUdp = this.net.openUdp;
  readonly localEnd = this.net.localEnd;
  readonly loadDns = this.net.loadDns;
  readonly requestHttp = this.net.requestHttp;
  readonly loadHttp = this.net.loadHttp;
  readonly matches = this.net.matches;
  readonly sent: Sent[] = [];
  /** What a capture will be given; at `wallNs` 0 it is seen when it is asked for. */
  readonly captured: CapturedFrame[] = [];
  /** How many frames there was no room for. */
  lostFrames = 0;
  readonly programs: ProgramOptions[] = [];
  readonly processes: RunningProcess[] = [];
  readonly sysctls = new Map<string, string>();
  readonly secretFiles = new Map<string, SecretFile>();
  readonly claims = new Set<string>();
  /** errno names: what opening or sending is refused with from now on. */
  refuseOpen: string | undefined;
  refuseSend: string | undefined;
  refuseCapture: string | undefined;
  refuseCaptured: string | undefined; // reading of a capture that is open
  refuseSysctl: string | undefined;
  readonly #ipSockets = new Set<IpSocketOptions>();
  readonly #packetSockets = new Set<PacketSocketOptions>();
  readonly #captures = new Set<CaptureOptions>();

  /** @param bare without any interface */
  constructor({ bare = false } = {}) {
    if (bare) return;
    this.kernel.setLink();
    this.kernel.addAddress("10.0.0.1/24");
    this.kernel.addAddress("fe80::1/64");
  }

  /** Sockets, watches, claims and timers that are open. */
  get open(): number {
    const sockets =
      this.#ipSockets.size + this.#packetSockets.size + this.#captures.size + this.#filter.open;
    return sockets + this.kernel.open + this.#names + this.clock.pending;
  }

  get #names(): number {
    return this.claims.size + this.control.served.size;
  }

  /** A datagram from the wire, on every socket, to its group or to its own address. */
  receive(source: string, payload: Uint8Array, ttl = 255): void {
    for (const { group, source: local, onDatagram } of [...this.#ipSockets]) {
      const receivedMs = this.clock.nowMs();
      const destination = group ?? local;
      onDatagram({ receivedMs, source: ip(source), destination, ttl, payload });
    }
  }

  /** The packet filter: its tables, and what it refuses. */
  readonly #filter = new FakeNftables();
  readonly tables = this.#filter.tables;
  readonly filterRefusals = this.#filter.refusals;
  readonly openNftables = this.#filter.openNftables;

  /** A frame from the wire, on every socket that is to have it. */
  receiveFrame(frame: Uint8Array): void {
    const type = new DataView(frame.buffer, frame.byteOffset).getUint16(12);
    for (const { etherType, filter, onFrame } of [...this.#packetSockets]) {
      if (etherType !== "any" && etherType !== type) continue;
      if (filter === undefined || runFilter(filter, frame)) onFrame?.(frame);
    }
  }

  /** Frames pass now: whoever captures is told. */
  capture(...frames: readonly CapturedFrame[]): void {
    this.captured.push(...frames);
    for (const { onReadable } of [...this.#captures]) onReadable?.();
  }

  /** What the captures that are open were asked for. */
  get captures(): readonly CaptureOptions[] {
    return [...this.#captures];
  }

  /** The groups that were joined, with their interfaces. */
  get joined(): string[] {
    return [...this.#ipSockets].flatMap(({ ifName, group }) =>
      group === null ? [] : [`${ifName} ${formatIp(group)}`],
    );
  }

  readonly openIpSocket = (options: IpSocketOptions) => {
    this.#permit("socket", options.ifName, this.refuseOpen);
    this.#ipSockets.add(options);
    const { ifName, ifIndex, source } = options;
    return {
      send: (bytes: Uint8Array, to: IpBytes) => {
        this.#permit("sendto", ifName, this.refuseSend);
        const from = formatIp(source);
        this.sent.push({
          kind: "datagram",
          atMs: this.clock.nowMs(),
          ifIndex,
          source: from,
          destination: formatIp(to),
          bytes,
        });
      },
      close: () => void this.#ipSockets.delete(options),
    };
  };

  readonly openPacketSocket = (options: PacketSocketOptions) => {
    this.#permit("socket", options.ifName, this.refuseOpen);
    this.#packetSockets.add(options);
    const { ifName, ifIndex } = options;
    return {
      send: (bytes: Uint8Array) => {
        this.#permit("sendmmsg", ifName, this.refuseSend);
        const atMs = this.clock.nowMs();
        this.sent.push({ kind: "frame", atMs, ifIndex, source: null, destination: null, bytes });
      },
      close: () => void this.#packetSockets.delete(options),
    };
  };

  readonly openCapture = (options: CaptureOptions) => {
    this.#permit("socket", options.ifName, this.refuseCapture);
    this.#captures.add(options);
    return {
      read: () => {
        this.#permit("recvmmsg", options.ifName, this.refuseCaptured);
        return this.captured.splice(0, 16).map((frame) => this.#stamped(frame));
      },
      takeLost: () => this.lostFrames,
      close: () => void this.#captures.delete(options),
    };
  };

  #stamped(frame: CapturedFrame): CapturedFrame {
    const nowNs = BigInt(Math.round(this.clock.wallMs() * 1e6));
    return frame.wallNs === 0n ? { ...frame, wallNs: nowNs } : frame;
  }

  readonly claimName = (name: string) => {
    if (this.claims.has(name)) return undefined;
    this.claims.add(name);
    return { close: () => void this.claims.delete(name) };
  };

  /** Names of programs that are not there. */
  readonly missingPrograms = new Set<string>();

  readonly hasProgram = (name: string): boolean => !this.missingPrograms.has(name);

  /** How each program goes. */
  onProgram = async (_options: ProgramOptions): Promise<ProgramResult> => RAN_WELL;

  readonly runProgram = async (options: ProgramOptions) => {
    this.programs.push(options);
    return await this.onProgram(options);
  };

  readonly findProcesses = async (names: readonly string[]) =>
    this.processes.filter(({ name }) => names.includes(name));

  readonly listProcesses = this.table.listProcesses;
  readonly watchProcesses = this.table.watchProcesses;

  readonly hmacSha256 = hmacSha256;

  readonly watchFile = this.files.watchFile;
  readonly readSecretFile = (path: string): SecretFile => {
    const file = this.secretFiles.get(path);
    if (file === undefined) throw new SystemError("read", path, "ENOENT");
    return file;
  };

  readonly scheduleRealtime = this.daemon.scheduleRealtime;
  readonly scheduleNice = this.daemon.scheduleNice;
  readonly nameProcess = this.daemon.nameProcess;
  readonly serviceManager = undefined;
  readonly environment = (): undefined => undefined;

  readonly readSysctl = (path: string): string | undefined => this.sysctls.get(path);

  readonly netTables = new Map<string, string>();
  readonly readNetTable = (name: string): string | undefined => this.netTables.get(name);

  readonly writeSysctl = (path: string, value: string): void => {
    if (this.refuseSysctl !== undefined) {
      throw new SystemError("sysctl write", `${path}=${value}`, this.refuseSysctl);
    }
    this.sysctls.set(path, value);
  };

  #filterTold(): NetlinkSocket {
    const messages = this.filterChains?.map((body) => ({ type: 0, body }));
    const refusal = { code: "EPERM", detail: "the kernel refuses" };
    const answer = messages === undefined ? { messages: [], refusal } : { messages };
    return { transact: () => [answer], close: () => {} };
  }

  #permit(op: string, ifName: string, code: string | undefined): void {
    if (code !== undefined) throw new SystemError(op, ifName, code, "the kernel refuses");
  }
}
