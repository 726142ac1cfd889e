/** What the page of `ha up` does in a browser: takes new parts, and counts the time. */

/** All parts come as HTML in which the program has escaped what is not its own. */
export const SCRIPT = `
"use strict";
let heardMs = Date.now();
let aheadMs = Number(document.body.dataset.wallMs) - heardMs; // of this clock, the other one
let trouble = "not live yet";

function age(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  const units = [[86400, "d"], [3600, "h"], [60, "m"], [1, "s"]];
  const first = units.findIndex(([size]) => s >= size);
  if (first < 0) return "0 s";
  const [size, unit] = units[first];
  const next = units[first + 1];
  const more = next && Math.floor((s % size) / next[0]);
  return Math.floor(s / size) + " " + unit + (more ? " " + more + " " + next[1] : "");
}

function tick() {
  const nowMs = Date.now() + aheadMs;
  for (const one of document.querySelectorAll("time[data-age]"))
    one.textContent = age(nowMs - Date.parse(one.dateTime));
  for (const one of document.querySelectorAll("time[data-at]")) {
    const then = new Date(one.dateTime);
    const isToday = then.toDateString() === new Date(nowMs).toDateString();
    one.textContent = isToday ? then.toLocaleTimeString() : then.toLocaleString();
  }
  const isLost = Date.now() - heardMs > 5000;
  const link = document.getElementById("link");
  link.dataset.is = isLost ? "lost" : trouble ? "trouble" : "live";
  link.textContent = isLost ? "connection lost" : trouble || "live";
}

const feed = new EventSource("live");
feed.addEventListener("parts", (event) => {
  const news = JSON.parse(event.data);
  heardMs = Date.now();
  aheadMs = news.wall_ms - heardMs;
  trouble = news.trouble;
  for (const [id, html] of news.parts) {
    const part = document.getElementById(id);
    if (part) part.innerHTML = html;
  }
  tick();
});
setInterval(tick, 1000);
tick();
`;
