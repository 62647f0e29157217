import type { SearchDocument } from '../look/search-document.ts';
import { make, pageData } from './page-data.ts';
import { openSearch, type Hit, type Marked, type Search } from './search.ts';

/** More than these are for the page of results. */
const mostSuggested = 6;

let opened: Promise<Search> | null = null;

const search = (): Promise<Search> =>
  (opened ??= loadDocuments(pageData?.documents ?? '').then((documents) =>
    openSearch(documents, pageData?.locale ?? 'en'),
  ));

/** Answers while somebody types: below the field, with the arrow keys to choose. */
export function openSearchBox(refreshed: EventTarget): void {
  refreshed.addEventListener('change', () => {
    opened = null;
    void showResults();
  });
  document.addEventListener('focusin', ({ target }) => {
    if (isField(target)) void search();
  });
  document.addEventListener('input', ({ target }) => {
    if (isField(target)) void suggest(target);
  });
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    const isInside = relatedTarget instanceof Element && relatedTarget.closest('form.search') !== null;
    if (isField(target) && !isInside) close(target);
  });
  document.addEventListener('keydown', (event) => {
    if (isField(event.target)) chooseByKey(event, event.target);
    else if (
      event.key === '/' &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey &&
      !isTyping(event.target)
    ) {
      event.preventDefault();
      document.querySelector<HTMLInputElement>('form.search input')?.focus();
    }
  });
}

/** Fills the page of results, where this is one. */
export async function showResults(): Promise<void> {
  const place = document.getElementById('results');
  if (place === null || pageData === null) return;
  const phrase = new URLSearchParams(location.search).get('q')?.trim() ?? '';
  for (const field of document.querySelectorAll<HTMLInputElement>('form.search input'))
    if (field !== document.activeElement) field.value = phrase;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav.locales a'))
    link.search = `?q=${encodeURIComponent(phrase)}`;
  const hits = phrase === '' ? [] : (await search())(phrase);
  const found =
    hits.length > 0 ? `${counted(hits.length)} · “${phrase}”` : pageData.words.none.replace('{}', phrase);
  place.replaceChildren(
    make('p', { class: 'count', role: 'status' }, phrase === '' ? [] : [found]),
    ...(hits.length === 0 ? [] : [make('ul', { class: 'hits' }, hits.map(row))]),
  );
}

function row({ document, title, snippet }: Hit): HTMLElement {
  const link = make('a', { href: addressOf(document) }, written(title));
  const trail =
    document.trail.length === 0 ? [] : [make('p', { class: 'count' }, [document.trail.join(' › ')])];
  return make('li', {}, [make('h2', {}, [link]), make('p', {}, written(snippet)), ...trail]);
}

async function suggest(field: HTMLInputElement): Promise<void> {
  const phrase = field.value.trim();
  if (phrase === '') {
    close(field);
    return;
  }
  const hits = (await search())(phrase).slice(0, mostSuggested);
  if (field.value.trim() !== phrase || field !== document.activeElement) return;
  close(field);
  if (hits.length === 0) return;
  const options = hits.map(({ document, title, snippet }, at) => {
    const texts = [make('strong', {}, written(title)), make('span', {}, written(snippet))];
    const option = make('li', { role: 'option', id: `hit-${at}`, 'data-href': addressOf(document) }, texts);
    // Before the field loses the focus, which closes the list.
    option.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      location.href = addressOf(document);
    });
    return option;
  });
  const label = field.getAttribute('aria-label') ?? '';
  field.form?.append(
    make('ul', { class: 'suggestions', id: 'suggestions', role: 'listbox', 'aria-label': label }, options),
  );
  field.setAttribute('aria-expanded', 'true');
  field.setAttribute('aria-controls', 'suggestions');
}

function close(field: HTMLInputElement): void {
  document.getElementById('suggestions')?.remove();
  field.setAttribute('aria-expanded', 'false');
  field.removeAttribute('aria-controls');
  field.removeAttribute('aria-activedescendant');
}

function chooseByKey(event: KeyboardEvent, field: HTMLInputElement): void {
  const options = [...document.querySelectorAll<HTMLElement>('#suggestions > li')];
  if (event.key === 'Escape' && options.length > 0) {
    event.preventDefault();
    close(field);
    return;
  }
  const current = options.findIndex((one) => one.id === field.getAttribute('aria-activedescendant'));
  const chosen = options[current];
  if (event.key === 'Enter' && chosen !== undefined) {
    event.preventDefault();
    location.href = chosen.dataset['href'] ?? '';
    return;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || options.length === 0) return;
  event.preventDefault();
  const next =
    options[
      (current === -1 && step === -1 ? options.length - 1 : current + step + options.length) % options.length
    ];
  for (const one of options) one.setAttribute('aria-selected', String(one === next));
  if (next === undefined) return;
  field.setAttribute('aria-activedescendant', next.id);
  next.scrollIntoView({ block: 'nearest' });
}

const written = (text: Marked): (Node | string)[] =>
  text.map((one) => (one.isMarked ? make('mark', {}, [one.text]) : one.text));

const addressOf = ({ address }: SearchDocument): string => `${pageData?.root ?? ''}${address}`;

const isField = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement && target.type === 'search';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

function counted(count: number): string {
  const { locale = 'en', words } = pageData ?? {};
  const forms = new Map(
    (words?.articles ?? '').split(';').map((form) => form.split('=') as [string, string]),
  );
  const form = forms.get(new Intl.PluralRules(locale).select(count)) ?? forms.get('other') ?? '{}';
  return form.replace('{}', new Intl.NumberFormat(locale).format(count));
}

/** A page that was opened as a file may load scripts beside it, and nothing else. */
function loadDocuments(address: string): Promise<readonly SearchDocument[]> {
  if (!address.endsWith('.js'))
    return fetch(address).then((answer) => answer.json() as Promise<readonly SearchDocument[]>);
  return new Promise((done, fail) => {
    const script = make('script', { src: address });
    script.addEventListener('load', () =>
      done((globalThis as { shelfmarkDocuments?: readonly SearchDocument[] }).shelfmarkDocuments ?? []),
    );
    script.addEventListener('error', () => fail(new Error(`${address} could not be loaded.`)));
    document.head.append(script);
  });
}
