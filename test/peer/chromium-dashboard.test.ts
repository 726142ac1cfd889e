/** The page of `ha up` in a real browser: readable on a phone, light and dark, and always as things are. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Site } from "../../src/app/ha/web/site.ts";
import { PAGES } from "../../src/commands/ha/web/page.ts";
import { serveWeb } from "../../src/io/web-server.ts";
import { Chromium, chromiumMissing, type Screen } from "../support/chromium.ts";
import { FakeHa } from "../support/fake-ha.ts";
import { freePort } from "../support/free-port.ts";
import { ip } from "../support/packets.ts";

const skip = chromiumMissing();
const PHONE: Screen = { width: 390, height: 844, scheme: "light" };
const DESK: Screen = { width: 1280, height: 800, scheme: "dark" };
/** Where screenshots are left, for who wants to see them. */
const { SCREENSHOTS } = process.env;

test("the page shows what is, and what comes, on any screen", { skip }, async () => {
  const ha = await FakeHa.up();
  const at = { ip: ip("127.0.0.1"), port: await freePort() };
  const options = {
    socket: "ha",
    stateDirectory: "/state",
    silentMs: 1000,
    isCompatible: false,
    pages: PAGES,
  };
  const site = new Site(options, ha.ports);
  const server = await serveWeb(at, (request) => site.answer(request));
  // Real time goes by for what waits for it.
  const turning = setInterval(() => void ha.ports.clock.pass(50), 50);
  try {
    await using browser = await Chromium.open(`http://127.0.0.1:${at.port}/`, PHONE);
    await browser.until("document.getElementById('link')?.textContent === 'live'");
    assert.equal(await browser.value(STATES), "MASTER MASTER MASTER");
    const age = await browser.value<string>(AGE);
    assert.match(age, /^\d+ s$/, "by the clock of the host that it is about");
    await browser.until(`${AGE} !== ${JSON.stringify(age)}`);

    await ha.run("failover", "VI_3");
    await browser.until(`${STATES} === "MASTER MASTER BACKUP"`);
    await browser.until("document.querySelector('#past li').textContent.includes('BACKUP')");
    await ha.run("maintenance", "on", "--reason", "<img src=x onerror=alert(1)>");
    await browser.until("document.querySelector('.banner')?.textContent.endsWith('alert(1)>')");
    assert.equal(await browser.value("document.images.length"), 0);

    const grounds = new Set<string>();
    for (const screen of [PHONE, DESK, { ...PHONE, ...SWAPPED }, { ...DESK, ...LIGHT }]) {
      await browser.resize(screen);
      assert.equal(await browser.value("document.documentElement.scrollWidth <= innerWidth"), true);
      assert.equal(await browser.value(FAINTEST), true, `${screen.scheme}: text is readable`);
      grounds.add(await browser.value("getComputedStyle(document.body).backgroundColor"));
      await keep(`${screen.width}-${screen.scheme}`, browser);
    }
    assert.equal(grounds.size, 2, "light and dark");
    assert.deepEqual(browser.complaints, []);

    server.close();
    await browser.until("document.getElementById('link').textContent === 'connection lost'");
  } finally {
    clearInterval(turning);
    server.close();
  }
});

async function keep(name: string, browser: Chromium): Promise<void> {
  const png = await browser.screenshot();
  assert.deepEqual([...png.slice(1, 4)], [...new TextEncoder().encode("PNG")]);
  if (SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  writeFileSync(join(SCREENSHOTS, `${name}.png`), png);
}

const AGE = `document.querySelector("time[data-age]").textContent`;
const SWAPPED = { scheme: "dark" } as const;
const LIGHT = { scheme: "light" } as const;

const STATES = `[...document.querySelectorAll(".card .pill")].map((one) => one.textContent).join(" ")`;

/** WCAG 2.1, 1.4.3: each text has a contrast of at least 4.5 to what is behind it. */
const FAINTEST = `(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((it) => it / 255)
    .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4))
    .reduce((sum, it, index) => sum + it * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")]
    .filter((one) => [...one.childNodes].some((it) => it.nodeType === 3 && it.data.trim() !== ""))
    .filter((one) => !["SCRIPT", "STYLE", "title"].includes(one.tagName))
    .every((one) => {
      const [a, b] = [light(parse(getComputedStyle(one).color)), light(ground(one))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) >= 4.5;
    });
})()`;
