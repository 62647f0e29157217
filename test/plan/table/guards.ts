import { article } from '../../helpers/worlds.ts';
import { guides, more, usual, withInstall, without, type Rows } from './row.ts';

const many = {
  guides,
  more,
  ...Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((label) => [label, article({ in: 'guides' })]),
  ),
};
const few = { guides, more, a: article({ in: 'guides' }) };
const subject = 'install';

export const guardRows: Rows = {
  G1: { subject: 'a', base: many, local: few, remote: many },
  G2: { subject: 'a', base: many, local: few, remote: many, policy: { allowDeletes: 6 } },
  G3: { subject: 'a', base: many, local: few, remote: many, policy: { allowDeletes: 7 } },
  G4: { subject: 'a', base: many, local: many, remote: few },
  G5: { subject, base: usual, local: {}, remote: usual },
  G6: { subject, base: usual, local: usual, remote: {} },
  G7: { subject, base: usual, local: {}, remote: usual, policy: { allowEmptied: true } },
  G8: {
    subject,
    base: usual,
    local: withInstall({ title: 'Set up' }),
    remote: usual,
    pinned: { workspace: 'another' },
  },
  G9: {
    subject,
    base: usual,
    local: withInstall({ title: 'Set up' }),
    remote: usual,
    policy: { defaultLocale: 'fr' },
  },
  G10: {
    subject,
    base: usual,
    local: without('install'),
    remote: usual,
    policy: { maxDeletes: { count: 0, percent: null } },
  },
};
