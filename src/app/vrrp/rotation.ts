/** New keys or a new password for a virtual router that runs: all that a file says, or nothing of it. */
import { SystemError, UsageError } from "../../core/errors.ts";
import type { VrrpEvent } from "./events.ts";
import { instanceProblems, type VrrpInstance, type VrrpSecrets } from "./instance.ts";
import type { VrrpRouter } from "./router.ts";

/** Where the secrets of a run can be read again, and when. */
export interface SecretReload {
  /** Has `reload` called each time that the user asks for it. */
  subscribe(reload: () => void): void;
  /** @throws UsageError, SystemError */
  read(): VrrpSecrets;
}

/** What cannot be read or meant is told, and the router goes on with what it has. */
export function renewSecrets(
  router: VrrpRouter,
  instance: VrrpInstance,
  { read }: SecretReload,
  emit: (event: VrrpEvent) => void,
): void {
  try {
    const secrets = read();
    const problems = instanceProblems({ ...instance, ...secrets }, null);
    if (problems.length > 0) throw new UsageError(problems.join("; "));
    router.renew(secrets);
    emit({ type: "notice", text: renewal(secrets) });
  } catch (error) {
    if (!(error instanceof SystemError || error instanceof UsageError)) throw error;
    emit({ type: "trouble", text: `goes on with its old keys: ${error.message}` });
  }
}

function renewal({ hmac }: VrrpSecrets): string {
  if (hmac === null) return "has read its password anew";
  const ids = hmac.keys.map(({ id }) => id).join(", ");
  const signing = hmac.mode === "receive-only" ? "none" : `key ${hmac.active.id}`;
  return `has read its keys anew: ${signing} signs, believed are ${ids}`;
}
