import { expect } from 'vitest';
import { article, collection } from '../../helpers/worlds.ts';
import { guides, install, text, usual, withInstall, type Rows } from './row.ts';

const third = collection();
const three = { ...usual, third };
const inMore = { ...usual, install: article({ in: 'more' }) };
const subject = 'install';
const nest = {
  alpha: collection(),
  beta: collection(),
  page: article({ in: 'alpha' }),
  leaf: article({ in: 'beta' }),
};

export const moveRows: Rows = {
  M1: { subject, base: usual, local: inMore, remote: usual },
  M2: { subject, base: usual, local: usual, remote: inMore },
  M3: { subject, base: usual, local: inMore, remote: inMore },
  M4: {
    subject,
    base: three,
    local: { ...inMore, third },
    remote: { ...three, install: article({ in: 'third' }) },
  },
  M5: {
    subject,
    base: three,
    local: { ...inMore, third },
    remote: { ...three, install: article({ in: 'third' }) },
    policy: { conflicts: 'local' },
  },
  M6: {
    subject,
    base: three,
    local: { ...inMore, third },
    remote: { ...three, install: article({ in: 'third' }) },
    policy: { conflicts: 'remote' },
  },
  M7: { subject, base: usual, local: { ...usual, install: article() }, remote: usual },
  M8: { subject, base: usual, local: usual, remote: { ...usual, install: article() } },
  M9: { subject, base: usual, local: inMore, remote: { guides, install, plain: article({ in: 'guides' }) } },
  M10: {
    subject,
    base: usual,
    local: { ...usual, fresh: collection(), install: article({ in: 'fresh' }) },
    remote: usual,
    check: ({ inner }) => {
      const fresh = inner.operator.collections().find((one) => one.texts['en']?.name === 'fresh');
      expect(inner.operator.articles()[0]?.parentIds).toEqual([fresh?.id]);
    },
  },
  M11: {
    subject,
    base: usual,
    local: usual,
    remote: { ...usual, fresh: collection(), install: article({ in: 'fresh' }) },
  },
  M12: { subject, base: usual, local: inMore, remote: withInstall({ text: text('New.') }) },
  M13: { subject, base: usual, local: withInstall({ text: text('New.') }), remote: inMore },
  M14: {
    subject,
    base: usual,
    local: inMore,
    remote: { ...usual, install: article({ in: 'more', text: text('New.') }) },
  },
  M15: {
    subject,
    base: three,
    local: { guides, third, install, plain: article({ in: 'guides' }) },
    remote: { ...three, install: article({ in: 'more' }) },
  },
  M16: {
    subject,
    base: three,
    local: { ...three, more: collection({ folder: 'other', name: 'more' }) },
    remote: { ...three, install: article({ in: 'more' }) },
  },
  M17: {
    subject,
    base: usual,
    local: inMore,
    remote: { ...usual, install: article({ in: 'guides', alsoIn: ['more'] }) },
  },
  M18: {
    subject: 'more',
    base: usual,
    local: { ...usual, more: collection({ in: 'guides' }) },
    remote: usual,
  },
  M19: {
    subject: 'more',
    base: usual,
    local: usual,
    remote: { ...usual, more: collection({ in: 'guides' }) },
  },
  M20: {
    subject: 'guides',
    base: usual,
    local: usual,
    remote: { ...usual, guides: collection({ in: 'more' }) },
  },
  M21: {
    subject: 'alpha',
    base: nest,
    local: { ...nest, alpha: collection({ in: 'beta' }) },
    remote: { ...nest, beta: collection({ in: 'alpha' }) },
  },
  M22: {
    subject: 'alpha',
    base: nest,
    local: { ...nest, alpha: collection({ in: 'beta' }) },
    remote: { ...nest, beta: collection({ in: 'alpha' }) },
    policy: { conflicts: 'local' },
  },
  M23: {
    subject: 'alpha',
    base: { ...nest, alpha: collection({ in: 'beta' }) },
    local: { ...nest, beta: collection({ in: 'alpha' }) },
    remote: { ...nest, alpha: collection({ in: 'beta' }) },
  },
  M24: {
    subject: 'alpha',
    base: { ...nest, alpha: collection({ in: 'beta' }) },
    local: { ...nest, alpha: collection({ in: 'beta' }) },
    remote: { ...nest, beta: collection({ in: 'alpha' }) },
  },
  M25: {
    subject: 'a',
    base: {
      a: collection(),
      b: collection({ in: 'a' }),
      c: collection(),
      d: collection(),
      one: article({ in: 'b' }),
    },
    local: {
      a: collection({ in: 'c' }),
      b: collection({ in: 'a' }),
      c: collection(),
      d: collection(),
      one: article({ in: 'b' }),
    },
    remote: {
      a: collection(),
      b: collection({ in: 'a' }),
      c: collection({ in: 'd' }),
      d: collection(),
      one: article({ in: 'b' }),
    },
  },
  M26: {
    subject: 'c',
    base: { a: collection(), b: collection({ in: 'a' }), d: collection(), one: article({ in: 'b' }) },
    local: {
      a: collection(),
      b: collection({ in: 'a' }),
      c: collection({ in: 'b' }),
      d: collection(),
      one: article({ in: 'b' }),
      two: article({ in: 'c' }),
    },
    remote: {
      a: collection({ in: 'd' }),
      b: collection({ in: 'a' }),
      d: collection(),
      one: article({ in: 'b' }),
    },
  },
  M27: {
    subject: 'deep',
    base: usual,
    local: {
      ...usual,
      b: collection({ in: 'guides' }),
      c: collection({ in: 'b' }),
      d: collection({ in: 'c', name: null }),
      deep: article({ in: 'd' }),
    },
    remote: usual,
  },
  M28: {
    subject: 'more',
    base: usual,
    local: { ...usual, more: collection({ name: 'Here' }), leaf: article({ in: 'more' }) },
    remote: { ...usual, more: collection({ in: 'guides', name: 'There' }) },
  },
  M29: {
    subject: 'guides',
    base: usual,
    local: { ...usual, guides: collection({ in: 'more' }) },
    remote: { ...usual, guides: collection({ name: 'Handbook' }) },
  },
  M30: {
    subject: 'more',
    base: usual,
    local: usual,
    remote: { ...usual, more: collection({ in: 'guides' }), guides: collection({ name: 'Handbook' }) },
  },
  M31: {
    subject: 'd',
    base: { a: collection(), b: collection(), c: collection({ in: 'b' }) },
    local: { a: collection(), b: collection({ in: 'a' }), c: collection({ in: 'b' }) },
    remote: {
      a: collection(),
      b: collection(),
      c: collection({ in: 'b' }),
      d: collection({ in: 'c' }),
      e: article({ in: 'd' }),
    },
  },
  M32: {
    subject,
    base: withInstall({ fr: {} }),
    local: withInstall({ fr: {} }),
    remote: inMore,
    check: ({ folder }) => {
      const files = Object.keys(folder.texts());
      expect(files.filter((path) => path.includes('install'))).toEqual(['more/install.md']);
    },
  },
  M33: {
    subject,
    base: { ...usual, inner: collection({ in: 'guides' }), install: article({ in: 'inner' }) },
    local: { ...usual, inner: collection({ in: 'guides' }), install: article({ in: 'inner' }) },
    remote: { ...usual, inner: collection(), install: article({ in: 'guides', text: text('New.') }) },
  },
};
