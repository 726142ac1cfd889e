/** Real servers and services of IPVS on a command line: the `parse` functions of such options. */
import { parseWantedServer, parseWantedServices } from "../../app/ipvs/wanted.ts";
import { refuse } from "../option.ts";

/** `ADDR[:PORT]`. */
export const wantedServer = (text: string) => understood(parseWantedServer(text));

/** `ADDR[:PORT]`, `tcp/ADDR:PORT`, `fwmark/N`. */
export const wantedServices = (text: string) => understood(parseWantedServices(text));

/** Services that may be several words each, as they are shown: `tcp 192.0.2.1:80`, `fwmark 5 inet6`. */
export function servicePhrases(words: readonly string[]): readonly string[] {
  const phrases: string[] = [];
  for (const word of words) {
    const last = phrases.at(-1) ?? "";
    const goesOn = /^[a-z]+$/.test(last) || (/^fwmark[ /]\d+$/.test(last) && /^inet6?$/.test(word));
    if (goesOn) phrases.splice(-1, 1, `${last} ${word}`);
    else phrases.push(word);
  }
  return phrases;
}

const understood = <T>(parsed: T | string): T =>
  typeof parsed === "string" ? refuse(parsed) : parsed;
