/** By what an instance knows adverts of its own kind: a password of version 2, or signatures. */
import { AH_BEGINS_AS_BACKUP, AUTHENTICATION_DROPPED } from "../codes/vrrp.ts";
import { isBlamed } from "../keyword.ts";
import { AUTH_HMAC } from "../tables/authentication.ts";
import type { Completion } from "./completion.ts";
import { effectiveOf } from "./defaults.ts";
import { OWNER } from "./identity.ts";
import { byDefault } from "./in-force.ts";

export function completeAuthentication(completion: Completion): void {
  const { draft, written } = completion;
  const block = written.authentication;
  draft.authentication = byDefault(null);
  const type = block?.value.auth_type ?? null;
  if (block === null || type === null) return;
  const password = block.value.auth_pass?.value ?? new Uint8Array();
  draft.authentication = {
    value: { type: type.value, password },
    origin: { kind: "written", span: type.span },
  };
  const why = uselessness(completion, password);
  const isTold = why === NO_PASSWORD && isBlamed(block.value, "auth_pass");
  if (isTold) draft.authentication = byDefault(null);
  else if (why !== null) {
    const message = `auth_type ${type.value} is not used: ${why}`;
    completion.correct("authentication", null, AUTHENTICATION_DROPPED, message);
  } else if (
    type.value === "AH" &&
    draft.state.value === "MASTER" &&
    draft.priority.value !== OWNER
  ) {
    const message = "state MASTER becomes BACKUP with auth_type AH";
    completion.correct("state", "BACKUP", AH_BEGINS_AS_BACKUP, message);
  }
}

function uselessness({ draft }: Completion, password: Uint8Array): string | null {
  if (draft.strict_mode.value) return "strict mode has no authentication";
  if (draft.version.value === 3) return "VRRP version 3 has no authentication";
  if (password.length === 0) return NO_PASSWORD;
  const isAhOfIpv6 = draft.family.value === 6 && draft.authentication.value?.type === "AH";
  return isAhOfIpv6 ? "AH is of IPv4" : null;
}

const NO_PASSWORD = "there is no auth_pass";

/** Signatures are dated: how old they may be depends on the interval. */
export function completeHmac(completion: Completion): void {
  const { draft, written } = completion;
  const block = written.auth_hmac;
  draft.auth_hmac = byDefault(null);
  if (block === null) return;
  const said = effectiveOf(AUTH_HMAC, block.value);
  const windowS = Math.min(Math.max(3 * (draft.advert_int.value / 1000), 5), 300);
  const time_window =
    said.time_window.value === null ? byDefault(Math.ceil(windowS)) : said.time_window;
  draft.auth_hmac = {
    value: { ...said, time_window },
    origin: { kind: "written", span: block.span },
  };
}
