/*
 * Random worlds in which the two sides have a past in common: one tree that both agreed on, and edits made to it on
 * either side. Trees that were drawn apart would hardly ever meet in one entry.
 */
import fc from 'fast-check';
import { article, collection, pathOfLabel } from './worlds.ts';
import type { ArticleSpec, CollectionSpec, SideSpec, WorldSpec } from './worlds.ts';

/** One step of a person, on an entry by its number; what is not possible just then is passed over. */
interface Edit {
  readonly does:
    | 'text'
    | 'title'
    | 'description'
    | 'state'
    | 'author'
    | 'move'
    | 'rename'
    | 'delete'
    | 'french'
    | 'no-french'
    | 'new-article'
    | 'new-collection'
    | 'name';
  readonly entry: number;
  readonly value: number;
}

export interface RandomWorlds {
  /** What people do; by default everything. */
  readonly does?: readonly Edit['does'][];
  readonly policy?: fc.Arbitrary<NonNullable<WorldSpec['policy']>>;
  /** Edits on each side at most. */
  readonly edits?: number;
  /** Every folder has a `collection.yaml`; by default one in a few has none. */
  readonly isNamed?: boolean;
}

const everything: readonly Edit['does'][] = [
  'text',
  'text',
  'title',
  'description',
  'state',
  'author',
  'move',
  'move',
  'rename',
  'delete',
  'french',
  'no-french',
  'new-article',
  'new-collection',
  'name',
];

/** Guards are not what these worlds are about. */
export const unguarded = { maxDeletes: { count: 100, percent: null }, allowEmptied: true } as const;

export function randomWorlds(options: RandomWorlds = {}): fc.Arbitrary<WorldSpec> {
  const edits = fc.array(
    fc.record<Edit>({
      does: fc.constantFrom(...(options.does ?? everything)),
      entry: fc.nat(9),
      value: fc.nat(7),
    }),
    { maxLength: options.edits ?? 6 },
  );
  const start = fc.record({
    collections: fc.array(fc.nat(4), { maxLength: 4 }),
    articles: fc.array(fc.record({ in: fc.nat(5), french: fc.boolean(), said: fc.boolean() }), {
      maxLength: 5,
    }),
    unnamed: options.isNamed === true ? fc.constant(7) : fc.nat(7),
  });
  return fc
    .record({ start, local: edits, remote: edits, policy: options.policy ?? fc.constant({}) })
    .map(({ start: drawn, local, remote, policy }) => {
      const base = treeOf(drawn);
      return {
        base,
        local: local.reduce((side, edit) => edited(side, edit, 'local'), base),
        remote: remote.reduce((side, edit) => edited(side, edit, 'remote'), base),
        policy: { ...unguarded, ...policy },
      };
    });
}

interface Start {
  readonly collections: readonly number[];
  readonly articles: readonly { readonly in: number; readonly french: boolean; readonly said: boolean }[];
  readonly unnamed: number;
}

function treeOf({ collections, articles, unnamed }: Start): SideSpec {
  let side: SideSpec = {};
  for (const [index, parent] of collections.entries()) {
    const name = index === unnamed ? { name: null } : {};
    side = { ...side, [`c${index}`]: collection({ ...placed(side, parent, 1), ...name }) };
  }
  for (const [index, one] of articles.entries()) {
    const french = one.french ? { fr: {} } : {};
    const state = one.said ? {} : { state: null };
    side = { ...side, [`a${index}`]: article({ ...placed(side, one.in, 0), ...french, ...state }) };
  }
  return side;
}

/** A collection of the side in which something of that many levels has room, chosen by number; else the top. */
function placed(side: SideSpec, number: number, height: number, moving?: string): { in?: string } {
  const possible = Object.keys(side).filter(
    (label) =>
      side[label]?.kind === 'collection' &&
      depthOf(side, label) + height <= 3 &&
      (moving === undefined || !trailOf(side, label).includes(moving)),
  );
  const chosen = possible[number % (possible.length + 1)];
  return chosen === undefined ? {} : { in: chosen };
}

const trailOf = (side: SideSpec, label: string): readonly string[] => {
  const above = side[label]?.in;
  return above === undefined ? [label] : [label, ...trailOf(side, above)];
};

const depthOf = (side: SideSpec, label: string): number => trailOf(side, label).length;

const heightOf = (side: SideSpec, label: string): number =>
  1 +
  Math.max(
    0,
    ...childrenOf(side, label)
      .filter((one) => side[one]?.kind === 'collection')
      .map((one) => heightOf(side, one)),
  );

const childrenOf = (side: SideSpec, label: string): readonly string[] =>
  Object.keys(side).filter((one) => side[one]?.in === label);

function edited(side: SideSpec, { does, entry, value }: Edit, name: 'local' | 'remote'): SideSpec {
  if (does === 'new-article') {
    const own = value % 3 === 0 ? 'n' : name.charAt(0);
    return withEntry(side, `${own}${entry % 3}`, article(placed(side, value, 0)));
  }
  if (does === 'new-collection') {
    const own = value % 3 === 0 ? 'k' : `${name.charAt(0)}k`;
    return withEntry(side, `${own}${entry % 3}`, collection(placed(side, value, 1)));
  }
  const labels = Object.keys(side);
  const label = labels[entry % Math.max(1, labels.length)];
  const spec = label === undefined ? undefined : side[label];
  if (label === undefined || spec === undefined) return side;
  if (does === 'delete') return without(side, label, name, value % 2 === 0);
  if (does === 'move') {
    const { in: _, ...rest } = spec;
    const height = spec.kind === 'article' ? 0 : heightOf(side, label);
    return checked(side, { ...side, [label]: { ...rest, ...placed(side, value, height, label) } });
  }
  const changed =
    spec.kind === 'article'
      ? editedArticle(spec, label, does, value, name)
      : editedCollection(spec, label, does, value, name);
  return checked(side, { ...side, [label]: changed });
}

function editedArticle(
  spec: ArticleSpec,
  label: string,
  does: Edit['does'],
  value: number,
  side: 'local' | 'remote',
): ArticleSpec {
  switch (does) {
    case 'text': {
      const lines = (spec.text ?? `First of ${label}.\nSecond of ${label}.\nThird of ${label}.`).split('\n');
      // Both sides may write the same.
      const line = `Line ${value % 3} of ${label}${value < 2 ? '' : ` by ${side}`}.`;
      return { ...spec, text: lines.with(value % lines.length, line).join('\n') };
    }
    case 'title':
      return { ...spec, title: `${label} ${value % 2 === 0 ? 'again' : side}` };
    case 'description':
      return { ...spec, description: `About ${value % 2 === 0 ? label : side}` };
    case 'state':
      return { ...spec, state: value % 2 === 0 ? 'draft' : 'published' };
    case 'author':
      return { ...spec, author: value % 2 === 0 ? 'support@example.com' : 'editor@example.com' };
    case 'rename':
      return side === 'local' ? { ...spec, file: `${label}-${value}` } : spec;
    case 'french':
      return { ...spec, fr: { text: `Ligne ${value % 3} de ${label}.` } };
    case 'no-french': {
      const { fr: _, ...rest } = spec;
      return rest;
    }
    case 'move':
    case 'delete':
    case 'new-article':
    case 'new-collection':
    case 'name':
      return spec;
  }
}

function editedCollection(
  spec: CollectionSpec,
  label: string,
  does: Edit['does'],
  value: number,
  side: 'local' | 'remote',
): CollectionSpec {
  switch (does) {
    case 'title':
    case 'name':
      return { ...spec, name: `${label} ${value % 2 === 0 ? 'again' : side}` };
    case 'description':
      return spec.name === null && side === 'local'
        ? spec
        : { ...spec, description: `About ${value % 2 === 0 ? label : side}` };
    case 'rename':
      return side === 'local' ? { ...spec, folder: `${label}-${value}` } : spec;
    case 'french':
      return spec.name === null && side === 'local'
        ? spec
        : { ...spec, fr: { name: `${label} fr ${value % 3}`, description: '' } };
    case 'text':
    case 'state':
    case 'author':
    case 'no-french':
    case 'move':
    case 'delete':
    case 'new-article':
    case 'new-collection':
      return spec;
  }
}

function withEntry(side: SideSpec, label: string, spec: ArticleSpec | CollectionSpec): SideSpec {
  return side[label] === undefined ? checked(side, { ...side, [label]: spec }) : side;
}

/** A folder goes with all that is in it; a collection may leave its articles behind, outside of all. */
function without(side: SideSpec, label: string, name: 'local' | 'remote', isWhole: boolean): SideSpec {
  let left: SideSpec = side;
  for (const child of childrenOf(side, label)) {
    const spec = left[child];
    if (spec === undefined) continue;
    if (name === 'remote' && spec.kind === 'article' && !isWhole) {
      const { in: _, ...rest } = spec;
      left = { ...left, [child]: rest };
    } else left = without(left, child, name, isWhole);
  }
  return Object.fromEntries(Object.entries(left).filter(([one]) => one !== label));
}

/** Two entries cannot have one path. */
function checked(before: SideSpec, after: SideSpec): SideSpec {
  const paths = Object.keys(after).map((label) => pathOfLabel(label, after).toLowerCase());
  return new Set(paths).size === paths.length ? after : before;
}
