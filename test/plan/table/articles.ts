import { expect } from 'vitest';
import { article, collection } from '../../helpers/worlds.ts';
import { stateOf } from '../../helpers/settle.ts';
import { guides, more, text, toldIn, usual, withInstall, without, type Rows } from './row.ts';

const none = without('install');
const changed = withInstall({ text: text('New.') });
const changedElse = withInstall({ text: text(undefined, undefined, 'Else.') });
const changedOther = withInstall({ text: text('Other.') });
const moved = { ...usual, install: article({ in: 'more' }) };
const draft = withInstall({ state: 'draft' });
const gone = withInstall({ gone: true });
const subject = 'install';

export const articleRows: Rows = {
  A1: { subject, base: none, local: usual, remote: none },
  A2: { subject, base: none, local: none, remote: usual },
  A3: { subject, base: none, local: usual, remote: usual },
  A4: { subject, base: none, local: usual, remote: changed },
  A5: { subject, base: none, local: withInstall({ state: 'draft' }), remote: usual },
  A6: { subject, local: usual, remote: usual },
  A7: { subject, local: usual, remote: changed },
  A8: { subject, base: none, local: withInstall({ pin: 'install', title: 'Set up' }), remote: usual },
  A9: {
    subject,
    base: none,
    local: withInstall({ pin: 'install' }),
    remote: withInstall({ title: 'install' }),
  },
  A10: { subject, base: none, local: withInstall({ pin: '999' }), remote: none },
  A11: {
    subject,
    base: usual,
    local: { ...withInstall({ pin: 'install' }), copy: article({ in: 'guides', pin: 'install' }) },
    remote: usual,
  },
  A12: {
    subject: 'copy',
    base: usual,
    local: { ...usual, copy: article({ in: 'guides', title: 'install', text: text() }) },
    remote: usual,
  },
  A80: {
    subject: 'copy',
    base: usual,
    local: { ...usual, copy: article({ in: 'guides', title: 'install', text: 'Another text.' }) },
    remote: usual,
  },
  A13: {
    subject: 'copy',
    base: none,
    local: { ...none, copy: article({ in: 'guides', title: 'One' }) },
    remote: {
      ...none,
      one: article({ in: 'guides', title: 'One' }),
      two: article({ in: 'guides', title: 'One' }),
    },
  },
  A14: {
    subject: 'one',
    base: none,
    local: {
      ...none,
      one: article({ in: 'guides', title: 'One' }),
      two: article({ in: 'guides', title: 'One' }),
    },
    remote: { ...none, there: article({ in: 'guides', title: 'One' }) },
  },
  A15: {
    subject,
    base: none,
    local: none,
    remote: withInstall({ title: ' ' }),
    check: (_scene, run) => expect(toldIn(run)).toEqual(['TITLE_UNUSABLE']),
  },
  A16: {
    subject,
    base: none,
    local: none,
    remote: withInstall({ title: 'a'.repeat(256) }),
    check: (_scene, run) => expect(toldIn(run)).toEqual(['TITLE_UNUSABLE']),
  },
  A20: { subject, base: usual, local: none, remote: usual },
  A21: { subject, base: usual, local: none, remote: usual, policy: { deletions: 'delete' } },
  A22: { subject, base: usual, local: none, remote: usual, policy: { deletions: 'keep' } },
  A23: { subject, base: draft, local: none, remote: draft },
  A24: { subject, base: usual, local: none, remote: changed },
  A25: { subject, base: usual, local: none, remote: changed, policy: { deletions: 'delete' } },
  A26: { subject, base: usual, local: none, remote: moved },
  A27: { subject, base: usual, local: usual, remote: none },
  A28: { subject, base: usual, local: changed, remote: none },
  A29: { subject, base: usual, local: changed, remote: none, policy: { conflicts: 'local' } },
  A30: { subject, base: usual, local: changed, remote: none, policy: { conflicts: 'remote' } },
  A31: { subject, base: usual, local: moved, remote: none },
  A32: { subject, base: usual, local: none, remote: none },
  A40: { subject, base: usual, local: usual, remote: usual },
  A41: { subject, base: usual, local: changed, remote: usual },
  A42: { subject, base: usual, local: usual, remote: changed },
  A43: { subject, base: usual, local: changed, remote: changed },
  A44: { subject, base: usual, local: changed, remote: changedElse },
  A45: { subject, base: usual, local: changed, remote: changedOther },
  A46: { subject, base: usual, local: changed, remote: changedOther, policy: { conflicts: 'local' } },
  A47: { subject, base: usual, local: changed, remote: changedOther, policy: { conflicts: 'remote' } },
  A48: { subject, base: usual, local: usual, remote: changed, unreadable: ['install'] },
  A49: { subject, base: usual, local: usual, remote: none, unreadable: ['install'] },
  A50: {
    subject,
    base: usual,
    local: { ...none, renamed: article({ in: 'guides' }) },
    remote: usual,
    unreadable: ['renamed'],
  },
  A51: {
    subject,
    base: usual,
    local: changed,
    remote: usual,
    prepare({ inner }) {
      const id = inner.operator.articles()[0]?.id ?? 0;
      inner.operator.editArticle(id, { body: '<p>In the middle of it.</p>', draft: true });
    },
    outcomes: ['failed'],
    check({ inner }) {
      const [there] = inner.operator.articles();
      expect(there?.contents['en']?.body).toContain('First of install.');
    },
  },
  A60: { subject, base: gone, local: usual, remote: draft },
  A61: { subject, base: gone, local: withInstall({ state: null }), remote: draft },
  A62: { subject, base: gone, local: none, remote: draft },
  A63: {
    subject,
    base: gone,
    local: none,
    remote: withInstall({ state: 'draft', text: text('New.') }),
  },
  A64: { subject, base: gone, local: none, remote: usual },
  A65: { subject, base: gone, local: none, remote: none },
  A66: { subject, base: gone, local: usual, remote: none },
  A70: {
    subject,
    base: usual,
    local: { ...none, setup: article({ in: 'guides', title: 'install', text: text() }) },
    remote: usual,
  },
  A71: {
    subject,
    base: usual,
    local: { ...none, setup: article({ in: 'more', title: 'install', text: text() }) },
    remote: usual,
  },
  A72: {
    subject,
    base: usual,
    local: { ...none, setup: article({ in: 'guides', title: 'install', text: text('New.') }) },
    remote: usual,
    check: ({ inner }) => expect(inner.operator.articles()).toHaveLength(2),
  },
  A73: {
    subject: 'third',
    base: {
      guides,
      more,
      one: article({ title: 'T', text: 'a\nb' }),
      two: article({ title: 'T', text: 'a\nc' }),
    },
    local: { guides, more, third: article({ title: 'T', text: 'a\nb\nc' }) },
    remote: {
      guides,
      more,
      one: article({ title: 'T', text: 'a\nb' }),
      two: article({ title: 'T', text: 'a\nc' }),
    },
  },
  A74: {
    subject,
    base: usual,
    local: {
      ...usual,
      install: article({ in: 'guides', file: 'plain' }),
      plain: article({ in: 'guides', file: 'install' }),
    },
    remote: usual,
  },
  A75: {
    subject,
    base: usual,
    local: { ...none, setup: article({ in: 'guides', pin: 'install', title: 'Else', text: 'All new.' }) },
    remote: usual,
  },
  A76: {
    subject,
    base: usual,
    local: { ...none, install: article({ in: 'guides', file: 'Install' }) },
    remote: usual,
  },
  A78: {
    subject,
    base: usual,
    local: {
      guides: collection({ folder: 'handbook', name: 'guides' }),
      more,
      plain: article({ in: 'guides' }),
    },
    remote: changed,
    check: (scene) => expect(stateOf(scene).files).toHaveProperty('handbook/install.md'),
  },
  A79: {
    subject,
    base: { ...usual, alpha: collection() },
    local: {
      alpha: collection({ in: 'more' }),
      guides: collection({ in: 'alpha' }),
      more,
      plain: article({ in: 'guides' }),
    },
    remote: { ...changed, alpha: collection() },
    check: (scene) => expect(stateOf(scene).files).toHaveProperty('more/alpha/guides/install.md'),
  },
  A77: {
    subject: 'twin',
    base: none,
    local: none,
    remote: { ...usual, twin: article({ in: 'guides', title: 'Install' }) },
    check: (scene) =>
      expect(Object.keys(stateOf(scene).files).filter((path) => path.endsWith('.md'))).toEqual([
        'guides/install-10005.md',
        'guides/install.md',
        'guides/plain.md',
      ]),
  },
};
