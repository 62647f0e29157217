/** Below this width the table of contents stands above the text and begins folded. */
const narrow = '(max-width: 1099px)';

let stop = new AbortController();

/** Marks in the table of contents where somebody reads. */
export function followContents(): void {
  stop.abort();
  stop = new AbortController();
  const box = document.querySelector<HTMLDetailsElement>('details.contents');
  if (box === null) return;
  const width = matchMedia(narrow);
  box.open = !width.matches;
  width.addEventListener('change', () => (box.open = !width.matches), { signal: stop.signal });
  const rows = [...box.querySelectorAll<HTMLAnchorElement>('a')].flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading === null ? [] : [{ link, heading }];
  });
  let isDue = false;
  const mark = (): void => {
    isDue = false;
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 4 && scrollY > 0;
    const passed = rows.filter(({ heading }) => heading.getBoundingClientRect().top <= 130);
    const current = atEnd ? rows.at(-1) : passed.at(-1);
    for (const row of rows) {
      if (row === current) row.link.setAttribute('aria-current', 'true');
      else row.link.removeAttribute('aria-current');
    }
  };
  const later = (): void => {
    if (!isDue) requestAnimationFrame(mark);
    isDue = true;
  };
  addEventListener('scroll', later, { passive: true, signal: stop.signal });
  addEventListener('resize', later, { passive: true, signal: stop.signal });
  mark();
}
