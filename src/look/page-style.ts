import { createHash } from 'node:crypto';

/** The style of all public pages: no font, picture or script comes from elsewhere. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ink: #1b2030; --soft: #5c6478; --paper: #ffffff; --wash: #f5f6fa; --card: #ffffff; --line: #e2e5ee;
  --brand: #334bfa; --brand-ink: #ffffff; --head: #22307a; --head-ink: #ffffff;
  --tint: #eaedff; --shadow: 0 1px 2px rgb(20 26 60 / .06), 0 6px 20px rgb(20 26 60 / .06);
  --grey: #f1f1f2; --blue: #eef1fd; --green: #e9f7ec; --red: #feeced; --yellow: #fff6d6;
  --grey-line: #c9cad1; --blue-line: #9aa6f8; --green-line: #86d3a0; --red-line: #f79aa8; --yellow-line: #ecc94b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9ebf3; --soft: #a2a9bd; --paper: #12141c; --wash: #1a1d28; --card: #191c27; --line: #2c3142;
    --brand: #93a1ff; --brand-ink: #10131f; --head: #1b2145; --head-ink: #f3f4fb;
    --tint: #232a52; --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 6px 20px rgb(0 0 0 / .25);
    --grey: #23252e; --blue: #1c2344; --green: #16301f; --red: #3a1c22; --yellow: #352d12;
    --grey-line: #4d505c; --blue-line: #5264d6; --green-line: #2f8a50; --red-line: #b04556; --yellow-line: #98801d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.65 Inter, system-ui, sans-serif; -webkit-font-smoothing: antialiased; }
a { color: var(--brand); text-underline-offset: .18em; }
a:focus-visible, input:focus-visible, button:focus-visible, summary:focus-visible, .table:focus-visible {
  outline: 3px solid var(--brand); outline-offset: 2px; border-radius: 4px;
}
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; }
.wrap { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header.top {
  background: radial-gradient(60rem 22rem at 85% -40%, rgb(120 140 255 / .45), transparent 70%), var(--head);
  color: var(--head-ink); padding: 1.25rem 0 2.25rem;
}
header.top .bar { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; }
header.top a { color: inherit; }
.brand { font-weight: 700; font-size: 1.15rem; text-decoration: none; letter-spacing: -.01em; }
nav.locales ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; font-size: .9rem; }
nav.locales a { text-decoration: none; padding: .2rem .7rem; border-radius: 1rem; }
nav.locales a:hover { background: rgb(255 255 255 / .12); }
nav.locales [aria-current] { font-weight: 700; background: rgb(255 255 255 / .18); }
form.search { display: flex; gap: .5rem; margin-top: 1.25rem; }
form.search input {
  flex: 1; min-width: 0; font: inherit; padding: .8rem 1.1rem; border: 1px solid transparent; border-radius: .8rem;
  background: var(--paper); color: var(--ink); box-shadow: var(--shadow);
}
form.search button, .button {
  font: inherit; font-weight: 600; border: 0; border-radius: .8rem; padding: .8rem 1.3rem; cursor: pointer;
  background: var(--brand); color: var(--brand-ink);
}
main { padding: 2rem 0 4rem; }
h1 { font-size: clamp(1.7rem, 4vw, 2.3rem); line-height: 1.2; letter-spacing: -.02em; margin: .25rem 0 .5rem; text-wrap: balance; }
h2, h3, h4, h5 { letter-spacing: -.01em; line-height: 1.3; margin: 2rem 0 .5rem; scroll-margin-top: 1rem; }
.lead, .meta, .count { color: var(--soft); }
.lead { font-size: 1.1rem; margin: 0 0 1rem; }
.meta, .count { font-size: .9rem; }
nav.trail ol { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem .5rem; margin: 0 0 1rem; padding: 0; font-size: .9rem; color: var(--soft); }
nav.trail li + li::before { content: "/"; margin-right: .5rem; }
ul.cards { list-style: none; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); margin: 1.5rem 0; padding: 0; }
.card { position: relative; height: 100%; border: 1px solid var(--line); border-radius: 1rem; padding: 1.35rem; background: var(--card); box-shadow: var(--shadow); }
.card:hover { border-color: var(--brand); }
@media (prefers-reduced-motion: no-preference) {
  .card { transition: transform .15s, border-color .15s; }
  .card:hover { transform: translateY(-2px); }
}
.card h2, .card h3 { margin: .9rem 0 .25rem; font-size: 1.08rem; }
.card p { margin: .25rem 0; color: var(--soft); font-size: .95rem; line-height: 1.55; }
.card p.count { margin-top: .6rem; font-size: .85rem; font-weight: 600; }
.card a { color: inherit; text-decoration: none; }
.card:hover a { color: var(--brand); }
.card a::after { content: ""; position: absolute; inset: 0; border-radius: inherit; }
.icon { width: 2.75rem; height: 2.75rem; padding: .6rem; border-radius: .8rem; background: var(--tint); color: var(--brand); display: block; }
ul.rows {
  list-style: none; margin: 1rem 0; padding: 0; border: 1px solid var(--line); border-radius: 1rem; overflow: hidden;
  background: var(--card); box-shadow: var(--shadow);
}
ul.rows li + li { border-top: 1px solid var(--line); }
ul.rows a { display: block; position: relative; padding: .95rem 2.6rem .95rem 1.25rem; text-decoration: none; font-weight: 600; color: var(--ink); }
ul.rows a::after {
  content: ""; position: absolute; inset-inline-end: 1.35rem; top: 50%; width: .5rem; height: .5rem; border: solid var(--soft);
  border-width: 2px 2px 0 0; transform: translateY(-50%) rotate(45deg); opacity: .6;
}
[dir=rtl] ul.rows a::after { transform: translateY(-50%) rotate(-135deg); }
ul.rows a:hover { background: var(--wash); color: var(--brand); }
ul.rows span { display: block; font-weight: 400; color: var(--soft); font-size: .92rem; }
article { max-width: 46rem; overflow-wrap: break-word; }
article img { max-width: 100%; height: auto; border-radius: .5rem; }
article pre { background: var(--wash); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; overflow-x: auto; }
article code { font: .92em ui-monospace, monospace; }
article :not(pre) > code { background: var(--wash); border-radius: .3rem; padding: .1em .35em; }
article blockquote { border-inline-start: 4px solid var(--line); margin-inline: 0; padding-inline-start: 1rem; }
article hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
article li > p { margin: .25rem 0; }
article p.tight { margin: 0; }
.table { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; min-width: 60%; }
td { border: 1px solid var(--line); padding: .5rem .75rem; vertical-align: top; }
td > p { margin: 0; }
.callout { border: 1px solid; border-radius: .7rem; padding: .25rem 1.1rem; margin: 1.25rem 0; }
.grey { background: var(--grey); border-color: var(--grey-line); }
.blue { background: var(--blue); border-color: var(--blue-line); }
.green { background: var(--green); border-color: var(--green-line); }
.red { background: var(--red); border-color: var(--red-line); }
.yellow { background: var(--yellow); border-color: var(--yellow-line); }
td.grey, td.blue, td.green, td.red, td.yellow { border-color: var(--line); }
details { border: 1px solid var(--line); border-radius: .7rem; padding: .5rem 1.1rem; margin: 1rem 0; }
summary { cursor: pointer; }
summary > * { display: inline; }
.button { display: inline-block; text-decoration: none; }
.block { margin: 1.25rem 0; }
.align-center { text-align: center; }
.align-right { text-align: end; }
.align-justify { text-align: justify; }
.missing, .video {
  display: grid; place-items: center; min-height: 7rem; padding: 1rem; border: 2px dashed var(--line); border-radius: .7rem;
  color: var(--soft); background: var(--wash);
}
.video { min-height: 12rem; border-style: solid; text-decoration: none; margin: 1.25rem 0; font-weight: 600; }
.video::before { content: "\\25B6"; font-size: 2rem; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .88rem; padding: 1.25rem 0 2rem; }
`;

/** Nothing is loaded, framed or run; the one style is allowed by its digest. */
export const contentPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
