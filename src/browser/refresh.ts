/* A preview follows the files: the page is fetched anew when they changed, and what is different is put in, so that the
   place where somebody reads stays where it is. */

const parts = ['top', 'content', 'tools'];

/** Calls back when something was put in; gives what tells of every change of the folder. */
export function keepFresh(changed: () => void): EventTarget {
  const news = new EventTarget();
  const root = document.documentElement;
  if (root.dataset['version'] === undefined) return news;
  let version = root.dataset['version'];
  let shown = partsOf(document);
  const refresh = async (): Promise<void> => {
    const answer = await fetch(location.href, { cache: 'no-store' });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    document.title = fresh.title;
    const there = partsOf(fresh);
    const different = parts.filter((id) => there.get(id) !== shown.get(id)).filter((id) => putIn(id, fresh));
    shown = new Map(
      [...there].map(([id, text]) => [id, different.includes(id) ? text : (shown.get(id) ?? text)]),
    );
    news.dispatchEvent(new Event('change'));
    if (different.length === 0) return;
    changed();
    const said = document.getElementById('said');
    if (said !== null) said.textContent = 'The page was updated.';
  };
  new EventSource('/events').addEventListener('version', (event: MessageEvent<string>) => {
    if (version !== event.data) void refresh();
    version = event.data;
  });
  return news;
}

/** As the server wrote them, before this script has put anything in. */
const partsOf = (page: Document): Map<string, string> =>
  new Map(parts.map((id) => [id, page.getElementById(id)?.innerHTML ?? '']));

function putIn(id: string, fresh: Document): boolean {
  const here = document.getElementById(id);
  const there = fresh.getElementById(id);
  if (here === null || there === null || (id === 'top' && here.contains(document.activeElement)))
    return false;
  const open = [...here.querySelectorAll('details')].map((one) => one.open);
  here.replaceChildren(...there.childNodes);
  here.querySelectorAll('details').forEach((one, at) => {
    const before = open[at];
    if (before !== undefined) one.open = before;
  });
  if (id === 'content') {
    here.classList.remove('fresh');
    void here.offsetWidth;
    here.classList.add('fresh');
  }
  return true;
}
