/** A table read from what `ipvsadm -S -n` wrote: a line for each service and each destination. */
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { IpvsService, ServiceId } from "../../core/netlink/ipvs-service.ts";
import { Mistakes, type PlacedCommand, readIpvsadmLines } from "./ipvsadm-lines.ts";
import { serviceKey, type VirtualService } from "./table.ts";
import { destinationSubject, type PlacedTarget } from "./target.ts";

/** Total over any text. @param file as places have it */
export function parseIpvsadmSave(
  text: string,
  file: string,
): { readonly target: PlacedTarget; readonly mistakes: Mistakes } {
  const mistakes = new Mistakes();
  const reader = new SaveReader(file, mistakes);
  for (const one of readIpvsadmLines(text, mistakes)) reader.take(one);
  if (text !== "" && !text.endsWith("\n")) {
    const last = text.slice(text.lastIndexOf("\n") + 1);
    const line = text.split("\n").length;
    mistakes.add(line, last.length + 1, "ends within a line: only half of it was written?");
  }
  const { table, places } = reader;
  return { target: { table, timeouts: null, daemons: null, places }, mistakes };
}

class SaveReader {
  readonly table = new Map<string, VirtualService>();
  readonly places = new Map<string, string>();
  readonly #file: string;
  readonly #mistakes: Mistakes;
  readonly #destinations = new Map<string, IpvsDestination[]>(); // by service, still growing

  constructor(file: string, mistakes: Mistakes) {
    this.#file = file;
    this.#mistakes = mistakes;
  }

  take(placed: PlacedCommand): void {
    const { command } = placed;
    if (command.kind === "add-service") this.#addService(command.service, placed);
    else if (command.kind === "add-server") {
      this.#addDestination(command.id, command.destination, placed);
    } else this.#blame(placed, `--${command.kind} describes no table: -A and -a do`);
  }

  #addService(service: IpvsService, placed: PlacedCommand): void {
    const key = serviceKey(service.id);
    if (!this.#place(key, placed)) return;
    const destinations: IpvsDestination[] = [];
    this.#destinations.set(key, destinations);
    this.table.set(key, { service, destinations });
  }

  #addDestination(id: ServiceId, destination: IpvsDestination, placed: PlacedCommand): void {
    const own = this.#destinations.get(serviceKey(id));
    if (own === undefined) this.#blame(placed, `no line above adds ${serviceKey(id)}`);
    else if (this.#place(destinationSubject(id, destination), placed)) own.push(destination);
  }

  /** @returns whether it is the first of its subject */
  #place(subject: string, placed: PlacedCommand): boolean {
    const before = this.places.get(subject);
    if (before !== undefined) this.#blame(placed, `${subject} is there already: ${before}`);
    else this.places.set(subject, `${this.#file}:${placed.line}:${placed.column}`);
    return before === undefined;
  }

  #blame({ line, column }: PlacedCommand, message: string): void {
    this.#mistakes.add(line, column, message);
  }
}
