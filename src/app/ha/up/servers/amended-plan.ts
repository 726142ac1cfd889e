/** What is planned of real servers, with what the options of `ha up` make of it: names, and certificates that are verified. */
import { formatIp } from "../../../../core/addr.ts";
import type { Closable, Ports } from "../../../../io/ports.ts";
import type { LvsPlan } from "../plan/lvs-plan.ts";
import { isAt, relocated, type ServerName, type ServerPlace } from "../plan/relocated.ts";
import { verifying } from "../plan/verifying.ts";
import type { KnownServers } from "./server-events.ts";
import { ServerPlaces } from "./server-places.ts";
import type { ServerCare } from "./service-steering.ts";

export interface AmendedWitness {
  /** Again whenever a name is elsewhere; before all names were asked for once nothing is told. */
  readonly onPlan: (plan: LvsPlan, known: KnownServers) => void;
  readonly onTrouble: (text: string) => void;
}

export class AmendedPlan implements Closable {
  readonly #care: Pick<ServerCare, "names" | "verifiesCertificates">;
  readonly #witness: AmendedWitness;
  readonly #places: ServerPlaces;
  #found: readonly ServerPlace[] | undefined;
  #wanted: { readonly plan: LvsPlan; readonly known: KnownServers } | undefined;

  constructor(
    care: Pick<ServerCare, "names" | "verifiesCertificates">,
    ports: Pick<Ports, "clock" | "resolveName">,
    witness: AmendedWitness,
  ) {
    this.#care = care;
    this.#witness = witness;
    const onPlaces = (found: readonly ServerPlace[]): void => {
      this.#found = found;
      this.#tell();
    };
    this.#places = new ServerPlaces(care.names, ports, { ...witness, onPlaces });
    this.#places.start();
  }

  /** @param known by a process before this one */
  go(plan: LvsPlan, known: KnownServers): void {
    for (const one of this.#care.names) {
      if (!isAnywhere(one, plan))
        this.#witness.onTrouble(
          `${formatIp(one.ip)} (${one.name}) is the address of no real server`,
        );
    }
    this.#wanted = { plan, known };
    this.#tell();
  }

  close(): void {
    this.#places.close();
  }

  #tell(): void {
    if (this.#wanted === undefined || this.#found === undefined) return;
    const { plan, known } = this.#wanted;
    const here = relocated(plan, this.#found);
    this.#witness.onPlan(this.#care.verifiesCertificates ? verifying(here) : here, known);
  }
}

const isAnywhere = ({ ip }: ServerName, { services }: LvsPlan): boolean =>
  services.some(({ servers }) => servers.some((server) => isAt(ip, server)));
