/** Steps of a plan for IPVS as records. */
import { type ChangedField, stepFields } from "../../proto/ipvs/fields.ts";
import { type IpvsStep, stepSubject } from "../../proto/ipvs/step.ts";
import { destinationKey, serviceKey } from "../../proto/ipvs/table.ts";

export interface IpvsStepRecord {
  readonly step: "add" | "change" | "remove";
  readonly what: "service" | "server" | "timeouts" | "sync-daemon";
  readonly subject: string; // `10.0.0.1:80 of tcp 192.0.2.1:80`
  readonly service: string | null;
  readonly server: string | null;
  readonly role: "master" | "backup" | null; // of a sync daemon
  readonly changes: readonly ChangedField[];
}

/** That a server gets weight 0 before it goes is told with its removal. */
export const ipvsStepRecords = (steps: readonly IpvsStep[]): IpvsStepRecord[] =>
  steps.flatMap((step) => (step.kind === "quiesce-destination" ? [] : [ipvsStepRecord(step)]));

export function ipvsStepRecord(step: IpvsStep): IpvsStepRecord {
  const id = "service" in step ? step.service.id : "destination" in step ? step.id : null;
  const [verb, what] = WORDS[step.kind];
  return {
    step: verb,
    what,
    subject: stepSubject(step),
    service: id === null ? null : serviceKey(id),
    server: "destination" in step ? destinationKey(step.destination) : null,
    role: "daemon" in step ? step.daemon.role : null,
    changes: stepFields(step),
  };
}

const WORDS: Readonly<
  Record<IpvsStep["kind"], readonly [IpvsStepRecord["step"], IpvsStepRecord["what"]]>
> = {
  "add-service": ["add", "service"],
  "set-service": ["change", "service"],
  "delete-service": ["remove", "service"],
  "add-destination": ["add", "server"],
  "set-destination": ["change", "server"],
  "quiesce-destination": ["change", "server"],
  "delete-destination": ["remove", "server"],
  "set-timeouts": ["change", "timeouts"],
  "start-daemon": ["add", "sync-daemon"],
  "stop-daemon": ["remove", "sync-daemon"],
};
