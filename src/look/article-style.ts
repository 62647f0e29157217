/** The style of an article's page and of what its text may hold. */
export const articleStyle = `
.reading { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 3.5rem; align-items: start; }
.reading > * { min-width: 0; }
article, .feedback, .related { max-width: 46rem; }
article { overflow-wrap: break-word; font-size: 1.03rem; line-height: 1.65; }
@media (min-width: 1700px) { article, .feedback, .related { max-width: 52rem; } }
.byline { display: flex; align-items: center; gap: .7rem; margin: 1rem 0 1.8rem; font-size: .9rem; color: var(--soft); line-height: 1.4; }
.byline .avatar { width: 2.4rem; height: 2.4rem; font-size: .95rem; border: 0; flex: none; }
.byline p { margin: 0; }
.byline strong { font-weight: 600; color: var(--ink); }
details.contents { border: 1px solid var(--line); border-radius: .9rem; padding: .7rem 1.1rem; margin: 0 0 1.5rem; background: var(--wash); font-size: .92rem; }
details.contents summary { font-weight: 650; cursor: pointer; }
details.contents ol { list-style: none; margin: .6rem 0 .3rem; padding: 0; }
details.contents a { display: block; padding: .28rem .8rem; color: var(--soft); text-decoration: none; border-inline-start: 2px solid var(--line); overflow-wrap: anywhere; }
details.contents a:hover { color: var(--ink); }
details.contents .l3 a { padding-inline-start: 1.6rem; }
details.contents .l4 a { padding-inline-start: 2.4rem; }
details.contents [aria-current] { color: var(--brand); border-color: var(--brand); font-weight: 600; }
@media (min-width: 1100px) {
  .reading.has-contents { grid-template-columns: minmax(0, 1fr) minmax(14rem, 17rem); }
  .has-contents details.contents {
    grid-column: 2; grid-row: 1; position: sticky; top: 1.5rem; max-height: calc(100vh - 6rem); overflow: auto; border: 0; background: none; padding: .3rem 0 0; margin: 0;
  }
  details.contents summary { list-style: none; cursor: default; pointer-events: none; }
  details.contents summary::-webkit-details-marker { display: none; }
}
article h2, article h3, article h4, article h5, article h6 { margin: .9rem 0 .2rem; overflow-wrap: anywhere; }
article h2 { font-size: 1.45rem; }
article h3 { font-size: 1.2rem; }
article h4, article h5, article h6 { font-size: 1.05rem; }
article p { margin: 0 0 1rem; }
article p.tight { margin: 0; }
article p.tight:has(> br:only-child) { line-height: 1.1; }
article img { max-width: 100%; height: auto; border-radius: .6rem; vertical-align: middle; }
article pre { background: var(--code); border: 1px solid var(--line); border-radius: .7rem; padding: 1rem 1.1rem; overflow-x: auto; line-height: 1.5; font-size: .95rem; margin: .6rem 0; }
article code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
article :not(pre) > code { background: var(--code); border: 1px solid var(--line); border-radius: .35rem; padding: .08em .35em; overflow-wrap: anywhere; }
article blockquote { border-inline-start: 4px solid var(--line); margin: .6rem 0; padding-inline-start: 1rem; color: var(--soft); }
article hr { border: 0; border-top: 1px solid var(--line); margin: 1.8rem 0; }
article ul, article ol { padding-inline-start: 1.6rem; margin: .3rem 0; }
article li { margin: .25rem 0; }
article li > p { margin: 0; }
.table { overflow-x: auto; margin: .6rem 0; }
table { border-collapse: collapse; min-width: 60%; }
td { border: 1px solid var(--line); padding: .5rem .8rem; vertical-align: top; overflow-wrap: normal; }
td > p { margin: 0; }
.callout { position: relative; border: 1px solid; border-inline-start-width: 4px; border-radius: .7rem; padding: .8rem 1.1rem; padding-inline-start: 3rem; margin: .8rem 0; }
.callout > :last-child { margin-bottom: 0; }
.sign { position: absolute; inset-inline-start: .95rem; top: .95rem; width: 1.3rem; height: 1.3rem; }
.grey { background: var(--grey); border-color: var(--grey-line); }
.blue { background: var(--blue); border-color: var(--blue-line); }
.green { background: var(--green); border-color: var(--green-line); }
.red { background: var(--red); border-color: var(--red-line); }
.yellow { background: var(--yellow); border-color: var(--yellow-line); }
.grey > .sign { color: var(--grey-line); }
.blue > .sign { color: var(--blue-line); }
.green > .sign { color: var(--green-line); }
.red > .sign { color: var(--red-line); }
.yellow > .sign { color: var(--yellow-line); }
td.grey, td.blue, td.green, td.red, td.yellow { border-color: var(--line); }
article details { border: 1px solid var(--line); border-radius: .7rem; padding: .7rem 1.1rem; margin: .8rem 0; }
article summary { cursor: pointer; font-weight: 600; }
article summary > * { display: inline; }
.button { display: inline-block; text-decoration: none; font-weight: 600; border-radius: .7rem; padding: .65rem 1.3rem; background: var(--brand); color: var(--brand-ink); }
.block { margin: .8rem 0; }
.align-center { text-align: center; }
.align-right { text-align: end; }
.align-justify { text-align: justify; }
.missing, .video {
  display: grid; place-items: center; min-height: 7rem; padding: 1rem; border: 2px dashed var(--line); border-radius: .7rem;
  color: var(--soft); background: var(--wash); overflow-wrap: anywhere;
}
.video { aspect-ratio: 16 / 9; border-style: solid; text-decoration: none; margin: .8rem 0; font-weight: 600; align-content: center; gap: .5rem; }
.video::before { content: ""; width: 4rem; height: 4rem; border-radius: 50%; background: var(--brand); clip-path: path("M32 0a32 32 0 1 0 .01 0zM25 19l22 13-22 13z"); }
.figure { display: block; position: relative; }
span.figure { display: inline-block; max-width: 100%; }
.figure > img { cursor: zoom-in; }
.enlarge, .close {
  width: 2.1rem; height: 2.1rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); color: var(--ink); cursor: pointer; padding: 0; box-shadow: var(--shadow);
}
.enlarge { position: absolute; inset-inline-end: .5rem; top: .5rem; opacity: 0; transition: opacity .15s; }
.figure:hover > .enlarge, .enlarge:focus-visible { opacity: 1; }
@media (hover: none) { .enlarge { opacity: .9; } }
.enlarge::before { content: ""; display: block; width: .8rem; height: .8rem; margin: auto; background: currentColor; clip-path: polygon(0 0, 60% 0, 0 60%, 0 0, 100% 100%, 40% 100%, 100% 40%, 100% 100%); }
dialog.large { border: 1px solid var(--line); border-radius: 1rem; padding: 3.2rem 1.2rem 1.2rem; max-width: 96vw; max-height: 96vh; background: var(--paper); color: var(--ink); overflow: auto; box-shadow: var(--lifted); }
dialog.large::backdrop { background: rgb(10 12 20 / .7); }
dialog.large img { display: block; max-width: 100%; height: auto; cursor: zoom-out; margin: 0 auto; }
dialog.large .table { margin: 0; overflow: visible; }
.close { position: absolute; inset-inline-end: .7rem; top: .7rem; }
.close::before { content: "\\00d7"; font-size: 1.4rem; line-height: 1; }
.feedback { margin: 2.8rem 0 0; padding: 1.3rem; border-radius: 1rem; background: var(--wash); text-align: center; }
.feedback h2 { margin: 0 0 .6rem; font-size: 1rem; font-weight: 550; }
.feedback button { font-size: 1.7rem; line-height: 1; border: 0; background: none; padding: .3rem .5rem; cursor: not-allowed; filter: saturate(.75); }
.feedback p { margin: .5rem 0 0; font-size: .82rem; color: var(--soft); }
.related { margin-top: 2.4rem; }
.related h2 { font-size: 1.15rem; margin: 0; }
`;
