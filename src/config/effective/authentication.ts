/** By what an instance knows adverts of its own kind: a password of version 2, or signatures. */
import {
  AH_BEGINS_AS_BACKUP,
  AUTHENTICATION_DROPPED,
  HMAC_DROPPED,
  HMAC_NOT_ENFORCED,
} from "../codes/vrrp.ts";
import { isBlamed } from "../keyword.ts";
import { AUTH_HMAC } from "../tables/authentication.ts";
import { corrected } from "./completing.ts";
import type { Completion } from "./completion.ts";
import { effectiveOf } from "./defaults.ts";
import { OWNER } from "./identity.ts";
import { byDefault, type Effective, spanOf } from "./in-force.ts";

export function completeAuthentication(completion: Completion): void {
  const { draft, written } = completion;
  const block = written.authentication;
  draft.authentication = byDefault(null);
  const type = block?.value.auth_type ?? null;
  if (block === null || type === null) return;
  const password = block.value.auth_pass?.value ?? new Uint8Array();
  draft.authentication = {
    value: { type: type.value, password, passwordAt: block.value.auth_pass?.span ?? type.span },
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

function uselessness({ draft, written }: Completion, password: Uint8Array): string | null {
  if (draft.strict_mode.value) return "strict mode has no authentication";
  if (draft.version.value === 3) return "VRRP version 3 has no authentication";
  if (written.auth_hmac !== null) return "auth_hmac takes its place";
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
  const isBroken = isBlamed(block.value, "key") || isBlamed(block.value, "active_key");
  const why = brokenness(said);
  if (why !== null) {
    const message = `auth_hmac of vrrp_instance ${draft.name} is not used: ${why}`;
    const at = spanOf(said.active_key.origin) ?? block.keyword;
    if (!isBroken) completion.tell(HMAC_DROPPED, at, message);
    return;
  }
  let { mode } = said;
  if (draft.strict_mode.value && mode.value !== "enforce") {
    const message = `mode ${mode.value} becomes enforce in strict mode`;
    const found = completion.tell(HMAC_NOT_ENFORCED, mode, message, { help: "write mode enforce" });
    mode = corrected(mode, "enforce", found);
  }
  const windowS = Math.min(Math.max(3 * (draft.advert_int.value / 1000), 5), 300);
  const time_window =
    said.time_window.value === null ? byDefault(Math.ceil(windowS)) : said.time_window;
  draft.auth_hmac = {
    value: { ...said, mode, time_window },
    origin: { kind: "written", span: block.span },
  };
}

/** Why nothing can be signed. Who signs nothing needs no key for it. */
function brokenness({ key, active_key: active, mode }: Effective<typeof AUTH_HMAC>): string | null {
  if (key.length === 0) return "there is no key";
  if (active.value === null) {
    return mode.value === "receive-only" ? null : "there is no active_key";
  }
  const isKnown = key.some(({ value }) => value.id === active.value);
  return isKnown ? null : `there is no key ${active.value}`;
}
