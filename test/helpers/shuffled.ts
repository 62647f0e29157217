import type { PlanInput } from '../../src/plan/terms/input.ts';

/** The same input with all lists and maps in another order. */
export function shuffled(input: PlanInput, seed: number): PlanInput {
  let state = seed;
  const mix = <One>(list: readonly One[]): One[] =>
    list
      .map((one) => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return [state, one] as const;
      })
      .toSorted(([left], [right]) => left - right)
      .map(([, one]) => one);
  const mixMap = <Key, Value>(map: ReadonlyMap<Key, Value>): ReadonlyMap<Key, Value> =>
    new Map(mix([...map]));
  const { base, local, remote } = input;
  return {
    ...input,
    base: {
      ...base,
      entries: mix(base.entries).map((row) =>
        row.kind === 'article'
          ? { ...row, locales: mixMap(row.locales) }
          : { ...row, translations: mixMap(row.translations) },
      ),
    },
    local: {
      ...local,
      articles: mix(local.articles).map((one) => ({ ...one, locales: mixMap(one.locales) })),
      collections: mix(local.collections).map((one) => ({ ...one, translations: mixMap(one.translations) })),
    },
    remote: {
      ...remote,
      articles: mix(remote.articles).map((one) => ({ ...one, locales: mixMap(one.locales) })),
      collections: mix(remote.collections).map((one) => ({ ...one, translations: mixMap(one.translations) })),
    },
  };
}
