/** Options of TLS as they become a plan. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  certDaysOption,
  certLimitsOf,
  startTlsOptions,
  tlsOptions,
  tlsPlanOf,
} from "../../../../src/commands/check/tls-options.ts";
import type { Context } from "../../../../src/commands/define.ts";
import { parseArgs } from "../../../../src/commands/parse.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import type { Ports } from "../../../../src/io/ports.ts";

const PEM = "-----BEGIN CERTIFICATE-----\n";
const files: Pick<Ports["files"], "read"> = {
  read: async (path, onChunk) => void (await onChunk(new TextEncoder().encode(PEM + path))),
};
const tryTlsFiles = async (): Promise<void> => {};
const ctx = {
  ports: { files, tryTlsFiles },
  signal: new AbortController().signal,
} as unknown as Context;
const planOf = (...words: readonly string[]) => tlsPlanOf(parseArgs(words, {}, tlsOptions), ctx);

test("certificates are verified unless -k says otherwise; files are read", async () => {
  assert.equal(await planOf(), null);
  assert.deepEqual(await planOf("--tls", "--ca", "ca", "--cert", "c", "--key", "k"), {
    serverName: null,
    verify: true,
    certDays: null,
    files: { ca: `${PEM}ca`, certificate: `${PEM}c`, key: `${PEM}k` },
    minVersion: "TLSv1.2",
    alpn: [],
  });
  const other = await planOf("--tls", "-k", "--tls-min", "1.3", "--alpn", "h2", "--cert-days=7");
  assert.deepEqual(
    [other?.verify, other?.minVersion, other?.alpn, other?.certDays],
    [false, "TLSv1.3", ["h2"], 7],
  );
});

test("a file of ours that is of no use is a mistake of ours, and named", async () => {
  const said = async (part: string, code: string, key = "k"): Promise<string> => {
    const failing = async (): Promise<void> => {
      throw new SystemError("use", part, code, "in its words");
    };
    const outside = { ...ctx, ports: { files, tryTlsFiles: failing } } as unknown as Context;
    const words = ["--tls", "--ca", "a", "--cert", "c", "--key", key];
    const error = await tlsPlanOf(parseArgs(words, {}, tlsOptions), outside).catch((it) => it);
    assert.equal(error.name, "UsageError");
    return error.message;
  };
  assert.match(await said("ca", "X"), /^--ca a: has no certificate/);
  assert.match(await said("certificate", "X"), /^--cert c: has no certificate/);
  assert.match(await said("key", "X"), /^--key k: has no key that could be read \(in its words\)/);
  assert.match(await said("key", "X", "ENCRYPTED"), /^--key ENCRYPTED: is encrypted/);
  assert.match(
    await said("key", "ERR_OSSL_X509_KEY_VALUES_MISMATCH"),
    /^--key k: is not that of c \(in its words\)/,
  );
});

test("of a certificate one number is down, but a warning of a plugin; two are both", () => {
  const of = (days: string, nagios = false) => {
    const { "cert-days": read } = parseArgs([`--cert-days=${days}`], {}, certDaysOption);
    const { warnDays, critDays } = certLimitsOf({ "cert-days": read, nagios });
    return [warnDays, critDays];
  };
  assert.deepEqual(of("14"), [null, 14]);
  assert.deepEqual(of("14", true), [14, 0], "as check_http -C 14");
  assert.deepEqual(of("30,14"), [30, 14]);
  assert.deepEqual(of("30,14", true), [30, 14]);
  assert.deepEqual(certLimitsOf({ nagios: true }), { warnDays: null, critDays: null });
  for (const wrong of ["x", "-1", "14,30", "1,2,3", "1.5", ""])
    assert.throws(() => of(wrong), { name: "UsageError" }, wrong);
});

test("what says nothing without --tls is refused", async () => {
  for (const words of [
    ["--sni", "a"],
    ["--ca", "x"],
    ["--cert-days", "3"],
    ["--alpn", "h2"],
    ["-k"],
  ])
    await assert.rejects(planOf(...words), /says nothing without --tls/);
});

test("in the middle of a conversation there are two ways to TLS, of which one is enough", async () => {
  const planned = (...words: readonly string[]) =>
    tlsPlanOf(parseArgs(words, {}, startTlsOptions), ctx);
  assert.equal(await planned(), null);
  const of = { "--cert": "c", "--key": "k", "--alpn": "ftp", "--sni": "a", "--cert-days": "3" };
  const words = Object.entries(of).flat();
  const plan = await planned("--starttls", ...words, "--tls-min=1.3");
  assert.deepEqual(plan, await planned("--tls", ...words, "--tls-min=1.3"));
  assert.deepEqual(
    [plan?.files.certificate, plan?.alpn, plan?.serverName, plan?.certDays, plan?.minVersion],
    [`${PEM}c`, ["ftp"], "a", 3, "TLSv1.3"],
  );
  await assert.rejects(planned("--tls", "--starttls"), /one way to TLS is enough/);
  await assert.rejects(planned("-k"), /--no-verify says nothing without --starttls or --tls/);
  await assert.rejects(planned("--tls", "--cert", "c"), /--cert and --key belong together/);
});
