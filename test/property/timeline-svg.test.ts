/** Whatever a capture says, the picture of it is one well-formed document that keeps to its frame. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drawTimeline } from "../../src/commands/vrrp/timeline-svg.ts";
import { elementsOf, parseXml } from "../support/xml.ts";

const text = fc.string({ unit: "binary", maxLength: 80 });
const ms = fc.oneof(
  fc.integer({ min: 0, max: 100_000 }),
  fc.double({ min: -1e17, max: 1e17, noNaN: true }),
);
const stretch = fc.record({ fromMs: ms, untilMs: ms });
const lane = fc.record({
  source: text,
  stretches: fc.array(fc.record({ fromMs: ms, untilMs: ms, second: fc.boolean() })),
  marks: fc.array(fc.record({ atMs: ms, reason: text })),
});
const router = fc.record({
  title: text,
  lanes: fc.array(lane, { maxLength: 5 }),
  gaps: fc.array(stretch),
  leftOut: fc.nat(),
});
const timeline = fc.record({
  fromMs: ms,
  untilMs: ms,
  routers: fc.array(router, { maxLength: 5 }),
});

test("any timeline makes a well-formed picture, fine or coarse, with every bar in it", () => {
  fc.assert(
    fc.property(timeline, fc.constantFrom(undefined, 1), (whole, mostCharacters) => {
      const svg = parseXml(drawTimeline(whole, mostCharacters));
      assert.deepEqual(elementsOf(svg, "script"), []);
      const width = Number(svg.attributes.width);
      for (const { attributes } of elementsOf(svg, "rect")) {
        const [x = 0, wide = 0] = [attributes.x, attributes.width].map((it = "0") =>
          Number.parseFloat(it),
        );
        assert.ok(x >= 0 && wide > 0 && x + wide <= width);
      }
      for (const { attributes } of elementsOf(svg, "path"))
        assert.doesNotMatch(`${attributes.d}`, /NaN|Infinity/);
    }),
  );
});
