import assert from "node:assert/strict";
import { test } from "node:test";
import { type DialoguePlan, dialogueProber } from "../../../../src/app/check/dialogue.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import type { ByteStream, Ports, TlsOptions } from "../../../../src/io/ports.ts";
import { ReplyDialogue } from "../../../../src/proto/check/reply-dialogue.ts";
import { smtpScript } from "../../../../src/proto/check/smtp-script.ts";
import { checkOnce, PLAINLY, target } from "../../../support/check-once.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { type Scripted, scriptedStream } from "../../../support/scripted-stream.ts";
import { shaking, TLS_PLAN, tlsPeer } from "../../../support/tls-peer.ts";

const DAY_MS = 86_400_000;
const UNVERIFIED = { ...TLS_PLAN, verify: false };
const [GREETING, HELLO, GO] = ["220 mx\r\n", "250-mx\r\n250 STARTTLS\r\n", "220 go\r\n"];
const smtp = (startTls: boolean) => () =>
  new ReplyDialogue(smtpScript({ helo: "me", startTls, expect: null }), "every-line");

const textOf = ({ written }: Scripted): string => new TextDecoder().decode(written());

interface Setting {
  readonly plan?: Partial<DialoguePlan>;
  readonly startTls?: boolean;
  readonly secure?: ByteStream; // what is heard behind TLS
  readonly days?: number; // that the certificate lasts
  readonly host?: string;
}

async function check(plain: Scripted, setting: Setting = {}) {
  const ports = new FakePorts();
  ports.net.ports.set("10.0.0.5:25", plain.stream);
  ports.net.names.set("mx.example", ["10.0.0.5"]);
  const asked: TlsOptions[] = [];
  const { secure, days = 30 } = setting;
  const startTls: Ports["startTls"] =
    secure === undefined
      ? async () => {
          throw new SystemError("handshake with", "mx", "EPROTO", "no");
        }
      : shaking(tlsPeer(ports.clock.wallMs() + days * DAY_MS), asked, secure);
  const { clock, connectTcp, resolveName } = ports;
  const plan = { ...PLAINLY, tls: UNVERIFIED, tlsFirst: false, ...setting.plan };
  const outside = { clock, connectTcp, resolveName, startTls };
  const prober = dialogueProber(smtp(setting.startTls ?? false), plan, outside);
  const whom = setting.host === undefined ? target(25) : { host: setting.host, ip: null, port: 25 };
  return { found: await checkOnce(prober, whom, ports), asked };
}

test("what is said and heard, and goodbye", async () => {
  const plain = scriptedStream([GREETING, HELLO]);
  const { found } = await check(plain);
  assert.equal(found.class, "L7OK");
  assert.equal(textOf(plain), "EHLO me\r\nQUIT\r\n");
  assert.equal(plain.closed(), "fin");
});

test("goodbye also where time is up, or nothing makes sense", async () => {
  const silent = scriptedStream(["220-mx\r\n"], "silent");
  const { found } = await check(silent);
  assert.equal(found.class, "L7TOUT");
  assert.match(found.detail, /^no answer within 3s: waiting for the greeting$/);
  assert.equal(textOf(silent), "QUIT\r\n");
  assert.equal(silent.closed(), "fin");
  const odd = scriptedStream(["hello\r\n"]);
  assert.equal((await check(odd)).found.class, "L7RSP");
  assert.equal(textOf(odd), "QUIT\r\n");
  const gone = scriptedStream([]);
  assert.equal((await check(gone)).found.class, "L7RSP");
});

test("by STARTTLS the rest goes over TLS, which is told", async () => {
  const [plain, secure] = [scriptedStream([GREETING, HELLO, GO]), scriptedStream([HELLO])];
  const { found, asked } = await check(plain, { startTls: true, secure: secure.stream });
  assert.equal(found.class, "L7OK");
  assert.equal(found.facts.tls_version, "TLSv1.3");
  assert.equal(found.facts.cert_days, 30);
  assert.equal(typeof found.facts.cert_expires_ms, "number");
  assert.equal(textOf(plain), "EHLO me\r\nSTARTTLS\r\n");
  assert.equal(textOf(secure), "EHLO me\r\nQUIT\r\n");
  assert.deepEqual(Object.keys(found.phasesMs), ["connect", "answer", "tls"]);
  assert.equal(asked[0]?.verifyName, null);
});

test("TLS from the start; its failure is told, and nothing is said in the clear", async () => {
  const [plain, secure] = [scriptedStream([]), scriptedStream([GREETING, HELLO])];
  const plan = { tlsFirst: true };
  assert.equal((await check(plain, { plan, secure: secure.stream })).found.class, "L7OK");
  const failed = scriptedStream([]);
  const { found } = await check(failed, { plan });
  assert.equal(found.class, "L6RSP");
  assert.equal(found.phase, "tls");
  assert.equal(textOf(failed), "");
  assert.equal(failed.closed(), "rst");
});

test("a certificate is to be for the target's name, and to last", async () => {
  const tls = { ...TLS_PLAN, certDays: 14 };
  const plan = { tls, tlsFirst: true };
  const secure = () => scriptedStream([GREETING, HELLO]).stream;
  const named = await check(scriptedStream([]), { plan, secure: secure(), host: "mx.example" });
  assert.equal(named.found.class, "L7OK");
  assert.deepEqual(
    [named.asked[0]?.serverName, named.asked[0]?.verifyName],
    ["mx.example", "mx.example"],
  );
  const bare = await check(scriptedStream([]), { plan, secure: secure(), days: 13 });
  assert.deepEqual([bare.asked[0]?.serverName, bare.asked[0]?.verifyName], [null, "10.0.0.5"]);
  assert.equal(bare.found.class, "L6RSP");
  assert.match(bare.found.detail, /expires in 13 days/);
  assert.equal(bare.found.facts.cert_days, 13);
  const alpn = { ...plan, tls: { ...tls, alpn: ["smtp"] } };
  const { asked, found } = await check(scriptedStream([]), { plan: alpn, secure: secure() });
  assert.deepEqual([asked[0]?.alpn, found.class], [["smtp"], "L6RSP"]);
});
