/** What only a preview has: badges, notes, and the tools at the foot of the window. */
export const toolStyle = `
#tools {
  position: sticky; bottom: 0; z-index: 6; margin: 0; padding: .45rem 1.25rem; border-top: 1px solid var(--line);
  background: var(--card); color: var(--ink); font-size: .86rem; box-shadow: 0 -4px 18px rgb(0 0 0 / .08); max-height: 34vh; overflow: auto;
}
#tools .row { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; align-items: center; justify-content: space-between; }
.views { display: inline-flex; flex-wrap: wrap; border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
.views a { padding: .15rem clamp(.4rem, 1.5vw, .7rem); color: var(--soft); text-decoration: none; }
.views a + a { border-inline-start: 1px solid var(--line); }
.views a:hover { color: var(--brand); }
.views [aria-current] { background: var(--tint); color: var(--brand); font-weight: 600; }
.views a:focus-visible { outline-offset: -3px; }
@media (max-width: 30rem) {
  .views { display: flex; flex-wrap: nowrap; width: 100%; }
  .views a { flex: auto; padding-inline: .3rem; font-size: .78rem; line-height: 1.7; text-align: center; white-space: nowrap; }
}
ins, del { border-radius: .2rem; padding: 0 .1em; }
ins { background: var(--green); text-decoration-color: var(--green-line); }
del { background: var(--red); text-decoration-color: var(--red-line); }
ins.block, del.block { display: block; border-inline-start: 4px solid var(--green-line); padding: .2rem .9rem; margin: .5rem 0; text-decoration: none; }
del.block { border-color: var(--red-line); text-decoration: line-through var(--red-line) 1px; }
.changed { font-size: .95rem; padding-inline-start: 1.2rem; color: var(--soft); }
#tools:empty { display: none; }
#tools p { margin: 0; }
.source { overflow-wrap: anywhere; }
.source a, .source code { font-family: ui-monospace, monospace; color: var(--soft); text-decoration: none; }
.source a:hover { color: var(--brand); text-decoration: underline; }
.problems summary { cursor: pointer; font-weight: 700; }
.problems h2 { font-size: .86rem; margin: .7rem 0 .2rem; color: var(--soft); }
.problems ul, .broken ul { margin: .2rem 0; padding-inline-start: 1.2rem; }
.problems li, .broken li { margin: .45rem 0; overflow-wrap: anywhere; }
.problems pre, .broken pre { margin: .25rem 0; padding: .4rem .7rem; background: var(--code); border: 1px solid var(--line); border-radius: .4rem; font-size: .85rem; overflow-x: auto; }
.problems pre b, .broken pre b { color: var(--red-line); }
.hint { color: var(--soft); }
#tools .problems .hint { margin: .2rem 0; }
strong.error { color: var(--red-line); }
strong.warning { color: var(--yellow-line); }
.problems a, .problems code, .broken a, .broken code { font: .92em ui-monospace, monospace; }
.broken { border: 1px solid var(--red-line); border-inline-start-width: 4px; border-radius: .7rem; padding: .6rem 1.1rem; margin: 0 0 1.5rem; font-size: .92rem; line-height: 1.5; }
@media print { #tools { display: none; } }
`;
