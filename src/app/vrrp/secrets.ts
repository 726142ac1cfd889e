/** The secrets of a virtual router, read from files that nobody else may read. */
import { UsageError } from "../../core/errors.ts";
import { parseKeyFile } from "../../core/key-file.ts";
import type { Ports } from "../../io/ports.ts";
import { defaultWindowMs, type HmacMode, type HmacSettings } from "../../proto/vrrp/hmac.ts";

export interface SecretSource {
  readonly path: string;
  readonly insecure: boolean; // read it even if others can
}

export interface HmacChoice {
  readonly mode: HmacMode;
  readonly activeId: number | undefined; // the key that signs; undefined: the first of the file
  readonly windowMs: number | undefined; // by so much clocks may differ; undefined: by the interval
  readonly adverIntervalMs: number;
}

type Outside = Pick<Ports, "readSecretFile" | "hmacSha256">;

/** @throws UsageError, SystemError, neither of which quotes a secret */
export function readHmacSettings(
  ports: Outside,
  source: SecretSource,
  { mode, activeId, windowMs, adverIntervalMs }: HmacChoice,
): HmacSettings {
  const { path } = source;
  const parsed = parseKeyFile(readSecret(ports, source));
  if (!parsed.ok) throw new UsageError(`${path}:${parsed.line}: ${parsed.reason}`);
  const keys = parsed.keys.map(({ id, secret }) => ({
    id,
    mac: (message: Uint8Array) => ports.hmacSha256(secret, message),
  }));
  const ids = keys.map(({ id }) => id).join(", ");
  const active = keys.find(({ id }) => id === (activeId ?? id));
  if (active === undefined) throw new UsageError(`${path} has no key ${activeId}, but ${ids}`);
  return { mode, keys, active, windowMs: windowMs ?? defaultWindowMs(adverIntervalMs) };
}

/** The first line of the file. @throws UsageError, SystemError */
export function readPassword(ports: Outside, source: SecretSource): string {
  const [password = ""] = readSecret(ports, source).split(/\r?\n/);
  return password;
}

function readSecret(ports: Outside, { path, insecure }: SecretSource): string {
  const { text, mode } = ports.readSecretFile(path);
  if (insecure || (mode & OTHERS) === 0) return text;
  throw new UsageError(
    `${path} is open to its group or to others (mode ${mode.toString(8)}): ` +
      "chmod 600, or --insecure-key",
  );
}

const OTHERS = 0o077;
