/** `ipvs sync` of one file: what it wants, which services are its own, and the kernel. */
import { SystemError } from "../../core/errors.ts";
import type { Closable, Ports } from "../../io/ports.ts";
import { stepSubject } from "../../proto/ipvs/step.ts";
import { serviceKey } from "../../proto/ipvs/table.ts";
import type { IpvsTarget, PlacedTarget } from "../../proto/ipvs/target.ts";
import type { Applied, RefusedStep } from "./apply.ts";
import { IpvsKernel } from "./kernel.ts";
import { OwnedServices } from "./owned.ts";
import { ownedAfter, planSync, type SyncPlan, sync } from "./sync.ts";

export class FileSync implements Closable {
  readonly #kernel: IpvsKernel;
  readonly #owned: OwnedServices;
  readonly #prunes: boolean;
  readonly #signal: AbortSignal;

  /** @throws SystemError `no-ipvs` */
  constructor(
    file: string,
    { stateDirectory, prunes }: { readonly stateDirectory: string; readonly prunes: boolean },
    ports: Pick<Ports, "openNetlink" | "files" | "configurationFiles" | "contentHash" | "lookAt">,
    signal: AbortSignal,
  ) {
    this.#kernel = new IpvsKernel(ports);
    this.#owned = new OwnedServices(stateDirectory, file, ports);
    this.#prunes = prunes;
    this.#signal = signal;
  }

  /** What would be done. @throws SystemError */
  async plan(target: IpvsTarget): Promise<SyncPlan> {
    const owned = await this.#owned.read(this.#signal);
    return planSync(this.#kernel, { target, owned, prunes: this.#prunes });
  }

  /**
   * What is made is written down before it is: a process that ends in between leaves no service that nobody owns.
   * @throws SystemError
   */
  async make(target: IpvsTarget): Promise<SyncPlan & Applied> {
    const owned = await this.#owned.read(this.#signal);
    const wish = { target, owned, prunes: this.#prunes };
    const begun = new Set(owned);
    const outcome = await sync(this.#kernel, wish, async (steps) => {
      for (const step of steps)
        if (step.kind === "add-service") begun.add(serviceKey(step.service.id));
      if (begun.size > owned.size) await this.#owned.write(begun);
    });
    await this.#owned.write(ownedAfter(owned, outcome));
    return outcome;
  }

  close(): void {
    this.#kernel.close();
  }
}

/** The same refusal with the line of the file that it is about. */
export function placed({ step, error }: RefusedStep, { places }: PlacedTarget): SystemError {
  const place = places.get(stepSubject(step));
  if (place === undefined) return error;
  const { op, subject, code, detail } = error;
  return new SystemError(op, `${subject} (${place})`, code, detail, { cause: error });
}
