/** What is told of a virtual router or a sync group, in keepalived's words: to programs, FIFOs, people. */
import type { VrrpState } from "../vrrp/facts.ts";

export interface Notice {
  readonly subject: "INSTANCE" | "GROUP";
  readonly name: string;
  readonly word: StateWord | EventWord;
  readonly priority: number; // in force; 0 of a group
}

/** DELETED: by a reload, where the instance wishes it; else that is FAULT too. */
export type StateWord = (typeof STATE_WORDS)[VrrpState] | "DELETED";
export type EventWord = "MASTER_RX_LOWER_PRI" | "MASTER_PRIORITY" | "BACKUP_PRIORITY";

/** keepalived calls the end of an instance STOP. */
export const STATE_WORDS = {
  init: "STOP",
  backup: "BACKUP",
  master: "MASTER",
  fault: "FAULT",
} as const satisfies Record<VrrpState, string>;

/** What stands behind the arguments of a `notify` program. */
export const noticeWords = ({ subject, name, word, priority }: Notice): readonly string[] => [
  subject,
  name,
  word,
  `${priority}`,
];

/** What a FIFO gets, with its end of line. */
export const noticeLine = ({ subject, name, word, priority }: Notice): string =>
  `${subject} "${name}" ${word} ${priority}\n`;

/** Subject and text of the mail. @param routerId the router_id of global_defs */
export function noticeMail(
  { subject, name }: Pick<Notice, "subject" | "name">,
  word: StateWord,
  routerId: string,
): { readonly subject: string; readonly text: string } {
  const isGroup = subject === "GROUP";
  const event = ENDS[word] ?? `Entering ${word} state`;
  return {
    subject: `[${routerId}] VRRP ${isGroup ? "Group" : "Instance"} ${name} - ${event}`,
    text: `=> ${isGroup ? groupText(word) : instanceText(word)} <=\n`,
  };
}

const ENDS: Readonly<Partial<Record<StateWord, string>>> = { STOP: "Stopping", DELETED: "Deleted" };

const groupText = (word: StateWord): string =>
  `All VRRP group instances are now ${word === "STOP" ? "stopping" : `in ${word} state`}`;

function instanceText(word: StateWord): string {
  if (word === "STOP") return "VRRP Instance stopping";
  if (word === "DELETED") return "VRRP Instance deleted";
  return `VRRP Instance is ${word === "MASTER" ? "now" : "no longer"} owning VRRP VIPs`;
}
