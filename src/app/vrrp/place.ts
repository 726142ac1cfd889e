/** Where a virtual router is at work. */
import type { IpBytes, MacBytes } from "../../core/addr.ts";
import type { AnnouncingLink } from "../announcements.ts";

export interface Place {
  readonly link: AnnouncingLink;
  readonly mac: MacBytes; // where its addresses are
  readonly source: IpBytes; // where its adverts come from
}
