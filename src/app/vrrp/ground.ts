/** What a virtual router stands on: a footing, which may give way to another one while the router goes on. */
import type { Closable } from "../../io/ports.ts";
import { FaultBoard } from "./fault-board.ts";
import { Footing, type FootingHandlers, type FootingParts, type World } from "./footing.ts";
import type { VrrpInstance } from "./instance.ts";

export class Ground implements Closable {
  readonly #world: World;
  readonly #parts: FootingParts;
  readonly #handlers: FootingHandlers;
  #footing: Footing;

  /** Nothing is opened yet. */
  constructor(
    instance: VrrpInstance,
    world: World,
    parts: Omit<FootingParts, "faults">,
    handlers: FootingHandlers,
    wasMaster: boolean,
  ) {
    this.#world = world;
    this.#parts = { ...parts, faults: new FaultBoard(handlers.feed) };
    this.#handlers = handlers;
    this.#footing = this.#make(instance, wasMaster);
  }

  get footing(): Footing {
    return this.#footing;
  }

  /** @throws SystemError, with nothing left open */
  open(): void {
    this.#open(this.#footing);
  }

  /**
   * Stands on another one. Groups are joined there before they are left here, and what follows from a
   * fault there is done by the former one.
   * @param hold has anew what the former one held, and what this one has beside it
   * @throws SystemError, and all is as it was
   */
  replace(instance: VrrpInstance, hold: () => void): void {
    const former = this.#footing;
    const footing = this.#make(instance, false);
    this.#open(footing);
    const { areHeld } = former;
    this.#footing = footing;
    former.leaveTo(instance);
    if (areHeld) hold();
  }

  close(): void {
    this.#footing.close();
  }

  #open(footing: Footing): void {
    footing.open(this.#world.interfaces);
  }

  #make(instance: VrrpInstance, wasMaster: boolean): Footing {
    return new Footing(instance, this.#world, this.#parts, this.#handlers, wasMaster);
  }
}
