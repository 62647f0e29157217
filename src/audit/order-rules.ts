/* The order of collections. Nobody can write it through the API: what differs is told, and somebody drags it into place. */
import type { LocalCollection } from '../model/entry.ts';
import { baseName, byText, contentRoot, joinPath, type RemoteId } from '../model/identity.ts';
import type { OfflineFolder } from '../plan/offline-folder.ts';
import { groupBy } from '../plan/terms/group-by.ts';
import type { Found } from './terms.ts';

/** Collections whose order differs, one finding for each place; `orders` says where the help center shows each. */
export function orderFindings(
  { local, pairing }: OfflineFolder,
  orders: ReadonlyMap<RemoteId, number>,
): readonly Found[] {
  const ids = new Map(pairing.collections.map((one) => [one.local, one.base?.id]));
  const bySibling = groupBy(local.collections, (one) => one.folder);
  return [...bySibling].flatMap(([folder, siblings]): readonly Found[] => {
    const parent = local.collections.find((one) => one.path === folder);
    const wanted = wantedOrder(siblings, parent?.order ?? []);
    if (wanted.length < 2) return [];
    const placed = wanted.flatMap((one) => {
      const id = ids.get(one);
      const order = id === undefined ? undefined : orders.get(id);
      return order === undefined ? [] : [{ one, order }];
    });
    const shown = placed.toSorted((left, right) => left.order - right.order);
    if (shown.every(({ one }, at) => one === placed[at]?.one)) return [];
    const names = (some: typeof placed): string => some.map(({ one }) => baseName(one.path)).join(', ');
    return [
      {
        rule: 'ORDER_DIFFERS',
        file:
          parent?.file ??
          (folder === contentRoot ? (siblings[0]?.path ?? '') : joinPath(folder, 'collection.yaml')),
        line: 0,
        message: `The help center shows ${names(shown)}; the order here is ${names(placed)}.`,
        hint: 'Drag them into that order in Intercom: the API cannot write it.',
      },
    ];
  });
}

/** Those that somebody has ordered: by the list of the collection above, else by the numbers before their names. */
function wantedOrder(
  siblings: readonly LocalCollection[],
  order: readonly string[],
): readonly LocalCollection[] {
  if (order.length > 0) {
    const placeOf = new Map(order.map((name, at) => [name, at]));
    return siblings
      .filter((one) => placeOf.has(baseName(one.path)))
      .toSorted(
        (left, right) => (placeOf.get(baseName(left.path)) ?? 0) - (placeOf.get(baseName(right.path)) ?? 0),
      );
  }
  const numberOf = (one: LocalCollection): number =>
    Number(/^(\d{1,6})[-_. ]/.exec(baseName(one.path))?.[1] ?? Number.NaN);
  return siblings
    .filter((one) => !Number.isNaN(numberOf(one)))
    .toSorted((left, right) => numberOf(left) - numberOf(right) || byText(left.path, right.path));
}
