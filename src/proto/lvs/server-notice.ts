/** What is told of virtual and real servers, in keepalived's words: to FIFOs and people. */
import { formatIp, type IpBytes } from "../../core/addr.ts";

/** `[10.0.0.1]:tcp:80`. @param protocol null: of a firewall mark. @param port null: every one */
export const endpointLabel = (ip: IpBytes, protocol: string | null, port: number | null): string =>
  `[${formatIp(ip)}]:${protocol?.toLowerCase() ?? "none"}:${port ?? 0}`;

/** `[web]:0` */
export const groupLabel = (name: string): string => `[${name}]:0`;

export const markLabel = (mark: number): string => `FWM ${mark}`;

/** What a FIFO gets of a real server, with its end of line. */
export const serverLine = (server: string, service: string, isUp: boolean): string =>
  `RS ${server} ${service} ${upOrDown(isUp)}\n`;

export const serviceLine = (service: string, isUp: boolean): string =>
  `VS ${service} ${upOrDown(isUp)}\n`;

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** @param routerId the router_id of global_defs. @param why of the check */
export const serverMail = (
  server: string,
  service: string,
  isUp: boolean,
  why: string,
  routerId: string,
): MailText => ({
  subject: `[${routerId}] Realserver ${server} of virtual server ${service} - ${upOrDown(isUp)}`,
  text: `=> ${why} <=\n`,
});

export const serviceMail = (
  service: string,
  isUp: boolean,
  why: string,
  routerId: string,
): MailText => ({
  subject: `[${routerId}] Virtualserver ${service} - ${upOrDown(isUp)}`,
  text: `=> ${why} <=\n`,
});

const upOrDown = (isUp: boolean): string => (isUp ? "UP" : "DOWN");
