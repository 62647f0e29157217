import type { ShelfmarkError } from '../../model/error.ts';
import { drawText, hexDigits } from '../state/chance.ts';
import { removeWithContents } from '../state/collection-tree.ts';
import type { Article, Collection, HelpCenter } from '../state/entities.ts';
import { readFault } from '../faults/fault-spec.ts';
import type { Faults } from '../faults/faults.ts';
import { defaultPerWindow, freshHelpCenter } from '../state/fresh.ts';
import type { Limits } from '../state/limits.ts';
import type { Operator } from './operator-types.ts';
import { SwitchesSchema } from '../state/switches.ts';
import {
  createArticle,
  createCollection,
  discardDraft,
  editArticle,
  editCollection,
  publishDraft,
} from './teammate.ts';
import type { Tricks } from './tricks.ts';
import { usageError } from '../state/usage.ts';
import type { World } from '../state/world.ts';

/** First parts of paths that are not a help center's. */
const takenIdentifiers = new Set([
  'me',
  'admins',
  'articles',
  'help_center',
  '_operator',
  'i',
  'favicon.ico',
]);

/** `changed` is called after each step that may have changed the workspace. */
export function makeOperator(parts: {
  readonly world: World;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly tricks: Tricks;
  readonly changed: () => void;
}): Operator {
  const { world, limits, faults, tricks } = parts;
  const done = <Result>(result: Result): Result => {
    parts.changed();
    return result;
  };
  const set = (change: Partial<World['settings']>): void =>
    done(world.putSettings({ ...world.settings, ...change }));
  return {
    articles: () => [...world.articles.values()],
    article: (id) => findArticle(world, id),
    createArticle: (article) => done(createArticle(world, article)),
    editArticle: (id, edit) => done(editArticle(world, findArticle(world, id), edit)),
    publishDraft: (id) => done(publishDraft(world, findArticle(world, id))),
    discardDraft: (id) => done(discardDraft(world, findArticle(world, id))),
    deleteArticle: (id) => done(world.removeArticle(findArticle(world, id).id)),
    collections: () => [...world.collections.values()],
    collection: (id) => findCollection(world, id),
    createCollection: (collection) => done(createCollection(world, collection)),
    editCollection: (id, edit) => done(editCollection(world, findCollection(world, id), edit)),
    deleteCollection: (id) => done(removeWithContents(world, findCollection(world, id))),
    helpCenters: () => world.settings.helpCenters,
    createHelpCenter: (edit) => {
      const id = world.nextId('helpCenter');
      const { defaultLocale } = world.defaultHelpCenter;
      const fresh = freshHelpCenter(id, `help-${id}`, { defaultLocale, now: world.seconds() });
      const helpCenter = checked(world, { ...fresh, ...edit });
      set({ helpCenters: [...world.settings.helpCenters, helpCenter] });
      return helpCenter;
    },
    editHelpCenter: (id, edit) => {
      const before = world.helpCenter(id);
      if (before === null) throw unknown('help center', id);
      const after = checked(world, { ...before, ...edit, updatedAt: world.seconds() });
      set({ helpCenters: world.settings.helpCenters.map((one) => (one.id === id ? after : one)) });
      return after;
    },
    admins: () => world.settings.admins,
    addAdmin: ({ name, email, mayWrite = true }) => {
      const admin = { id: world.nextId('admin'), name, email, bot: false, mayWrite };
      set({ admins: [...world.settings.admins, admin] });
      return admin;
    },
    removeAdmin: (id) => {
      const admins = world.settings.admins.filter((one) => one.id !== id);
      if (admins.length === world.settings.admins.length) throw unknown('admin', id);
      set({ admins });
    },
    now: () => world.now(),
    moveClock: (milliseconds) => set({ clockOffset: world.settings.clockOffset + milliseconds }),
    calls: () => tricks.calls,
    clearCalls: () => tricks.clearCalls(),
    faults: () => faults.specs,
    setFaults: (specs) => faults.set(specs.map(readFault)),
    switches: () => world.settings.switches,
    setSwitches: (switches) => {
      const result = SwitchesSchema.safeParse({ ...world.settings.switches, ...switches });
      if (!result.success) throw wrongValue(result.error.issues[0]);
      set({ switches: result.data });
      return result.data;
    },
    setLimits: ({ perWindow, workspacePerWindow }) => {
      const apps = world.settings.apps.map((one, at) =>
        at === 0 && perWindow !== undefined ? { ...one, perWindow } : one,
      );
      set(workspacePerWindow === undefined ? { apps } : { apps, workspacePerWindow });
    },
    spend: (calls) => limits.spend(calls),
    apps: () => world.settings.apps,
    addApp: (app) => {
      const added = {
        name: 'Another app',
        adminId: world.settings.apps[0]?.adminId ?? 0,
        scope: 'write' as const,
        version: '2.11',
        perWindow: defaultPerWindow,
        ...app,
        token: `dG9rOg${drawText(world.chance, hexDigits, 40)}`,
      };
      set({ apps: [...world.settings.apps, added] });
      return added;
    },
    setLatency: (milliseconds) => {
      tricks.latency = Math.max(0, milliseconds);
    },
  };
}

function checked(world: World, helpCenter: HelpCenter): HelpCenter {
  const { id, identifier, locales, defaultLocale } = helpCenter;
  const taken = world.settings.helpCenters.some((one) => one.id !== id && one.identifier === identifier);
  if (taken || takenIdentifiers.has(identifier) || !/^[a-z0-9][a-z0-9-]*$/.test(identifier)) {
    throw usageError(
      `"${identifier}" cannot be the identifier of this help center.`,
      'Use lower-case letters, digits and hyphens, and an identifier that no other help center has.',
    );
  }
  return { ...helpCenter, locales: locales.includes(defaultLocale) ? locales : [defaultLocale, ...locales] };
}

function findArticle(world: World, id: number): Article {
  const article = world.articles.get(id);
  if (article === undefined) throw unknown('article', id);
  return article;
}

function findCollection(world: World, id: number): Collection {
  const collection = world.collections.get(id);
  if (collection === undefined) throw unknown('collection', id);
  return collection;
}

function unknown(kind: string, id: number): ShelfmarkError {
  return usageError(`The simulator has no ${kind} ${id}.`, `List them to see which ids there are.`);
}

function wrongValue(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): ShelfmarkError {
  const name = issue?.path.map(String).join('.') ?? '';
  return usageError(
    `The switch ${name === '' ? '' : `"${name}" `}cannot be set: ${issue?.message ?? 'wrong value'}.`,
    `Switches: ${Object.keys(SwitchesSchema.shape).join(', ')}.`,
  );
}
