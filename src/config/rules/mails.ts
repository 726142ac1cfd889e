/** Mails that are asked for, and that nobody would get. */
import { NO_MAIL } from "../codes/vrrp.ts";
import { type InForce, spanOf } from "../effective/in-force.ts";
import { finding } from "../finding.ts";
import { isBlamed } from "../keyword.ts";
import type { AllFacts } from "./facts.ts";

/** keepalived sends a mail where it has a server and an addressee. */
export function findLostMails({ conf, vrrp, lvs, report }: AllFacts): void {
  const { globals } = vrrp;
  const { smtp_server: server, notification_email: addressees } = globals;
  const said = conf.global_defs?.value ?? {};
  const missing = [
    ...(server.value === null ? ["smtp_server"] : []),
    ...(addressees.length === 0 ? ["notification_email"] : []),
  ].filter((name) => !isBlamed(said, name));
  const alerts: readonly InForce<unknown>[] = [
    globals.smtp_alert,
    globals.smtp_alert_vrrp,
    globals.smtp_alert_checker,
    ...[...vrrp.instances, ...vrrp.groups].map(({ smtp_alert: alert }) => alert),
    ...lvs.servers.flatMap((one) => [one, ...one.servers]).map(({ smtp_alert: alert }) => alert),
  ];
  const alert = alerts.find(({ value, origin }) => value === true && spanOf(origin) !== null);
  const [wish] = [alert ?? [], addressees, server].flat();
  const span = wish && spanOf(wish.origin);
  if (missing.length === 0 || !span) return;
  const what = alert === undefined ? "mails are prepared" : "mails are asked for";
  const message = `${what}, and global_defs has no ${missing.join(" and no ")}: none is sent`;
  report(
    finding(NO_MAIL, span, message, { help: `write ${missing.join(" and ")} in global_defs` }),
  );
}
