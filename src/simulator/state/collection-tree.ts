import type { Collection } from './entities.ts';
import type { World } from './world.ts';

/** Levels of collections in a help center. */
export const deepest = 3;

/** The collections directly inside one; those at the top level of a help center for null. */
export function childrenOf(world: World, parentId: number | null): Collection[] {
  return [...world.collections.values()].filter((one) => one.parentId === parentId);
}

/** The level that a collection inside this one would be on, from 1. */
export function levelBelow(world: World, parentId: number | null): number {
  let level = 1;
  for (let at = parentId; at !== null; level += 1) at = world.collections.get(at)?.parentId ?? null;
  return level;
}

/** Levels that a collection takes up with all that is inside of it. */
export function heightOf(world: World, id: number): number {
  return 1 + Math.max(0, ...childrenOf(world, id).map((one) => heightOf(world, one.id)));
}

/** Whether a collection is the other one or somewhere inside of it. */
export function isInside(world: World, id: number, outer: number): boolean {
  for (let at: number | null = id; at !== null; at = world.collections.get(at)?.parentId ?? null) {
    if (at === outer) return true;
  }
  return false;
}

/** A collection and all that are inside of it, the innermost first. */
export function withDescendants(world: World, collection: Collection): Collection[] {
  return [...childrenOf(world, collection.id).flatMap((one) => withDescendants(world, one)), collection];
}

/** The place after the last of the siblings. */
export function nextOrder(world: World, helpCenterId: number, parentId: number | null): number {
  const siblings = childrenOf(world, parentId).filter((one) => one.helpCenterId === helpCenterId);
  return siblings.reduce((most, one) => Math.max(most, one.order + 1), 0);
}

/** Removes a collection with those inside; the articles stay, without that parent. */
export function removeWithContents(world: World, collection: Collection): void {
  for (const one of withDescendants(world, collection)) {
    for (const article of world.articles.values()) {
      if (!article.parentIds.includes(one.id)) continue;
      world.putArticle({ ...article, parentIds: article.parentIds.filter((id) => id !== one.id) });
    }
    world.removeCollection(one.id);
  }
}

/** Moves a collection with all that is inside to a help center; only the top one gets another parent. */
export function moveInto(world: World, collection: Collection, parentId: number | null): Collection {
  const parent = parentId === null ? undefined : world.collections.get(parentId);
  const helpCenterId = parent?.helpCenterId ?? collection.helpCenterId;
  if (helpCenterId !== collection.helpCenterId) {
    for (const one of withDescendants(world, collection)) {
      if (one.id !== collection.id) world.putCollection({ ...one, helpCenterId });
    }
  }
  return { ...collection, parentId, helpCenterId, order: nextOrder(world, helpCenterId, parentId) };
}
