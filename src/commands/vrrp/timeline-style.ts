/** How a timeline looks, in light and in dark, and the legend that says what its marks mean. */
import { plain, tag } from "./svg.ts";

/** Style sheet and patterns. Bars differ in pattern and shape too, so that no colour is needed. */
export function appearance(): string {
  return [
    tag("style", {}, `${SHAPES}${LIGHT}@media (prefers-color-scheme:dark){${DARK}}`),
    PATTERNS,
  ].join("");
}

/** One row, 14 high, from `x` on. */
export function legend(x: number, y: number): string {
  const samples: readonly (readonly [sample: string, meaning: string])[] = [
    [box("master", y), "master"],
    [box("second", y), "second master, beside another"],
    [box("nobody", y), "nobody was heard"],
    [tag("path", { class: "bad", d: `M13 ${y + 11}${MARK}` }), "adverts that nobody believes"],
  ];
  let at = x;
  return samples
    .map(([sample, meaning]) => {
      const moved = tag("g", { transform: `translate(${at})` }, sample);
      const words = tag("text", { x: at + 34, y: y + 11 }, plain(meaning));
      at += 62 + meaning.length * 6.6;
      return moved + words;
    })
    .join("");
}

/** A triangle that points at where its path begins, 8 high. */
export const MARK = "l-5-8h10z";

const box = (kind: string, y: number): string =>
  tag("rect", { class: kind, x: 0, y, width: 26, height: 14 });

const PATTERNS = tag(
  "defs",
  {},
  tag(
    "pattern",
    {
      id: "stripes",
      width: 6,
      height: 6,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    },
    tag("rect", { class: "stripe-back", width: 6, height: 6 }),
    tag("rect", { class: "stripe", width: 3, height: 6 }),
  ),
  tag(
    "pattern",
    {
      id: "hatch",
      width: 5,
      height: 5,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(-45)",
    },
    tag("rect", { class: "hatch-back", width: 5, height: 5 }),
    tag("rect", { class: "hatch", width: 1.5, height: 5 }),
  ),
);

const SHAPES = [
  "svg{color-scheme:light dark}",
  "text{font:12px system-ui,sans-serif}",
  ".head{font-size:18px;font-weight:600}",
  ".name{font-size:13px;font-weight:600}",
  ".source,.tick{font-family:ui-monospace,monospace}",
  ".tick{font-size:11px;text-anchor:middle}",
  ".right{text-anchor:end}",
  ".in{font-size:11px;text-anchor:middle;pointer-events:none}",
  ".halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}",
  ".lines{fill:none;stroke-width:1px}",
  "path.master,path.second,path.nobody{fill:none}",
  ".second{fill:url(#stripes)}path.second{stroke:url(#stripes)}",
  ".nobody{fill:url(#hatch)}path.nobody{stroke:url(#hatch)}",
].join("");

function colours(of: {
  readonly page: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly lane: string;
  readonly master: string;
  readonly inMaster: string;
  readonly second: string;
  readonly secondBack: string;
  readonly nobody: string;
  readonly nobodyBack: string;
  readonly bad: string;
}): string {
  return [
    `.page{fill:${of.page}}text{fill:${of.text}}.quiet,.tick{fill:${of.quiet}}`,
    `.halo{stroke:${of.page}}.lines{stroke:${of.grid}}.lane{fill:${of.lane}}`,
    `.master{fill:${of.master}}path.master{stroke:${of.master}}.in.on-master{fill:${of.inMaster}}`,
    `.stripe{fill:${of.second}}.stripe-back{fill:${of.secondBack}}rect.second{stroke:${of.second}}`,
    `.hatch{fill:${of.nobody}}.hatch-back{fill:${of.nobodyBack}}rect.nobody{stroke:${of.nobody}}`,
    `.bad{fill:${of.bad};stroke:${of.page};stroke-width:.5px}`,
    `.alarm{fill:${of.nobody};font-weight:600}`,
  ].join("");
}

const LIGHT = colours({
  page: "#fff",
  text: "#1f2328",
  quiet: "#59636e",
  grid: "#d1d9e0",
  lane: "#f3f5f8",
  master: "#2c6bd1",
  inMaster: "#fff",
  second: "#c2410c",
  secondBack: "#fed7aa",
  nobody: "#cf222e",
  nobodyBack: "#ffebe9",
  bad: "#7c2dd1",
});
const DARK = colours({
  page: "#0d1117",
  text: "#e6edf3",
  quiet: "#9198a1",
  grid: "#30363d",
  lane: "#171c24",
  master: "#4e94f5",
  inMaster: "#06122a",
  second: "#f78c3f",
  secondBack: "#5a2708",
  nobody: "#ff6a63",
  nobodyBack: "#3a1416",
  bad: "#c69bff",
});
