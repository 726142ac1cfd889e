/** The keys of an auth_hmac, from the file itself or from those that it names. */

import type { EffectiveInstance } from "../../../../config/effective/instance.ts";
import type { HmacKey } from "../../../../config/tables/authentication.ts";
import { UsageError } from "../../../../core/errors.ts";
import { parseSecret } from "../../../../core/key-file.ts";
import type { Ports } from "../../../../io/ports.ts";
import type { PlannedKey, PlannedKeys } from "./plan.ts";
import type { Note } from "./routing-of.ts";

/** @throws SystemError, UsageError where a key file cannot be read; neither quotes a secret */
export function keysOf(
  said: NonNullable<EffectiveInstance["auth_hmac"]["value"]>,
  ports: Pick<Ports, "readSecretFile">,
  note: Note,
): PlannedKeys {
  if (said.anti_replay.value === "monotonic") {
    note("anti_replay monotonic is not supported: time is taken, by which clocks have to agree");
  }
  return {
    mode: said.mode.value ?? "enforce",
    keys: said.key.map(({ value }) => keyOf(value, ports, note)),
    activeId: said.active_key.value,
    windowMs: (said.time_window.value ?? 0) * 1000,
  };
}

function keyOf(
  { id, secret }: HmacKey,
  ports: Pick<Ports, "readSecretFile">,
  note: Note,
): PlannedKey {
  if ("bytes" in secret) return { id, secret: secret.bytes };
  const { text, mode } = ports.readSecretFile(secret.path);
  if ((mode & OTHERS) !== 0) note(`others than its owner can read ${secret.path}: chmod 600`);
  const [line = ""] = text.split(/\r?\n/);
  const bytes = parseSecret(line.trim());
  if (typeof bytes === "string") throw new UsageError(`key ${id} of ${secret.path}: ${bytes}`);
  return { id, secret: bytes };
}

const OTHERS = 0o077;
