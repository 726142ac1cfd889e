/** Who was master when, as somebody saw it who looked on: what a picture is drawn from. */

export interface Timeline {
  readonly fromMs: number; // milliseconds since 1970, as all times here
  readonly untilMs: number;
  readonly routers: readonly RouterTimeline[]; // in the order in which they are to stand
}

export interface RouterTimeline {
  readonly title: string; // "eth0 vrid 51 IPv4"
  readonly lanes: readonly Lane[]; // one for each who was master, in order of their first appearance
  readonly gaps: readonly Stretch[]; // nobody was heard
  readonly leftOut: number; // stretches and marks beyond what is kept
}

/** Of one router. */
export interface Lane {
  readonly source: string; // its address
  readonly stretches: readonly MasterStretch[];
  readonly marks: readonly BadMark[];
}

export interface Stretch {
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface MasterStretch extends Stretch {
  readonly second: boolean; // beside another master
}

/** An advert that no receiver believes. */
export interface BadMark {
  readonly atMs: number;
  readonly reason: string;
}
