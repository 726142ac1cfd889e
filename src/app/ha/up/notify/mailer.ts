/** Which notices are mailed (keepalived.conf(5), "smtp_alert"): no state twice, and not the first BACKUP. */
import { isSameValue } from "../../../../core/same-value.ts";
import type { Closable, Ports } from "../../../../io/ports.ts";
import { type Notice, noticeMail, type StateWord } from "../../../../proto/ha/notice.ts";
import type { MailText } from "../../../../proto/lvs/server-notice.ts";
import type { PlannedMail } from "../plan/notify-plan.ts";
import { MailQueue } from "./mail-queue.ts";

export class Mailer implements Closable {
  readonly #planned: PlannedMail;
  readonly #queue: MailQueue;
  readonly #mailed = new Map<string, StateWord>(); // by subject and name

  constructor(
    planned: PlannedMail,
    ports: Pick<Ports, "clock" | "sendMail">,
    onTrouble: (line: string) => void,
  ) {
    this.#planned = planned;
    this.#queue = new MailQueue(planned.server, ports, onTrouble);
  }

  tell({ subject, name }: Pick<Notice, "subject" | "name">, word: StateWord): void {
    const { tellsFaults } = this.#planned;
    const key = `${subject} ${name}`;
    if ((this.#mailed.get(key) ?? "BACKUP") === word) return;
    if (word === "FAULT" && !tellsFaults) return;
    this.#mailed.set(key, word);
    this.push((routerId) => noticeMail({ subject, name }, word, routerId));
  }

  push(make: (routerId: string) => MailText): void {
    const { from, to, routerId } = this.#planned;
    this.#queue.push({ from, to, ...make(routerId) });
  }

  /** It does so as it was planned. */
  sends(planned: PlannedMail): boolean {
    return isSameValue(this.#planned, planned);
  }

  drained(): Promise<void> {
    return this.#queue.drained();
  }

  close(): void {
    this.#queue.close();
  }
}
