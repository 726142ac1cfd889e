/**
 * One `--vip` of `vrrp run` in the words of ip-address(8) and of keepalived's virtual_ipaddress:
 * `192.0.2.10/24 dev eth1 label eth1:vip scope link no_track`.
 */
import type { VipWish } from "../../app/vrrp/instance.ts";
import { SCOPES } from "../../core/netlink/rtnl.ts";
import { quoted } from "../../core/printable.ts";
import { cidrAddress } from "../address-options.ts";
import { list, refuse } from "../option.ts";

const VALUE = "ADDR[/LEN] [dev IF]...";

export const vipOptions = {
  vip: list({ value: VALUE, required: true, phrase: true, describe: "Virtual address" }, vipWish),
  "excluded-vip": list(
    { value: VALUE, phrase: true, describe: "Held and announced as well, but in no advert" },
    vipWish,
  ),
};

function vipWish(text: string): VipWish {
  const [address = "", ...words] = text.trim().split(/\s+/);
  const cidr = cidrAddress(address);
  const said = new Map<string, string>();
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (said.has(word)) return refuse(`says ${word} twice`);
    if (word === "no_track") said.set(word, "");
    else if (!WORDS.includes(word))
      return refuse(`says ${quoted(word)}, not ${WORDS.join(", ")}, no_track`);
    else said.set(word, words.shift() ?? refuse(`ends with ${word}: its value is missing`));
  }
  const scope = said.get("scope");
  return {
    ...cidr,
    ifName: said.get("dev"),
    label: said.get("label") ?? null,
    scope: scope === undefined ? undefined : scopeNumber(scope),
    tracked: !said.has("no_track"),
  };
}

function scopeNumber(text: string): number {
  if (text in SCOPES) return SCOPES[text as keyof typeof SCOPES];
  return /^\d{1,3}$/.test(text) && Number(text) <= 255
    ? Number(text)
    : refuse(`has a scope that is none of ${Object.keys(SCOPES).join(", ")}, 0..255`);
}

const WORDS = ["dev", "label", "scope"];
