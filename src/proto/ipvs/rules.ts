/** What of a table cannot be, or cannot be meant: as Linux 6.1 refuses it, or takes it and does otherwise. */
import { destinationRules } from "./destination-rules.ts";
import { serviceRules } from "./service-rules.ts";
import { type IpvsTable, serviceKey } from "./table.ts";
import { destinationSubject } from "./target.ts";

export interface TableFlaw {
  readonly code: string; // permanent, kebab-case
  /** `error`: the kernel refuses it, or would keep something else. */
  readonly severity: "error" | "warning";
  readonly subject: string; // `serviceKey` or `destinationSubject`: also the key of its place
  readonly message: string; // one sentence, the subject before it
}

/** One rule about a thing of some kind. */
export interface Rule<T> {
  readonly code: string;
  readonly severity: TableFlaw["severity"];
  /** @returns what is wrong, undefined where nothing is */
  readonly tell: (one: T) => string | false | undefined;
}

/** In the order of the table. */
export function flawsOf(table: IpvsTable): TableFlaw[] {
  const flaws: TableFlaw[] = [];
  for (const { service, destinations } of table.values()) {
    const key = serviceKey(service.id);
    flaws.push(...applied(serviceRules, service, key));
    const known = new Set<string>();
    for (const destination of destinations) {
      const subject = destinationSubject(service.id, destination);
      const isTwice = known.has(subject);
      known.add(subject);
      flaws.push(...applied(destinationRules, { service, destination, isTwice }, subject));
    }
  }
  return flaws;
}

const applied = <T>(rules: readonly Rule<T>[], one: T, subject: string): TableFlaw[] =>
  rules.flatMap(({ code, severity, tell }) => {
    const message = tell(one);
    return message ? [{ code, severity, subject, message }] : [];
  });
