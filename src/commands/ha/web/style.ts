/** How the page of `ha up` looks: on a phone and a wide screen, light and dark. */

export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --card: #fff; --line: #dde1e7; --ink: #1b1f24; --faint: #5b6470;
  --master: #14733b; --master-ground: #d9f2e2;
  --backup: #2457a6; --backup-ground: #dfe9fa;
  --fault: #b3261e; --fault-ground: #fbe0de;
  --init: #5b6470; --init-ground: #e6e9ed;
  --warn: #7a4b00; --warn-ground: #fff0cf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111418; --card: #1a1f25; --line: #2d343d; --ink: #e6e9ed; --faint: #9aa4b0;
    --master: #6fdd9a; --master-ground: #12351f;
    --backup: #8fb8ff; --backup-ground: #16294a;
    --fault: #ff9a92; --fault-ground: #48191a;
    --init: #9aa4b0; --init-ground: #2a3038;
    --warn: #ffcf70; --warn-ground: #3d2d08;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 76rem; padding: 1rem;
  background: var(--ground); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif;
}
h1 { font-size: 1.4rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--faint); margin: 1.6rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
code, .number { font-family: ui-monospace, monospace; font-size: .93em; }
code { overflow-wrap: anywhere; }
.faint { color: var(--faint); }
.top { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: baseline; }
.top p { flex-basis: 100%; }
.pill {
  display: inline-block; border-radius: 1rem; padding: .05rem .6rem;
  font-size: .8rem; font-weight: 650; white-space: nowrap;
}
.master { color: var(--master); background: var(--master-ground); }
.backup { color: var(--backup); background: var(--backup-ground); }
.fault, .down, .lost { color: var(--fault); background: var(--fault-ground); }
.init, .unknown { color: var(--init); background: var(--init-ground); }
.up { color: var(--master); background: var(--master-ground); }
#link { position: fixed; right: .6rem; bottom: .6rem; max-width: calc(100% - 1.2rem); white-space: normal; box-shadow: 0 0 0 1px var(--line); background: var(--card); color: var(--faint); }
#link[data-is=live] { color: var(--master); }
#link[data-is=lost], #link[data-is=trouble] { color: var(--fault); background: var(--fault-ground); }
.banner { margin-top: .7rem; padding: .5rem .8rem; border-radius: .5rem; overflow-wrap: anywhere; }
.warn { color: var(--warn); background: var(--warn-ground); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); gap: .7rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; min-width: 0; }
.card header { display: flex; gap: .6rem; justify-content: space-between; align-items: start; }
.card dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem .8rem; margin: .5rem 0 0; }
dt { color: var(--faint); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.bad { color: var(--fault); }
.servers { margin-top: .4rem; }
.servers > li { padding: .15rem 0; overflow-wrap: anywhere; }
.rows { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
.rows > li { display: flex; flex-wrap: wrap; gap: .1rem .7rem; align-items: baseline; padding: .4rem .9rem; }
.rows > li + li { border-top: 1px solid var(--line); }
.rows code { flex-basis: 100%; color: var(--faint); }
.day { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; }
.lane { display: grid; grid-template-columns: minmax(4.5rem, 11rem) 1fr; gap: 0 .8rem; align-items: center; margin-bottom: .35rem; }
.lane span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.lane svg { display: block; width: 100%; height: 1.3rem; border-radius: .2rem; background: var(--init-ground); }
.hours { display: flex; justify-content: space-between; font-size: .75rem; color: var(--faint); }
.legend { font-size: .8rem; color: var(--faint); display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin-top: .4rem; }
.legend svg { width: .8rem; height: .8rem; vertical-align: -1px; margin-right: .3rem; background: var(--init-ground); }
rect.master { fill: var(--master); } rect.backup { fill: var(--backup); opacity: .75; } rect.fault { fill: var(--fault); } rect.init { fill: var(--init); }
footer { margin: 2rem 0 2.5rem; font-size: .8rem; color: var(--faint); }
a { color: inherit; }
@media (max-width: 30rem) {
  body { padding: .7rem; }
  .lane { grid-template-columns: 1fr; }
  .hours-label { display: none; }
}
`;
