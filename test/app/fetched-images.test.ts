import { expect, test } from 'vitest';
import { fetchImages } from '../../src/engine/fetch-images.ts';
import type { ImageSource, LocalSide } from '../../src/engine/ports.ts';
import type { Planned } from '../../src/plan/make-plan.ts';
import { openScene } from '../helpers/settle.ts';
import { article } from '../helpers/worlds.ts';

const never = new AbortController().signal;
const host = 'https://downloads.intercomcdn.com/i/o/1';

/** Images of a thousand bytes, each another one. */
const thousands: ImageSource = {
  fetch: async (url) => {
    const bytes = new Uint8Array(1000);
    bytes.set([0x89, 0x50, 0x4e, 0x47, ...new TextEncoder().encode(url)]);
    return { ok: true, bytes };
  },
};
const drawings: ImageSource = {
  fetch: async () => ({ ok: true, bytes: new TextEncoder().encode('<svg/>') }),
};
const local = { digestOf: (bytes: Uint8Array) => Buffer.from(bytes).toString('hex') } as LocalSide;

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

/** A pull of one article that shows nine images. */
async function planWithImages(): Promise<Planned> {
  const scene = openScene({ base: {}, local: {}, remote: { shots: article({ title: 'Shots' }) } });
  const [stored] = scene.inner.operator.articles();
  scene.inner.operator.editArticle(stored?.id ?? 0, {
    storedBody: names
      .map((name) => `<p><img src="${host}/${name}.png?expires=1&amp;signature=hush"></p>`)
      .join(''),
  });
  return scene.folder.plan('pull');
}

test('images of one run are fetched up to a sum, and those beyond it are named', async () => {
  const planned = await planWithImages();
  const { incoming, planned: after } = await fetchImages(planned, thousands, local, never, 3500);
  expect([...incoming.keys()]).toEqual(['images/a.png', 'images/b.png', 'images/c.png']);
  const told = after.plan.problems.filter((one) => one.code === 'IMAGE_NOT_FETCHED');
  expect(told.map((one) => /\/(\w)\.png could not/.exec(one.message)?.[1])).toEqual(names.slice(3));
  expect(told[0]?.message).toMatch(/the images of one run may come to .* and this one is beyond that/);
  expect(JSON.stringify(after.plan)).not.toContain('hush');
});

test('what is no image of a kind that articles can show is named, too', async () => {
  const { incoming, planned } = await fetchImages(await planWithImages(), drawings, local, never);
  expect([...incoming]).toEqual([]);
  expect(planned.plan.problems[0]?.message).toMatch(/fetched: it is none of PNG, JPEG, GIF and WebP\./);
});
