import { expect } from 'vitest';
import { article, collection } from '../../helpers/worlds.ts';
import { stateOf } from '../../helpers/settle.ts';
import { guides, install, more, usual, without, type Rows } from './row.ts';

const out = { guides, more, install: article(), plain: article() };
const none = { more };
const named = (name: string) => ({ ...usual, guides: collection({ name }) });
const renamed = (name?: string) => ({
  ...usual,
  guides: collection({ folder: 'handbook', name: name ?? 'guides' }),
});
const subject = 'guides';
/** The folder is gone with everything in it. */
const folderGone = none;
/** Deleted in the help center: its articles stay outside every collection. */
const deletedThere = { more, install: article(), plain: article() };
const deletedWhole = { more };

export const collectionRows: Rows = {
  C1: { subject, base: none, local: { more, guides }, remote: none },
  C2: { subject, base: none, local: none, remote: { more, guides } },
  C3: { subject, base: none, local: { more, guides }, remote: { more, guides } },
  C4: {
    subject,
    base: none,
    local: { more, guides: collection({ description: 'a' }) },
    remote: { more, guides: collection({ description: 'b' }) },
  },
  C5: {
    subject,
    base: none,
    local: { more, guides },
    remote: { more, one: collection({ name: 'guides' }), two: collection({ name: 'guides' }) },
  },
  C6: {
    subject,
    base: none,
    local: { more, guides: collection({ name: null, folder: 'first-steps' }), install },
    remote: none,
    check: ({ inner }) =>
      expect(inner.operator.collections().map((one) => one.texts['en']?.name)).toContain('First steps'),
  },
  C7: {
    subject,
    base: none,
    local: { more, guides: collection({ pin: 'guides', name: 'guides' }) },
    remote: { more, guides },
  },
  C8: { subject, base: none, local: { more, guides: collection({ pin: '999' }), install }, remote: none },
  C9: {
    subject,
    base: usual,
    local: {
      ...usual,
      guides: collection({ pin: 'guides' }),
      copy: collection({ pin: 'guides', name: 'guides' }),
    },
    remote: usual,
  },
  C10: {
    subject,
    base: none,
    local: none,
    remote: { more, guides, other: collection({ name: 'Guides' }) },
    check: (scene) =>
      expect(Object.keys(stateOf(scene).files)).toEqual([
        'guides/collection.yaml',
        'guides-10003/collection.yaml',
        'more/collection.yaml',
      ]),
  },
  C20: { subject, base: usual, local: folderGone, remote: usual, policy: { allowEmptied: true } },
  C21: {
    subject,
    base: usual,
    local: folderGone,
    remote: usual,
    policy: { allowEmptied: true, deletions: 'delete' },
  },
  C22: { subject, base: usual, local: folderGone, remote: usual, policy: { deletions: 'keep' } },
  C23: {
    subject,
    base: usual,
    local: folderGone,
    remote: { ...usual, fresh: article({ in: 'guides' }) },
    policy: { allowEmptied: true },
  },
  C24: {
    subject,
    base: usual,
    local: folderGone,
    remote: { ...usual, fresh: article({ in: 'guides' }) },
    policy: { allowEmptied: true, deletions: 'delete' },
  },
  C25: {
    subject,
    base: usual,
    local: folderGone,
    remote: { ...usual, install: article({ in: 'guides', title: 'Set up' }) },
    policy: { allowEmptied: true, deletions: 'delete' },
  },
  C26: {
    subject,
    base: usual,
    local: folderGone,
    remote: named('Handbook'),
    policy: { allowEmptied: true, deletions: 'delete' },
  },
  C71: {
    subject,
    base: usual,
    local: folderGone,
    remote: { ...usual, guides: collection({ icon: 'bolt' }) },
    policy: { allowEmptied: true, deletions: 'delete' },
  },
  C72: {
    subject,
    base: usual,
    local: { ...usual, guides: collection({ icon: 'bolt' }) },
    remote: deletedThere,
  },
  C27: {
    subject,
    base: { guides: collection({ gone: true }), more },
    local: { guides, more },
    remote: { guides, more },
  },
  C28: { subject, base: usual, local: usual, remote: deletedThere },
  C29: { subject, base: usual, local: usual, remote: deletedWhole },
  C30: {
    subject,
    base: usual,
    local: { ...usual, fresh: article({ in: 'guides' }) },
    remote: deletedThere,
  },
  C31: { subject, base: usual, local: named('Handbook'), remote: deletedThere },
  C32: {
    subject,
    base: usual,
    local: named('Handbook'),
    remote: deletedThere,
    policy: { conflicts: 'remote' },
  },
  C33: {
    subject,
    base: usual,
    local: { ...usual, install: article({ in: 'guides', title: 'Set up' }) },
    remote: deletedThere,
  },
  C34: { subject, base: usual, local: out, remote: deletedThere },
  C35: { subject, base: usual, local: folderGone, remote: deletedWhole },
  C36: {
    subject,
    base: { ...usual, inner: collection({ in: 'guides' }), deep: article({ in: 'inner' }) },
    local: {
      ...usual,
      inner: collection({ in: 'guides' }),
      deep: article({ in: 'inner' }),
      fresh: article({ in: 'inner' }),
    },
    remote: { ...deletedThere, deep: article() },
  },
  C40: { subject, base: usual, local: named('Handbook'), remote: usual },
  C41: { subject, base: usual, local: usual, remote: named('Handbook') },
  C42: { subject, base: usual, local: named('Handbook'), remote: named('Handbook') },
  C43: { subject, base: usual, local: named('Handbook'), remote: named('Manual') },
  C44: {
    subject,
    base: usual,
    local: named('Handbook'),
    remote: named('Manual'),
    policy: { conflicts: 'local' },
  },
  C45: {
    subject,
    base: usual,
    local: named('Handbook'),
    remote: named('Manual'),
    policy: { conflicts: 'remote' },
  },
  C46: {
    subject,
    base: usual,
    local: named('Handbook'),
    remote: { ...usual, guides: collection({ description: 'How to.' }) },
  },
  C47: { subject, base: usual, local: { ...usual, guides: collection({ icon: 'bolt' }) }, remote: usual },
  C48: { subject, base: usual, local: usual, remote: { ...usual, guides: collection({ icon: 'bolt' }) } },
  C49: { subject, base: usual, local: renamed(), remote: usual },
  C50: { subject, base: usual, local: renamed(), remote: named('Manual') },
  C51: {
    subject,
    base: usual,
    local: { ...usual, guides: collection({ folder: 'Guides', name: 'guides' }) },
    remote: usual,
  },
  C52: {
    subject,
    base: usual,
    local: { ...usual, guides: collection({ fr: { name: 'Manuel', description: '' } }) },
    remote: usual,
  },
  C53: {
    subject,
    base: usual,
    local: usual,
    remote: { ...usual, guides: collection({ fr: { name: 'Manuel', description: '' } }) },
  },
  C54: {
    subject,
    base: { ...usual, guides: collection({ fr: { name: 'Manuel', description: '' } }) },
    local: usual,
    remote: { ...usual, guides: collection({ fr: { name: 'Manuel', description: '' } }) },
  },
  C55: {
    subject,
    base: { ...usual, guides: collection({ fr: { name: 'Manuel', description: '' } }) },
    local: { ...usual, guides: collection({ fr: { name: 'Livre', description: '' } }) },
    remote: { ...usual, guides: collection({ fr: { name: 'Cahier', description: '' } }) },
  },
  C56: {
    subject,
    base: { ...usual, guides: collection({ fr: { name: 'Manuel', description: '' } }) },
    local: { ...usual, guides: collection({ fr: { name: 'Manuel', description: '' } }) },
    remote: usual,
  },
  C57: {
    subject,
    base: none,
    local: { more, guides: collection({ description: 'How to.', fr: { name: 'Manuel', description: '' } }) },
    remote: { more, guides: collection({ icon: 'bolt' }) },
  },
  C58: {
    subject,
    base: usual,
    local: { ...usual, guides: collection({ name: 'Handbook', description: 'a' }) },
    remote: { ...usual, guides: collection({ name: 'Handbook' }) },
  },
  C60: {
    subject,
    base: usual,
    local: { ...without('install'), install: article({ in: 'guides', title: 'Set up' }) },
    remote: usual,
    unreadable: ['guides'],
  },
  C61: {
    subject: 'fresh',
    base: usual,
    local: {
      ...usual,
      strange: collection(),
      fresh: article({ in: 'strange' }),
      below: collection({ in: 'strange' }),
    },
    remote: usual,
    unreadable: ['strange'],
  },
  C62: {
    subject,
    base: { ...usual, guides: collection({ name: null }) },
    local: { ...usual, guides: collection({ name: null }) },
    remote: { ...usual, guides: collection({ name: 'Manual' }) },
  },
  C63: {
    subject: 'inner',
    base: { ...usual, inner: collection({ in: 'guides', name: null }), leaf: article({ in: 'inner' }) },
    local: {
      ...usual,
      guides: collection({ folder: 'handbook', name: 'guides' }),
      inner: collection({ in: 'guides', name: null }),
      leaf: article({ in: 'inner' }),
    },
    remote: { ...usual, inner: collection({ in: 'guides' }), leaf: article({ in: 'inner' }) },
  },
  C64: {
    subject,
    base: { ...usual, guides: collection({ name: null }) },
    local: { ...usual, guides: collection({ name: null }) },
    remote: { guides, more, install: article(), plain: article() },
    check: (scene) => expect(stateOf(scene).files).toHaveProperty('guides/collection.yaml'),
  },
  C65: {
    subject,
    base: { ...usual, guides: collection({ name: null }) },
    local: { ...usual, guides: collection({ name: null }) },
    remote: { guides, more },
    check: (scene) => expect(stateOf(scene).files).toHaveProperty('guides/collection.yaml'),
  },
  C66: {
    subject,
    base: usual,
    local: { ...usual, fresh: article({ in: 'guides' }) },
    remote: deletedThere,
    policy: { conflicts: 'remote' },
  },
  C67: {
    subject: 'outer',
    base: { ...usual, outer: collection(), inner: collection({ in: 'outer' }) },
    local: { ...usual, inner: collection() },
    remote: { ...usual, outer: collection(), inner: collection({ in: 'outer' }) },
    policy: { deletions: 'delete' },
  },
  C68: {
    subject,
    base: usual,
    local: renamed('Handbook'),
    remote: usual,
  },
  C69: {
    subject,
    base: { guides: collection({ name: null }), more, install },
    local: { guides: collection({ name: null }), more, install: article({ in: 'more' }) },
    remote: { guides: collection({ name: null }), install },
    policy: { deletions: 'delete' },
  },
  C11: {
    subject,
    base: none,
    local: { more, guides: collection({ name: null, folder: 'getting-started' }), install },
    remote: { more, guides: collection({ name: 'Getting Started' }), install },
  },
  C70: {
    subject,
    base: { more, install: article() },
    local: { more, guides: collection({ name: null }), install },
    remote: none,
  },
};
