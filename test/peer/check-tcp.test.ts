/** `check tcp` and `check udp` beside openssl s_server and HAProxy, and with servers that mean no good. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { printable } from "../../src/core/printable.ts";
import { decodeProxyHeader } from "../../src/core/wire/proxy-protocol.ts";
import { Authority } from "../support/certificates.ts";
import { BIN } from "../support/cli.ts";
import { HOSTILE, serveLoopback } from "../support/hostile-server.ts";

const HAPROXY = "/usr/sbin/haproxy";
const noHaproxy = existsSync(HAPROXY) ? false : "needs haproxy";
const authority = new Authority();
after(() => authority.remove());

interface Told {
  readonly status: number;
  readonly stdout: string;
}

const run = (program: string, ...args: readonly string[]): Promise<Told> =>
  new Promise((resolve) => {
    const child = execFile(program, args, (_, stdout) =>
      resolve({ status: child.exitCode ?? -1, stdout }),
    );
  });
const vipkit = (...args: readonly string[]): Promise<Told> =>
  run(process.execPath, BIN, "check", ...args);

test("a server that means no good is left in time, with a class", async (t) => {
  const classes: Readonly<Record<string, RegExp>> = {
    silent: /L7TOUT .*got nothing/,
    dripping: /L7TOUT .*got "x+"/,
    endless: /L7RSP .*more than 64 KiB/,
    zeros: /L7TOUT/,
    escapes: /L7TOUT .*"\\u001b\]0;owned\\u0007/,
    leaving: /L7RSP .*closed before/,
    cutting: /L7RSP .*cut off|L4CON .*cut off/,
  };
  for (const [name, behave] of Object.entries(HOSTILE)) {
    const { port } = await serveLoopback(t, behave);
    const { status, stdout } = await vipkit(
      "tcp",
      `127.0.0.1:${port}`,
      "--expect",
      "never",
      "-t",
      "1s",
    );
    assert.equal(status, 1, name);
    assert.match(stdout, classes[name] ?? /none/, name);
    assert.equal(printable(stdout.trimEnd()), stdout.trimEnd(), name);
    const secure = await vipkit("tcp", `127.0.0.1:${port}`, "--tls", "-t", "1s");
    assert.equal(secure.status, 1, name);
    assert.match(secure.stdout, /L6(TOUT|RSP)|L4CON .*cut off/, name);
  }
});

test("an ordinary end leaves a server in peace, and a cut is one", async (t) => {
  const server = await serveLoopback(t, (socket) => void socket.write("SSH-2.0-x\r\n"));
  for (const [n, close] of ["fin", "rst"].entries()) {
    await vipkit("tcp", `127.0.0.1:${server.port}`, "--banner", "--close", close);
    await server.whenGone(n + 1);
    assert.equal(server.gone[n]?.how, close);
  }
});

test("openssl s_server is understood: names, versions, client certificates", async (t) => {
  const { cert, key } = authority.sign("a.example", "DNS:a.example");
  const file = (name: string, text: string): string => {
    const path = join(authority.folder, name);
    writeFileSync(path, text);
    return path;
  };
  const own = ["-cert", file("s.pem", cert), "-key", file("s.key", key)];
  const ca = file("authority.pem", authority.cert);
  const [plain, old, picky] = [
    await openssl(t, own),
    await openssl(t, [...own, "-tls1_2"]),
    await openssl(t, [...own, "-Verify", "1", "-verify_return_error", "-CAfile", ca]),
  ];
  const client = authority.sign("client", "DNS:client");
  const mine = ["--cert", file("c.pem", client.cert), "--key", file("c.key", client.key)];
  const trusted = ["--tls", "--sni", "a.example", "--ca", ca];
  const cases: [number, string[], number, RegExp][] = [
    [plain, trusted, 0, /L6OK .*TLSv1\.3/],
    [plain, ["--tls", "--sni", "a.example"], 1, /L6RSP .*not known here: CN=Test Authority/],
    [
      plain,
      ["--tls", "--sni", "b.example", "--ca", ca],
      1,
      /is for a\.example and not for b\.example/,
    ],
    [old, [...trusted, "--tls-min", "1.3"], 1, /no common TLS version/],
    [picky, [...trusted, "--expect", "x", "-t", "2s"], 1, /L6RSP .*client certificate is wanted/],
    [picky, [...trusted, ...mine], 0, /L6OK/],
  ];
  for (const [port, words, status, line] of cases) {
    const told = await vipkit("tcp", `127.0.0.1:${port}`, ...words);
    assert.match(told.stdout, line, words.join(" "));
    assert.equal(told.status, status, words.join(" "));
  }
});

test("HAProxy takes our PROXY headers, and refuses who sends none", {
  skip: noHaproxy,
}, async (t) => {
  const back = await serveLoopback(t, (socket) => void socket.write("hello\r\n"));
  const front = await closedPort();
  const config = join(authority.folder, "haproxy.cfg");
  const text = `defaults
 mode tcp
 timeout client 5s
 timeout connect 5s
 timeout server 5s
listen x
 bind 127.0.0.1:${front} accept-proxy
 server s 127.0.0.1:${back.port} send-proxy
`;
  writeFileSync(config, text);
  const child = spawn(HAPROXY, ["-f", config, "-db"], { stdio: "ignore" });
  t.after(() => child.kill("SIGKILL"));
  const ask = (...words: readonly string[]): Promise<Told> =>
    vipkit("tcp", `127.0.0.1:${front}`, "--expect", "hello", "-t", "2s", ...words);
  for (const version of ["v1", "v2"]) {
    const { status, stdout } = await ask("--proxy-protocol", version, "--retry", "50");
    assert.equal(status, 0, stdout);
  }
  assert.equal((await ask("--send", "GET\\r\\n")).status, 1);
  await back.whenGone(2);
  for (const { sent } of back.gone) {
    const header = decodeProxyHeader(Buffer.from(sent, "latin1"));
    assert.ok(header.ok);
    assert.equal(header.value.destination.port, front); // what we said, said on
  }
});

test("a UDP port answers, is silent, or has nobody", async (t) => {
  const server = createSocket("udp4", (bytes, from) => {
    if (bytes.length > 0) server.send(`re: ${bytes}`, from.port, from.address);
  });
  t.after(() => server.close());
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  const target = `127.0.0.1:${server.address().port}`;
  const cases: [string[], number, RegExp][] = [
    [[target, "--send", "hi", "--expect-hex", "72 65 xx"], 0, /L7OK .*"re: hi"/],
    [[target, "-t", "300ms"], 0, /L4OK .*no answer, none was required/],
    [[target, "-t", "300ms", "--reply"], 1, /L7TOUT/],
    [[`127.0.0.1:${await closedPort()}`], 1, /L4CON .*ICMP port unreachable/],
  ];
  for (const [words, status, line] of cases) {
    const told = await vipkit("udp", ...words);
    assert.match(told.stdout, line);
    assert.equal(told.status, status);
  }
});

/** s_server on a port that it chooses itself. */
async function openssl(t: TestContext, words: readonly string[]): Promise<number> {
  const accept = ["-accept", "127.0.0.1:0", "-quiet", "-naccept", "10"];
  const child = spawn("openssl", ["s_server", ...accept.filter((it) => it !== "-quiet"), ...words]);
  t.after(() => child.kill("SIGKILL"));
  let text = "";
  for await (const chunk of child.stdout) {
    text += chunk;
    const [, port] = /ACCEPT \S*:(\d+)/.exec(text) ?? [];
    if (port === undefined) continue;
    return Number(port);
  }
  throw new Error(`openssl s_server: ${text}`);
}

/** One that nobody has, as far as one can know. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
