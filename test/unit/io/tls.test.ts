/** TLS with servers of Node, and with such that do not speak it, on loopback. */
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { after, type TestContext, test } from "node:test";
import { createServer as createTlsServer, type TlsOptions as ServerOptions } from "node:tls";
import type { SystemError } from "../../../src/core/errors.ts";
import type { TlsOptions, TlsStream } from "../../../src/io/ports.ts";
import { connectTcp } from "../../../src/io/tcp-stream.ts";
import { startTls } from "../../../src/io/tls.ts";
import { Authority } from "../../support/certificates.ts";

const authority = new Authority();
after(() => authority.remove());
const good = authority.sign("a.example", "DNS:a.example,DNS:*.b.example,IP:127.0.0.1");
const FOREVER = new AbortController().signal;
const OPTIONS: TlsOptions = {
  serverName: "a.example",
  verifyName: "a.example",
  ca: authority.cert,
  certificate: null,
  key: null,
  minVersion: "TLSv1.2",
  alpn: [],
};

test("a good certificate lets bytes pass both ways, and is told of", async (t) => {
  const port = await serve(t, { ...good, ALPNProtocols: ["h2"] });
  const stream = await shake(port, { ...OPTIONS, alpn: ["http/1.1", "h2"] });
  await stream.write(new TextEncoder().encode("ping"), FOREVER);
  assert.equal(new TextDecoder().decode(await stream.read(FOREVER)), "a.example: ping");
  assert.deepEqual(stream.peer, {
    protocol: "TLSv1.3",
    cipher: "TLS_AES_256_GCM_SHA384",
    alpn: "h2",
    subject: "CN=a.example",
    issuer: "CN=Test Authority",
    names: ["a.example", "*.b.example", "127.0.0.1"],
    validUntilMs: Date.UTC(2099, 11, 31),
    chainUntilMs: Date.UTC(2099, 11, 31),
  });
  stream.close("fin");
  assert.equal(await stream.read(FOREVER), undefined);
});

test("of certificates that are shown together the first end is told too", async (t) => {
  const port = await serve(t, { ...good, cert: `${good.cert}${authority.cert}` });
  const stream = await shake(port, OPTIONS);
  stream.close("fin");
  const { peer } = stream;
  const { validTo } = new X509Certificate(authority.cert);
  assert.deepEqual(
    [peer.validUntilMs, peer.chainUntilMs],
    [Date.UTC(2099, 11, 31), Date.parse(validTo)],
  );
});

test("each fault of a certificate has its code and its words", async (t) => {
  const past = authority.sign("past", "DNS:a.example", { until: "20210101" });
  const future = authority.sign("future", "DNS:a.example", { from: "20980101" });
  const faults: [ServerOptions, Partial<TlsOptions>, string, RegExp][] = [
    [past, {}, "CERT_HAS_EXPIRED", /certificate expired \d+ days ago/],
    [future, {}, "CERT_NOT_YET_VALID", /not valid before \d+ days from now/],
    [
      good,
      { verifyName: "c.example" },
      "ERR_TLS_CERT_ALTNAME_INVALID",
      /is for a\.example, \*\.b\.example, 127\.0\.0\.1 and not for c\.example/,
    ],
    [
      authority.selfSigned("a.example"),
      {},
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      /CN=a\.example is self-signed/,
    ],
    [good, { ca: null }, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", /not known here: CN=Test Authority/],
  ];
  for (const [server, client, code, words] of faults) {
    const port = await serve(t, server);
    const error = await refusal(shake(port, { ...OPTIONS, ...client }));
    assert.deepEqual([error.code, error.op], [code, "verify the certificate of"]);
    assert.match(error.detail, words);
    const stream = await shake(port, { ...OPTIONS, verifyName: null });
    stream.close("fin"); // nothing is verified
  }
});

test("a host that is an address, or below a wildcard, has its certificate", async (t) => {
  const port = await serve(t, good);
  for (const verifyName of ["127.0.0.1", "x.b.example"])
    (await shake(port, { ...OPTIONS, serverName: null, verifyName })).close("fin");
});

test("a connection is cut off, or ended with a goodbye, as it is closed", async (t) => {
  const server = createTlsServer(good);
  const port = await listen(t, server);
  for (const how of ["rst", "fin"] as const) {
    const accepted = once(server, "secureConnection");
    const stream = await shake(port, OPTIONS);
    const [socket] = (await accepted) as [Socket];
    socket.write("all of the handshake is over");
    await stream.read(FOREVER);
    const ended = once(socket.resume(), "end").then(
      () => "fin",
      ({ code }) => (code === "ECONNRESET" ? "rst" : code),
    );
    stream.close(how);
    stream.close(how);
    assert.equal(await ended, how);
  }
});

test("handshakes that fail have the code of OpenSSL or of the kernel", async (t) => {
  const old = await serve(t, { ...good, maxVersion: "TLSv1.2" });
  const picky = await serve(t, { ...good, ALPNProtocols: ["h2"] });
  const clients = await serve(t, { ...good, requestCert: true, maxVersion: "TLSv1.2" });
  const cases: [number, Partial<TlsOptions>, RegExp][] = [
    [old, { minVersion: "TLSv1.3" }, /^ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION$/],
    [picky, { alpn: ["smtp"] }, /^ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL$/],
    [clients, {}, /^E/],
    [
      await speak(t, (it) => it.write("220 mail.example\r\n")),
      {},
      /^ERR_SSL_WRONG_VERSION_NUMBER$/,
    ],
    [await speak(t, (it) => it.end()), {}, /^ECONNRESET$/],
    [await speak(t, (it) => it.resetAndDestroy()), {}, /^ECONNRESET$|^EPIPE$/],
  ];
  for (const [port, options, code] of cases)
    assert.match((await refusal(shake(port, { ...OPTIONS, ...options }))).code, code);
});

test("our own key of another certificate is refused before anything is sent", async (t) => {
  const other = authority.sign("other", "DNS:other");
  const port = await serve(t, good);
  const wrong = { ...OPTIONS, certificate: good.cert, key: other.key };
  assert.equal((await refusal(shake(port, wrong))).code, "ERR_OSSL_X509_KEY_VALUES_MISMATCH");
  const noPem = { ...OPTIONS, certificate: "no PEM", key: other.key };
  assert.match((await refusal(shake(port, noPem))).code, /^ERR_OSSL_/);
});

test("a server that is silent is left when the signal says so", async (t) => {
  const heard = new EventEmitter();
  const port = await speak(t, (socket) => heard.emit("socket", socket));
  const stop = new AbortController();
  const shaken = shake(port, OPTIONS, stop.signal);
  const [server] = (await once(heard, "socket")) as [Socket];
  await once(server, "data"); // the client's hello
  const gone = once(server, "close");
  stop.abort(new Error("enough"));
  await assert.rejects(shaken, { message: "enough" });
  await gone;
});

async function shake(port: number, options: TlsOptions, signal = FOREVER): Promise<TlsStream> {
  const ip = Uint8Array.of(127, 0, 0, 1);
  const leave = { source: null, ifName: null, mark: null };
  return await startTls(await connectTcp({ ip, port, ...leave }, signal), options, signal);
}

const refusal = async (shaken: Promise<TlsStream>): Promise<SystemError> =>
  await shaken.then(
    () => assert.fail("was let in"),
    (error) => error,
  );

/** Says back what it hears, with the name that it was called by. */
async function serve(t: TestContext, options: ServerOptions): Promise<number> {
  const server = createTlsServer(options, (socket) => {
    const { servername = "" } = socket as { servername?: string };
    socket.on("data", (heard) => socket.write(`${servername}: ${heard}`));
    socket.on("error", () => {});
  });
  server.on("tlsClientError", () => {});
  return await listen(t, server);
}

async function speak(t: TestContext, run: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    run(socket);
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  return await listen(t, server);
}

async function listen(t: TestContext, server: Server): Promise<number> {
  t.after(() => server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
