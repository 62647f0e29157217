/*
 * The gate tries a part of what could be searched, so that it takes minutes; `npm run test:long` tries all of it. Each
 * search is the same in both, only smaller: a fault that the gate lets through is found the next night.
 */
export const isLong = (process.env['TEST_LONG'] ?? '') !== '';

/** How many to try. */
export const tries = (gate: number, long: number): number => (isLong ? long : gate);

/** Every so-and-so-many-th in the gate, all of them in the long search. */
export const some = <Item>(all: readonly Item[], every: number): readonly Item[] =>
  isLong ? all : all.filter((_, index) => index % every === 0);
