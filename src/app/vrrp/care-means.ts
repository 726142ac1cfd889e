/** What a router lends to those who look after its addresses while it is MASTER. */
import type { VrrpEvent } from "./events.ts";
import type { Teller } from "./teller.ts";

/** No way into the election: who only looks on may tell and announce, and decides nothing. */
export interface CareMeans {
  readonly teller: Teller;
  emit(event: VrrpEvent): void;
  /** Tells the LAN once where all our addresses are. */
  announce(): void;
}
