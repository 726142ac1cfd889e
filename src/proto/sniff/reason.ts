/** Why an advert is not simply right, and what that means for those who receive it. */

/**
 * `bad`: no receiver believes it. `warn`: some do, and should not have to, or it is in conflict with
 * another router. `note`: as it should be, and worth a word.
 */
export type Level = "bad" | "warn" | "note";

export interface Reason {
  readonly code: ReasonCode;
  readonly level: Level;
  readonly text: string; // for people, with the values: "ttl 64, not 255"
}

export type ReasonCode =
  | "bad-ip-checksum"
  | "bad-ip-length"
  | "ttl-not-255"
  | "bad-checksum"
  | "bad-version"
  | "bad-type"
  | "bad-vrid"
  | "bad-interval"
  | "bad-auth-type"
  | "no-addresses"
  | "short"
  | "unknown-trailer"
  | "cut" // by the capture, so that nothing can be said of it
  | "hmac-missing"
  | "hmac-malformed"
  | "hmac-stale"
  | "hmac-unknown-key"
  | "hmac-mismatch"
  | "hmac-replayed"
  | "looped-back"
  | "mac-changed"
  | "version-differs"
  | "interval-differs"
  | "addresses-differ"
  | "auth-differs"
  | "second-master"
  | "two-groups"
  | "resigning"
  | "address-claimed"; // by a host that is not the master

export const isBad = (reasons: readonly Reason[]): boolean =>
  reasons.some(({ level }) => level === "bad");

/** The level of the worst; undefined where there is none, or none that is more than a note. */
export const worstLevel = (reasons: readonly Reason[]): "bad" | "warn" | undefined => {
  if (isBad(reasons)) return "bad";
  return reasons.some(({ level }) => level === "warn") ? "warn" : undefined;
};
