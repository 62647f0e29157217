import { createHash } from 'node:crypto';
import { pageStyle } from '../look/page-style.ts';

/** The public pages' own style, and what only a preview has. */
export const previewStyle = `${pageStyle}
.badge {
  display: inline-block; border: 1px solid var(--yellow-line); background: var(--yellow); color: var(--ink);
  border-radius: 1rem; padding: 0 .6rem; font-size: .8rem; font-weight: 600; margin-inline-start: .5rem; vertical-align: middle;
}
.badge.red { border-color: var(--red-line); background: var(--red); }
ul.rows span.badge { display: inline-block; font-size: .8rem; color: var(--ink); font-weight: 600; }
.source { font-size: .85rem; overflow-wrap: anywhere; margin: .75rem 0 1.5rem; }
.source a, .source code {
  display: inline-block; font-family: ui-monospace, monospace; color: var(--soft); text-decoration: none;
  border: 1px solid var(--line); border-radius: .5rem; padding: .15rem .6rem; background: var(--wash);
}
.source a:hover { color: var(--brand); border-color: var(--brand); }
#problems { position: sticky; bottom: 0; }
.problems {
  margin: 0; border: 0; border-top: 3px solid var(--red-line); border-radius: 0;
  background: var(--paper); padding: .6rem 1.25rem; max-height: 45vh; overflow: auto; box-shadow: 0 -4px 18px rgb(0 0 0 / .15);
}
.problems summary { font-weight: 700; }
.problems ul { margin: .5rem 0; padding-inline-start: 1.2rem; }
.problems li { margin: .35rem 0; overflow-wrap: anywhere; }
.problems .hint { color: var(--soft); }
.problems a, .problems code { font: .92em ui-monospace, monospace; }
.tabs { margin: 0 0 1rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.gone { color: var(--soft); }
@media (prefers-reduced-motion: no-preference) { .fresh { animation: fresh .8s; } }
@keyframes fresh { from { background: var(--blue); } }
@media print { .problems, header.top { display: none; } }
`;

/**
 * The page's one script: fetches the page again when the folder changed and puts in what is different, so that the
 * place where somebody reads stays where it is.
 */
export const previewScript = `
const said = document.getElementById('said');
async function refresh() {
  const answer = await fetch(location.href, { cache: 'no-store' });
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  document.title = fresh.title;
  let changed = false;
  for (const id of ['top', 'content', 'problems']) {
    const here = document.getElementById(id);
    const there = fresh.getElementById(id);
    if (here === null || there === null || here.innerHTML === there.innerHTML) continue;
    if (id === 'top' && here.contains(document.activeElement)) continue;
    const open = [...here.querySelectorAll('details')].map((one) => one.open);
    here.replaceChildren(...there.childNodes);
    here.querySelectorAll('details').forEach((one, at) => { if (open[at] !== undefined) one.open = open[at]; });
    if (id === 'content') { here.classList.remove('fresh'); void here.offsetWidth; here.classList.add('fresh'); }
    changed = true;
  }
  if (changed) said.textContent = 'The page was updated.';
}
const source = new EventSource('/events');
let version = document.documentElement.dataset.version;
source.addEventListener('version', (event) => {
  if (version !== event.data) refresh();
  version = event.data;
});
addEventListener('keydown', (event) => {
  const field = document.querySelector('input[type=search]');
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || field === null) return;
  if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  event.preventDefault();
  field.focus();
});
`;

const digestOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing comes from elsewhere; the one style and the one script are allowed by their digests. */
export const previewPolicy = [
  "default-src 'none'",
  `style-src ${digestOf(previewStyle)}`,
  `script-src ${digestOf(previewScript)}`,
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
