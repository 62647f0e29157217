import { articleStyle } from './article-style.ts';
import { themeOf } from './theme.ts';

/** The style of all pages in a help center's colour: no font, picture or script comes from elsewhere. */
export function styleOf(color: string): string {
  const { light, dark } = themeOf(color);
  return `
:root {
  color-scheme: light dark; ${light}
  --ink: #1a1d29; --soft: #5b6275; --paper: #ffffff; --wash: #f6f7fa; --card: #ffffff; --line: #e3e6ee;
  --shadow: 0 1px 2px rgb(20 26 60 / .05), 0 4px 16px rgb(20 26 60 / .05);
  --lifted: 0 2px 6px rgb(20 26 60 / .08), 0 12px 32px rgb(20 26 60 / .12);
  --grey: #f1f1f3; --blue: #eef1fd; --green: #e9f7ec; --red: #feeced; --yellow: #fff6d6;
  --grey-line: #8b8f9c; --blue-line: #5f70e6; --green-line: #2f8f52; --red-line: #c2354b; --yellow-line: #a87a00;
  --code: #f4f5f8; --mark: #fff0a8;
}
@media (prefers-color-scheme: dark) {
  :root {
    ${dark}
    --ink: #e8eaf2; --soft: #a3aabd; --paper: #12141c; --wash: #191c27; --card: #191c27; --line: #2d3243;
    --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 4px 16px rgb(0 0 0 / .2);
    --lifted: 0 2px 6px rgb(0 0 0 / .5), 0 12px 32px rgb(0 0 0 / .45);
    --grey: #23252e; --blue: #1c2344; --green: #16301f; --red: #3a1c22; --yellow: #352d12;
    --grey-line: #8b90a0; --blue-line: #8595ff; --green-line: #56c07c; --red-line: #f0788a; --yellow-line: #d8b13a;
    --code: #1d2130; --mark: #5a4a00;
  }
}
${pageRules}${listRules}${searchRules}${articleStyle}${printRules}`;
}

const pageRules = `
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  -webkit-font-smoothing: antialiased; text-rendering: optimizeLegibility;
}
a { color: var(--brand); text-underline-offset: .18em; text-decoration-thickness: .06em; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; border-radius: .3rem; }
header.top :focus-visible { outline-color: var(--head-ink); }
main:focus-visible { outline: none; }
.skip { position: absolute; top: -20rem; inset-inline-start: 1rem; }
.skip:focus { top: 1rem; z-index: 9; background: var(--paper); color: var(--brand); padding: .5rem 1rem; border-radius: .5rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wrap { width: 100%; max-width: 72rem; margin: 0 auto; padding: 0 clamp(1.1rem, 4vw, 2.5rem); }
@media (min-width: 1700px) { .wrap { max-width: 88rem; } }
header.top { background: var(--head); color: var(--head-ink); padding: 1rem 0 1.4rem; }
header.top .bar { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; min-height: 2.75rem; }
header.top a { color: inherit; }
.brand { display: inline-flex; align-items: center; gap: .7rem; font-weight: 650; font-size: 1.1rem; text-decoration: none; letter-spacing: -.01em; min-width: 0; }
.brand img { height: 2.25rem; max-width: 12rem; object-fit: contain; display: block; }
.initial {
  display: grid; place-items: center; flex: none; width: 2.25rem; height: 2.25rem; border-radius: .6rem; font-weight: 700;
  background: var(--head-ink); color: var(--head);
}
header.home { padding-bottom: 3.6rem; }
header.home h1 { font-size: clamp(1.75rem, 4.4vw, 2.75rem); line-height: 1.15; margin: clamp(1.6rem, 5vw, 3.4rem) 0 1.3rem; letter-spacing: -.025em; text-wrap: balance; }
nav.locales details { position: relative; }
nav.locales summary {
  display: flex; align-items: center; gap: .5rem; list-style: none; cursor: pointer; padding: .35rem .8rem; border-radius: 2rem;
  font-size: .92rem; border: 1px solid color-mix(in srgb, currentColor 35%, transparent);
}
nav.locales summary::-webkit-details-marker { display: none; }
nav.locales summary::after { content: ""; width: .42rem; height: .42rem; border: solid; border-width: 0 2px 2px 0; transform: translateY(-25%) rotate(45deg); }
nav.locales ul {
  position: absolute; inset-inline-end: 0; top: calc(100% + .4rem); z-index: 8; min-width: 11rem; max-height: 60vh; overflow: auto;
  margin: 0; padding: .4rem; list-style: none; background: var(--card); color: var(--ink); border: 1px solid var(--line);
  border-radius: .8rem; box-shadow: var(--lifted); font-size: .92rem;
}
nav.locales li a { display: block; padding: .4rem .7rem; border-radius: .5rem; text-decoration: none; white-space: nowrap; }
nav.locales li a:hover { background: var(--wash); }
nav.locales li a:focus-visible { outline-color: var(--brand); }
nav.locales [aria-current] { font-weight: 700; background: var(--tint); color: var(--brand); }
main { flex: 1; padding: 2rem 0 4rem; }
main.home { padding-top: 0; }
main.home > .wrap { margin-top: -2.1rem; }
h1 { font-size: clamp(1.65rem, 3.4vw, 2.25rem); line-height: 1.2; letter-spacing: -.022em; margin: .25rem 0 .5rem; text-wrap: balance; overflow-wrap: anywhere; }
h2, h3, h4, h5 { letter-spacing: -.012em; line-height: 1.3; }
.lead, .count { color: var(--soft); }
.lead { font-size: 1.1rem; margin: 0 0 1rem; max-width: 46rem; }
.count { font-size: .9rem; }
nav.trail ol { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem .55rem; margin: 0 0 1.4rem; padding: 0; font-size: .9rem; color: var(--soft); }
nav.trail li { display: flex; align-items: center; gap: .55rem; min-width: 0; overflow-wrap: anywhere; }
nav.trail li + li::before { content: ""; flex: none; width: .4rem; height: .4rem; border: solid var(--soft); border-width: 1.5px 1.5px 0 0; transform: rotate(45deg); }
[dir=rtl] nav.trail li + li::before { transform: rotate(-135deg); }
nav.trail a { color: inherit; text-decoration: none; }
nav.trail a:hover { color: var(--brand); text-decoration: underline; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .88rem; padding: 1.5rem 0 2rem; }
footer .wrap { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; justify-content: space-between; }
footer a { color: inherit; }
@media (prefers-reduced-motion: no-preference) {

  .fresh { animation: fresh .8s; }
}
.badge {
  display: inline-block; border: 1px solid; color: var(--ink); border-radius: 1rem;
  padding: 0 .55rem; font-size: .75rem; line-height: 1.5; font-weight: 600; letter-spacing: 0; vertical-align: middle; white-space: nowrap;
}
.note { color: var(--soft); font-size: .9rem; margin: .4rem 0; }
@keyframes fresh { from { background: var(--blue); } }
`;

const listRules = `
ul.cards { list-style: none; display: grid; gap: 1.1rem; grid-template-columns: minmax(0, 1fr); margin: 0 0 2rem; padding: 0; }
@media (min-width: 640px) { ul.cards { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (min-width: 1024px) { ul.cards { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
.card {
  position: relative; display: flex; flex-direction: column; border: 1px solid var(--line); border-radius: 1rem; padding: 1.4rem 1.4rem 1.15rem;
  background: var(--card); box-shadow: var(--shadow); transition: border-color .15s, box-shadow .15s; min-width: 0; overflow-wrap: anywhere;
}
.card:hover, .card:focus-within { border-color: var(--brand); box-shadow: var(--lifted); }
.card h2, .card h3 { margin: 1rem 0 .2rem; font-size: 1.1rem; }
.card p { margin: 0; color: var(--soft); font-size: .95rem; line-height: 1.5; }
.card > a { color: inherit; text-decoration: none; }
.card h2 a, .card h3 a { color: inherit; text-decoration: none; }
.card:hover h2 a, .card:hover h3 a { color: var(--brand); }
.card h2 a::after, .card h3 a::after { content: ""; position: absolute; inset: 0; border-radius: inherit; }
.card .foot { margin-top: auto; padding-top: 1rem; }
.foot { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem .6rem; font-size: .87rem; color: var(--soft); }
.icon { width: 2.75rem; height: 2.75rem; padding: .6rem; border-radius: .8rem; background: var(--tint); color: var(--brand); display: block; }
.avatars { display: inline-flex; flex: none; }
.avatar {
  display: grid; place-items: center; width: 1.7rem; height: 1.7rem; border-radius: 50%; font-size: .72rem; font-weight: 700;
  background: var(--tint); color: var(--brand); border: 2px solid var(--card);
}
.avatar + .avatar { margin-inline-start: -.55rem; }
section.shelf { margin: 2.2rem 0 0; }
section.shelf > h2 { margin: 0 0 .2rem; font-size: 1.25rem; overflow-wrap: anywhere; }
section.shelf > h2 a { color: inherit; text-decoration: none; }
section.shelf > h2 a:hover { color: var(--brand); }
section.shelf > p { margin: 0 0 .2rem; color: var(--soft); }
ul.rows {
  list-style: none; margin: .9rem 0 1.5rem; padding: .35rem; border: 1px solid var(--line); border-radius: 1rem;
  background: var(--card); box-shadow: var(--shadow);
}
ul.rows a {
  display: block; position: relative; padding: .8rem 2.6rem .8rem 1rem; padding-inline: 1rem 2.6rem; border-radius: .7rem; text-decoration: none;
  font-weight: 550; color: var(--ink); overflow-wrap: anywhere;
}
ul.rows a::after {
  content: ""; position: absolute; inset-inline-end: 1.15rem; top: 50%; width: .5rem; height: .5rem; border: solid var(--brand);
  border-width: 2px 2px 0 0; transform: translateY(-50%) rotate(45deg); opacity: .75;
}
[dir=rtl] ul.rows a::after { transform: translateY(-50%) rotate(-135deg); }
ul.rows a:hover { background: var(--tint); color: var(--brand); }
ul.rows .text { display: block; font-weight: 400; color: var(--soft); font-size: .92rem; }
`;

const searchRules = `
form.search { position: relative; max-width: 46rem; margin: .9rem 0 0; }
header.home form.search { margin: 0; }
form.search::before {
  content: ""; position: absolute; inset-inline-start: 1.15rem; top: 1.12rem; width: .85rem; height: .85rem; border: 2px solid var(--soft); border-radius: 50%; pointer-events: none;
}
form.search::after {
  content: ""; position: absolute; inset-inline-start: 1.98rem; top: 2.02rem; width: .5rem; height: 2px; background: var(--soft); transform: rotate(45deg); pointer-events: none;
}
[dir=rtl] form.search::after { transform: rotate(-45deg); }
form.search input {
  width: 100%; font: inherit; height: 3.25rem; padding: 0 3rem; border: 1px solid transparent; border-radius: .85rem;
  background: var(--paper); color: var(--ink); box-shadow: var(--shadow);
}
form.search input::placeholder { color: var(--soft); opacity: 1; }
form.search button { position: absolute; inset-inline-end: .5rem; top: .5rem; height: 2.25rem; font: inherit; font-size: .9rem; font-weight: 600; border: 0; border-radius: .6rem; padding: 0 .9rem; cursor: pointer; background: var(--tint); color: var(--brand); }
header.top form.search button:focus-visible { outline-color: var(--brand); }
.suggestions {
  position: absolute; z-index: 7; inset-inline: 0; top: calc(100% + .4rem); margin: 0; padding: .4rem; list-style: none; background: var(--card); color: var(--ink);
  border: 1px solid var(--line); border-radius: .9rem; box-shadow: var(--lifted); max-height: 60vh; overflow: auto;
}
.suggestions li { padding: .55rem .8rem; border-radius: .6rem; cursor: pointer; }
.suggestions li:hover, .suggestions [aria-selected=true] { background: var(--tint); }
.suggestions strong { display: block; font-weight: 600; }
.suggestions span { display: block; color: var(--soft); font-size: .88rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
mark { background: var(--mark); color: var(--ink); border-radius: .2rem; padding: 0 .1em; }
ul.hits { list-style: none; margin: 1rem 0; padding: 0; max-width: 52rem; }
ul.hits li { position: relative; padding: 1.1rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
ul.hits h2 { margin: 0 0 .25rem; font-size: 1.1rem; }
ul.hits a { text-decoration: none; }
ul.hits a:hover { text-decoration: underline; }
ul.hits p { margin: 0; color: var(--soft); font-size: .95rem; }
ul.hits p.count { margin-top: .3rem; font-size: .85rem; }
`;

const printRules = `
@media print {
  header.top, nav.trail, details.contents, .feedback, .related, footer, .enlarge, .skip { display: none !important; }
  body { background: #fff; color: #000; font-size: 11pt; }
  main { padding: 0; }
  .reading { display: block; }
  article { max-width: none; }
  article a { color: inherit; }
  article a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .85em; }
  h2, h3, h4, h5 { break-after: avoid; }
  pre, tr, img, .callout { break-inside: avoid; }
}
`;
