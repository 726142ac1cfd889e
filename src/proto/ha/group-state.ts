/** The state of a sync group as its members show it: another one when all of them have come to it. */
import type { VrrpState } from "../vrrp/facts.ts";

export class GroupState {
  readonly #members: Map<string, VrrpState | undefined>;
  #state: VrrpState | undefined;

  /**
   * @param known where members are already
   * @param former that of a group before it, of other members, which lasts until all agree again
   */
  constructor(
    members: readonly string[],
    known: ReadonlyMap<string, VrrpState>,
    former?: VrrpState,
  ) {
    this.#members = new Map(members.map((name) => [name, known.get(name)]));
    this.#state = this.#common() ?? former;
  }

  /** The last one to which all had come. */
  get state(): VrrpState | undefined {
    return this.#state;
  }

  /** @returns the state of the group where it has changed by this */
  note(member: string, state: VrrpState): VrrpState | undefined {
    if (!this.#members.has(member)) return undefined;
    this.#members.set(member, state);
    const common = this.#common();
    if (common === undefined || common === this.#state) return undefined;
    this.#state = common;
    return common;
  }

  #common(): VrrpState | undefined {
    const states = new Set(this.#members.values());
    return states.size === 1 ? [...states][0] : undefined;
  }
}
