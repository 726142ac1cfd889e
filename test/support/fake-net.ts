/** A network without wires: names, and ports that let in, refuse or stay silent. */
import { formatIp, parseIp } from "../../src/core/addr.ts";
import { SystemError } from "../../src/core/errors.ts";
import type { HttpRequest } from "../../src/core/http.ts";
import { dnsCodec } from "../../src/io/dns-message.ts";
import type { ByteStream, HttpExchange, Ports, TcpOptions } from "../../src/io/ports.ts";
import { FakeUdp } from "./fake-udp.ts";

/** What waits at a port; an errno name refuses, "silent" never answers. */
export type FakePort = ByteStream | string;

/** An answer of HTTP/1.1; 200 OK where nothing is said. */
export interface FakePage {
  readonly status?: number;
  readonly reason?: string;
  readonly location?: string;
  readonly body?: string;
}

export class FakeNet {
  /** By `10.0.0.5:80`; others are refused. */
  readonly ports = new Map<string, FakePort>();
  readonly names = new Map<string, readonly string[]>();
  readonly connected: TcpOptions[] = [];

  readonly connectTcp: Ports["connectTcp"] = async (options, signal) => {
    this.connected.push(options);
    const subject = `${formatIp(options.ip)}:${options.port}`;
    const port = this.ports.get(subject) ?? "ECONNREFUSED";
    if (typeof port !== "string") return port;
    if (port !== "silent") throw new SystemError("connect", subject, port, "the kernel refuses");
    await new Promise<void>((resolve) => signal.addEventListener("abort", resolve));
    throw signal.reason;
  };

  /** What waits behind UDP, by `10.0.0.5:53`; who is asked elsewhere is refused by ICMP. */
  readonly udp = new Map<string, FakeUdp>();

  readonly openUdp: Ports["openUdp"] = (options) => {
    this.connected.push(options);
    const peer = this.udp.get(`${formatIp(options.ip)}:${options.port}`) ?? new FakeUdp();
    return peer.open();
  };

  readonly localEnd: Ports["localEnd"] = () => ({ ip: Uint8Array.of(10, 0, 0, 1), port: 40_000 });
  /** The real one, whose ids are no surprise. */
  readonly loadDns: Ports["loadDns"] = async () => ({ ...dnsCodec, newId: () => 0x1234 });

  readonly startTls: Ports["startTls"] = async () => {
    throw new SystemError("handshake", "fake", "EPROTO", "there is no TLS here");
  };

  readonly tryTlsFiles: Ports["tryTlsFiles"] = async () => {};

  /** What web servers answer, by authority and path; others close. */
  readonly pages = new Map<string, FakePage>();
  readonly requested: HttpRequest[] = [];

  readonly matches: Ports["matches"] = (pattern, text) => pattern.test(text);

  readonly loadHttp: Ports["loadHttp"] = async () => {};

  readonly requestHttp: Ports["requestHttp"] = async (_, request) => {
    this.requested.push(request);
    const page = this.pages.get(`${request.authority}${request.path}`);
    if (page === undefined) throw new SystemError("read", "the answer", "no-answer");
    return fakeExchange(page);
  };

  readonly resolveName: Ports["resolveName"] = async (name) => {
    const found = this.names.get(name);
    if (found === undefined) throw new SystemError("look up", name, "ENOTFOUND", "no such name");
    return found.flatMap((text) => parseIp(text) ?? []);
  };
}

/** One that is let in and hears nothing. */
export const quietStream = (): ByteStream => ({
  read: async () => undefined,
  write: async () => {},
  close: () => {},
});

/** Digests are told as their names. */
const fakeExchange = ({
  status = 200,
  reason = "OK",
  location,
  body = "",
}: FakePage): HttpExchange => ({
  status,
  reason,
  version: "1.1",
  location,
  async readBody({ keepBytes, limitBytes, md5, sha256 }) {
    const bytes = new TextEncoder().encode(body);
    return {
      bytes: bytes.length,
      kept: bytes.slice(0, keepBytes),
      isCut: bytes.length > limitBytes,
      md5: md5 ? "md5" : null,
      sha256: sha256 ? "sha256" : null,
    };
  },
  close: () => {},
});
