/*
 * Every state that two articles and three collections can be in: in the lock or not, and on either side absent, the
 * same, changed or moved. The states of one entry are numbered from 0 to 30; what is nowhere is no state.
 */
import { article, collection, type SideSpec, type WorldSpec } from '../helpers/worlds.ts';

const labels = ['a', 'b', 'c', 'x', 'y'] as const;
type Label = (typeof labels)[number];

/** Where each entry stands at first: two collections, one inside the first, and an article in either of these. */
const home: Readonly<Record<Label, string | null>> = { a: null, b: null, c: 'a', x: 'a', y: 'c' };
const elsewhere: Readonly<Record<Label, string | null>> = { a: 'b', b: 'a', c: null, x: 'b', y: 'b' };

const kinds = ['absent', 'same', 'changed', 'moved'] as const;

/** The number of states of one entry. It is a prime, which is what makes `pairwise` work. */
export const states = 31;

/** What can have become of an entry, in a word each. What both sides have done, and the rest, is left to the numbers. */
export const situations = {
  'in step': numberOf(true, 'same', 'same'),
  'changed here': numberOf(true, 'changed', 'same'),
  'changed there': numberOf(true, 'same', 'changed'),
  'changed on both sides': numberOf(true, 'changed', 'changed'),
  'moved here': numberOf(true, 'moved', 'same'),
  'moved there': numberOf(true, 'same', 'moved'),
  'gone here': numberOf(true, 'absent', 'same'),
  'gone there': numberOf(true, 'same', 'absent'),
  'new here': numberOf(false, 'same', 'absent'),
  'new there': numberOf(false, 'absent', 'same'),
  'new on both sides': numberOf(false, 'same', 'same'),
} as const;

export type Situation = keyof typeof situations;

/** Every world in which each of the five entries is in one of the situations: of n situations, n to the fifth. */
export function everyWorld(among: readonly Situation[]): readonly (readonly number[])[] {
  return labels.reduce<readonly (readonly number[])[]>(
    (worlds) => worlds.flatMap((world) => among.map((situation) => [...world, situations[situation]])),
    [[]],
  );
}

type State = (typeof kinds)[number];

function numberOf(isKnown: boolean, local: State, remote: State): number {
  return (isKnown ? 16 : 0) + kinds.indexOf(remote) * 4 + kinds.indexOf(local) - 1;
}

/**
 * Worlds in which every state of any entry meets every state of any other, each pair once: points of lines over the
 * numbers modulo a prime. `bend` gives further ones, in which other threes meet.
 */
export function pairwise(bend: number): readonly (readonly number[])[] {
  const numbers = Array.from({ length: states }, (_, index) => index);
  return numbers.flatMap((start) =>
    numbers.map((slope) => labels.map((_, at) => (start + slope * at + bend * at * at) % states)),
  );
}

export function worldOf(numbers: readonly number[]): WorldSpec {
  const entries = labels.map((label, index) => {
    const number = (numbers[index] ?? 0) + 1;
    return {
      label,
      isKnown: number >= 16,
      local: kinds[number % 4] ?? 'absent',
      remote: kinds[Math.floor(number / 4) % 4] ?? 'absent',
    };
  });
  const base = sideOf(
    entries.flatMap(({ label, isKnown }) => (isKnown ? [{ label, state: 'same' }] : [])),
    'base',
  );
  return {
    base,
    local: sideOf(
      entries.map(({ label, local }) => ({ label, state: local })),
      'local',
    ),
    remote: sideOf(
      entries.map(({ label, remote }) => ({ label, state: remote })),
      'remote',
    ),
    policy: { maxDeletes: { count: 100, percent: null }, allowEmptied: true },
  };
}

function sideOf(
  entries: readonly { readonly label: Label; readonly state: State }[],
  side: 'base' | 'local' | 'remote',
): SideSpec {
  const there = new Map(
    entries.filter(({ state }) => state !== 'absent').map(({ label, state }) => [label, state]),
  );
  const parents = new Map<Label, Label>();
  for (const [label, state] of there) {
    const parent = (state === 'moved' ? elsewhere : home)[label] as Label | null;
    if (parent === null || isInside(parent, label, parents)) continue;
    parents.set(label, parent);
  }
  // Over there a collection goes with those inside of it, and leaves the articles behind.
  const inner = parents.get('c');
  if (side === 'remote' && inner !== undefined && !there.has(inner)) there.delete('c');
  let specs: SideSpec = {};
  for (const label of labels) {
    const state = there.get(label);
    const isFolderOnly =
      side === 'local' && [...parents].some(([child, parent]) => parent === label && there.has(child));
    if (state === undefined && !isFolderOnly) continue;
    const parent = parents.get(label);
    const stands = parent === undefined || (side !== 'local' && !there.has(parent)) ? {} : { in: parent };
    const isArticle = label === 'x' || label === 'y';
    const text = isArticle && state === 'changed' ? { text: `By ${side}.` } : {};
    // Of a folder with something in it, only its own file can be absent.
    const name =
      state === undefined ? { name: null } : state === 'changed' ? { name: `${label} ${side}` } : {};
    specs = {
      ...specs,
      [label]: isArticle ? article({ ...stands, ...text }) : collection({ ...stands, ...name }),
    };
  }
  return specs;
}

function isInside(label: Label, other: Label, parents: ReadonlyMap<Label, Label>): boolean {
  for (let at: Label | undefined = label; at !== undefined; at = parents.get(at))
    if (at === other) return true;
  return false;
}
