/** By what nodes believe each other: passwords of version 2, and keys of signatures. No secret is told. */
import { sameBytes } from "../../core/bytes.ts";
import { AUTHENTICATION_DIFFERS, HMAC_DIFFERS } from "../codes/cluster.ts";
import type { EffectiveInstance } from "../effective/instance.ts";
import { finding, type Report } from "../finding.ts";
import type { Span } from "../place.ts";
import type { HmacKey } from "../tables/authentication.ts";
import { DISCARDED } from "./adverts.ts";
import { clashes, nameOf, type Pair, placeOf, whereIs } from "./differences.ts";
import type { Member, SharedRouter } from "./members.ts";

/** Of different versions it is told already. */
export function comparePasswords(router: SharedRouter, report: Report): void {
  for (const pair of clashes(router, passwordClash)) {
    const { member, other, why } = pair;
    const message = `${nameOf(member)} has ${why.text} in ${whereIs(pair)}: ${DISCARDED}`;
    const placeIn = (one: Member): Span => {
      const { authentication } = one.instance;
      const ofPassword = why.isPassword ? authentication.value?.passwordAt : null;
      return ofPassword ?? placeOf(one, authentication);
    };
    const related = [{ span: placeIn(other), message: "the other one" }];
    report(finding(AUTHENTICATION_DIFFERS, placeIn(member), message, { related }));
  }
}

interface Clash {
  readonly text: string;
  readonly isPassword: boolean;
}

function passwordClash({ member, other }: Pair): Clash | null {
  const [ours, theirs] = [member, other].map(({ instance }) => instance.authentication.value);
  if (member.instance.version.value !== other.instance.version.value) return null;
  const [type, otherType] = [ours?.type, theirs?.type];
  if (type !== otherType) {
    return { text: `${kindOf(type)}, but ${kindOf(otherType)}`, isPassword: false };
  }
  if (!ours || !theirs || sameBytes(ours.password, theirs.password)) return null;
  return { text: "another auth_pass than", isPassword: true };
}

const kindOf = (type: string | undefined): string =>
  type === undefined ? "no authentication" : `auth_type ${type}`;

export function compareKeys(router: SharedRouter, report: Report): void {
  const clash = ({ member, other }: Pair): readonly [Pair, string] | null => {
    for (const pair of [
      { member, other },
      { member: other, other: member },
    ]) {
      const why = disbelief(pair.member.instance, pair.other.instance);
      if (why !== null) return [pair, why];
    }
    return null;
  };
  for (const { why } of clashes(router, clash)) {
    const [pair, text] = why;
    const { member, other } = pair;
    const message = `${nameOf(member)} discards the adverts of ${whereIs(pair)}: ${text}`;
    const span = placeOf(other, other.instance.auth_hmac);
    const related = [{ span, message: "who sends them" }];
    report(finding(HMAC_DIFFERS, placeOf(member, member.instance.auth_hmac), message, { related }));
  }
}

/** Why one does not believe the adverts of another; null where it does, or where that cannot be seen. */
function disbelief(receiver: EffectiveInstance, sender: EffectiveInstance): string | null {
  const [own, theirs] = [receiver.auth_hmac.value, sender.auth_hmac.value];
  const signs = theirs !== null && theirs.mode.value !== "receive-only";
  if (!signs) return own?.mode.value === "enforce" ? "they are not signed" : null;
  if (own === null) return "they are signed, and it has no auth_hmac";
  const id = theirs.active_key.value;
  const [known, used] = [own, theirs].map(({ key }) =>
    key.map(({ value }) => value).find((one) => one.id === id),
  );
  if (used === undefined) return null;
  if (known === undefined) return `they are signed by key ${id}, which it has not`;
  return isOtherSecret(known, used) ? `its key ${id} is another one` : null;
}

/** What is in files is not known here. */
const isOtherSecret = ({ secret: one }: HmacKey, { secret: other }: HmacKey): boolean =>
  "bytes" in one && "bytes" in other && !sameBytes(one.bytes, other.bytes);
