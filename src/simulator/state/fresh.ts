import { drawText, hexDigits, lettersAndDigits, seededChance } from './chance.ts';
import { locales } from '../../model/locale.ts';
import type { HelpCenter, Seconds } from './entities.ts';

import type { Switches } from './switches.ts';
import type { WorldContent } from './world.ts';

/** Calls per window of ten seconds: a sixth of 10,000 a minute, as recorded for private apps. */
export const defaultPerWindow = 1667;

/** The same of 25,000 a minute, for all apps of a workspace. */
const workspacePerWindow = 4167;

/** A workspace with three teammates, a bot and one help center, in which nothing has been written yet. */
export function freshContent(options: {
  seed: number;
  switches: Switches;
  defaultLocale: string;
  now: Seconds;
}): WorldContent {
  const chance = seededChance(options.seed, 'fresh');
  const id = drawText(chance, lettersAndDigits, 8);
  const token = `dG9rOg${drawText(chance, hexDigits, 40)}`;
  const admin = (adminId: number, name: string, email: string, bot = false) => ({
    id: adminId,
    name,
    email,
    bot,
    mayWrite: !bot,
  });
  return {
    settings: {
      seed: options.seed,
      workspace: { id, name: 'Shelfmark Simulator', region: 'US', createdAt: options.now },
      apps: [
        {
          name: 'Shelfmark',
          token,
          adminId: 7_310_001,
          scope: 'write',
          version: '2.11',
          perWindow: defaultPerWindow,
        },
      ],
      workspacePerWindow,
      clockOffset: 0,
      switches: options.switches,
      admins: [
        admin(7_310_001, 'Ada Docs', 'docs@example.com'),
        admin(7_310_002, 'Grace Support', 'support@example.com'),
        admin(7_310_003, 'Linus Editor', 'editor@example.com'),
        admin(7_310_004, 'Fin', `operator+${id}@intercom.io`, true),
      ],
      helpCenters: [freshHelpCenter(2_210_001, 'help', options)],
    },
    counters: {
      article: 10_480_000,
      collection: 4_120_000,
      content: 11_930_000,
      helpCenter: 2_210_001,
      admin: 7_310_004,
      draws: 0,
    },
    collections: [],
    articles: [],
    images: [],
  };
}

export function freshHelpCenter(
  id: number,
  identifier: string,
  options: { defaultLocale: string; now: Seconds },
): HelpCenter {
  return {
    id,
    identifier,
    displayName: 'Help Center',
    customDomain: null,
    websiteOn: true,
    defaultLocale: options.defaultLocale,
    locales,
    createdAt: options.now,
    updatedAt: options.now,
  };
}
