import { text, usual, withInstall, type Rows } from './row.ts';

const both = withInstall({ fr: {} });
const frChanged = withInstall({ fr: { text: 'Nouveau.' } });
const frOther = withInstall({ fr: { text: 'Autre.' } });
const subject = 'install';

export const localeRows: Rows = {
  L1: { subject, base: usual, local: both, remote: usual },
  L2: { subject, base: usual, local: usual, remote: both },
  L3: { subject, base: usual, local: both, remote: both },
  L4: { subject, base: usual, local: frChanged, remote: frOther },
  L5: { subject, base: both, local: usual, remote: both },
  L6: { subject, base: both, local: usual, remote: both, policy: { deletions: 'delete' } },
  L7: { subject, base: both, local: usual, remote: both, policy: { deletions: 'keep' } },
  L8: { subject, base: both, local: usual, remote: frChanged },
  L9: { subject, base: both, local: both, remote: usual },
  L10: { subject, base: both, local: frChanged, remote: usual },
  L11: { subject, base: both, local: usual, remote: usual },
  L12: { subject, base: both, local: withInstall({ text: text('New.'), fr: {} }), remote: frChanged },
  L13: { subject, base: both, local: both, remote: usual, switches: { multilingual: false } },
  L14: { subject, base: both, local: frChanged, remote: usual, switches: { multilingual: false } },
  L15: { subject, base: both, local: withInstall({ text: text('New.') }), remote: both },
};
