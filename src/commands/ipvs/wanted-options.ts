/** Real servers and services of IPVS on a command line: the `parse` functions of such options. */
import { parseWantedServer, parseWantedServices } from "../../app/ipvs/wanted.ts";
import { refuse } from "../option.ts";

/** `ADDR[:PORT]`. */
export const wantedServer = (text: string) => understood(parseWantedServer(text));

/** `ADDR[:PORT]`, `tcp/ADDR:PORT`, `fwmark/N`. */
export const wantedServices = (text: string) => understood(parseWantedServices(text));

const understood = <T>(parsed: T | string): T =>
  typeof parsed === "string" ? refuse(parsed) : parsed;
