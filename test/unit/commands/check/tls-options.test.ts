/** Options of TLS as they become a plan. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  startTlsOptions,
  tlsOptions,
  tlsPlanOf,
} from "../../../../src/commands/check/tls-options.ts";
import type { Context } from "../../../../src/commands/define.ts";
import { parseArgs } from "../../../../src/commands/parse.ts";
import type { Ports } from "../../../../src/io/ports.ts";

const PEM = "-----BEGIN CERTIFICATE-----\n";
const files: Pick<Ports["files"], "read"> = {
  read: async (path, onChunk) => void (await onChunk(new TextEncoder().encode(PEM + path))),
};
const ctx = { ports: { files }, signal: new AbortController().signal } as unknown as Context;
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
