import { storedPath } from '../state/images.ts';
import { printPageBody, type PageBody } from '../../look/page-body.ts';
import { wordsOf } from '../../look/words.ts';
import type { World } from '../state/world.ts';

/** A stored body as the public page shows it. */
export function pageBody(world: World, body: string, root: string, locale: string): PageBody {
  return printPageBody(body, {
    root,
    picture(source) {
      const path = storedPath(world, source);
      const stored = path === null ? undefined : world.images.get(path);
      const shown = stored === undefined || stored.bytes === null ? null : stored.path;
      return { shown, name: stored?.source.split('/').at(-1) ?? 'Picture' };
    },
    tableLabel: wordsOf(locale).table,
    anchor: (id) => (id !== null && /^h_[0-9a-f]{10}$/.test(id) ? id : null),
  });
}
