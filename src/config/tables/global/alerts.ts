/** global_defs: who sends and gets mail, by which server, of what. */
import { flag, integer, oneWord, optional, port, present, text } from "../../arguments.ts";
import { NOT_AN_ADDRESS } from "../../codes/values.ts";
import { type Argument, keyword, keywords } from "../../keyword.ts";
import { listOfWords, notEmpty } from "../../list.ts";

export interface MailServer {
  readonly host: string; // an address or a name
  readonly port: number;
}

const hostName = oneWord("HOST", (word, reading) => {
  if (!/[/\s]/.test(word.text)) return word.text;
  return reading.refuse(NOT_AN_ADDRESS, word.span, `'${word.text}' is no host`);
});

const portOr25 = optional(port, 25);

const mailServer: Argument<MailServer> = {
  usage: "HOST [PORT]",
  read(reading) {
    const host = hostName.read(reading);
    const at = portOr25.read(reading);
    return host === undefined || at === undefined ? undefined : { host, port: at };
  },
  format: ({ host, port: at }) => `${host} ${at}`,
};

export const ALERTS = {
  router_id: keyword("Name of this machine in mails and SNMP", text("NAME"), {
    default: "the host name",
    actsIn: "up",
  }),
  notification_email: keywords(
    "Addresses that mails go to",
    notEmpty(listOfWords(text("ADDRESS"))),
    { actsIn: "up" },
  ),
  notification_email_from: keyword("Address that mails come from", text("ADDRESS"), {
    default: "the account at the host name",
    actsIn: "up",
  }),
  smtp_server: keyword("Server that takes the mails", mailServer, { actsIn: "up" }),
  smtp_helo_name: keyword("Name that the server is greeted with", text("NAME"), {
    default: "the host name",
    actsIn: "up",
  }),
  smtp_connect_timeout: keyword(
    "Time in which the server has to answer",
    integer(1, 4294, { 0: 1 }),
    { unit: "s", default: "30", actsIn: "up" },
  ),
  smtp_alert: keyword("Sends mails where nothing else is said", flag, { actsIn: "up" }),
  smtp_alert_vrrp: keyword("Sends mails of VRRP where the instance says nothing", flag, {
    default: "that of smtp_alert, else off",
    actsIn: "up",
  }),
  smtp_alert_checker: keyword("Sends mails of checks where the server says nothing", flag, {
    default: "that of smtp_alert",
    actsIn: "up",
  }),
  no_email_faults: keyword("Sends no mail when an instance is in FAULT", present, {
    actsIn: "up",
  }),
  no_checker_emails: keyword("Sends mails of real servers, not of each check", flag, {
    default: "off",
    actsIn: "up",
  }),
  checker_log_all_failures: keyword("Logs each failure of a check", flag, {
    default: "off",
    actsIn: "up",
  }),
} as const;
