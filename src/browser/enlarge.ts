import { make, pageData } from './page-data.ts';

/** A picture that is shown no larger than this is as large as it gets. */
const small = 160;

/** Puts a button that opens it large beside every picture and table of the text. */
export function enlargeable(): void {
  for (const shown of document.querySelectorAll<HTMLElement>('article img, article .table')) {
    if (shown.closest('a, button, td, .figure') !== null) continue;
    const put = (): void => {
      if (shown instanceof HTMLImageElement && Math.max(shown.width, shown.naturalWidth) <= small) return;
      if (shown.closest('.figure') !== null) return;
      const figure = make(shown.tagName === 'IMG' ? 'span' : 'div', { class: 'figure' });
      shown.replaceWith(figure);
      const label = pageData?.words.open ?? '';
      figure.append(
        shown,
        make('button', { class: 'enlarge', type: 'button', 'aria-label': label, title: label }),
      );
    };
    if (shown instanceof HTMLImageElement && !shown.complete)
      shown.addEventListener('load', put, { once: true });
    else put();
  }
}

/** Opens what belongs to such a button in a window over the page. */
export function openDialog(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const figure = target?.closest('button.enlarge, .figure > img')?.closest('.figure') ?? null;
    const shown = figure?.querySelector('img, .table') ?? null;
    if (shown === null) return;
    const label = pageData?.words.close ?? '';
    const close = make('button', { class: 'close', type: 'button', 'aria-label': label, title: label });
    const copy = shown.cloneNode(true);
    const dialog = make('dialog', { class: 'large', 'aria-label': pageData?.words.open ?? '' }, [
      close,
      copy,
    ]);
    dialog.addEventListener('click', (inner) => {
      if (
        inner.target === dialog ||
        inner.target === close ||
        (inner.target === copy && copy instanceof HTMLImageElement)
      )
        dialog.close();
    });
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
}
