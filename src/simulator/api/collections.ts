import { ApiError, invalid, notFound } from '../state/api-error.ts';
import type { Call } from './call.ts';
import { collectionWire } from './collection-wire.ts';
import {
  childrenOf,
  deepest,
  heightOf,
  isInside,
  levelBelow,
  moveInto,
  nextOrder,
  removeWithContents,
} from '../state/collection-tree.ts';
import type { Collection, CollectionTexts, HelpCenter } from '../state/entities.ts';
import { checkTitle, idField, localeFields, textField } from './input.ts';
import { paged } from './paging.ts';

/** Icon of a collection that is created without one. */
const newIcon = 'book-bookmark';

/** Icon that a collection gets when it is updated without one. */
const resetIcon = 'folder';

export function listCollections(call: Call): unknown {
  const all = inOrder(call);
  const rows = call.version.number < 210 ? all.filter((one) => one.parentId === null) : all;
  return collectionPage(call, rows, '/help_center/collections');
}

/** Collections inside others, as versions before 2.10 list them. */
export function listSections(call: Call): unknown {
  const rows = inOrder(call).filter((one) => one.parentId !== null);
  return collectionPage(call, rows, '/help_center/sections');
}

export function retrieveCollection(call: Call): unknown {
  return collectionWire(call, findCollection(call));
}

export function createCollection(call: Call): unknown {
  const { world, input } = call;
  const parentId = readParent(call) ?? null;
  if (parentId === null && call.kind === 'section')
    throw invalid('parent_id is a required parameter.', 'parent_id');
  const parent = parentId === null ? undefined : world.collections.get(parentId);
  const helpCenter = readHelpCenter(call, parent);
  if (levelBelow(world, parentId) > deepest)
    throw badMove(call, 'Collections can be nested three levels deep');
  const texts = editedTexts(call, {}, helpCenter);
  if (texts[helpCenter.defaultLocale] === undefined) {
    throw new ApiError(400, 'parameter_not_found', 'Name is a required parameter.');
  }
  const now = world.seconds();
  const collection: Collection = {
    id: world.nextId('collection'),
    helpCenterId: helpCenter.id,
    parentId,
    order: nextOrder(world, helpCenter.id, parentId),
    icon: readIcon(call, input) ?? newIcon,
    texts,
    createdAt: now,
    updatedAt: now,
  };
  world.putCollection(collection);
  return collectionWire(call, collection);
}

export function updateCollection(call: Call): unknown {
  const { world, input } = call;
  const before = findCollection(call);
  const helpCenter = world.helpCenter(before.helpCenterId) ?? world.defaultHelpCenter;
  checkHelpCenter(call, before);
  const parentId = readParent(call);
  const texts = editedTexts(call, before.texts, helpCenter);
  let moved = before;
  if (parentId !== undefined && parentId !== before.parentId) {
    checkMove(call, before, parentId);
    moved = moveInto(world, before, parentId);
  }
  const icon = readIcon(call, input) ?? resetIcon;
  const idle = moved === before && icon === before.icon && sameTexts(texts, before.texts);
  if (!idle || world.settings.switches.idleUpdate === 'touch') {
    world.putCollection({ ...moved, icon, texts, updatedAt: world.seconds() });
  }
  return collectionWire(call, world.collections.get(before.id) ?? moved);
}

export function deleteCollection(call: Call): unknown {
  const { world } = call;
  const collection = findCollection(call);
  const children = childrenOf(world, collection.id);
  const mode = world.settings.switches.deleteCollection;
  const filled =
    children.length > 0 || [...world.articles.values()].some((one) => one.parentIds.includes(collection.id));
  if (mode === 'refuse' && filled) throw invalid('Collection is not empty');
  if (mode === 'lift') {
    for (const child of children) world.putCollection(moveInto(world, child, collection.parentId));
  }
  removeWithContents(world, collection);
  return { id: String(collection.id), object: call.kind, deleted: true };
}

function collectionPage(call: Call, rows: readonly Collection[], path: string): unknown {
  const page = paged(call, rows, path, 20);
  const data = page.rows.map((one) => collectionWire(call, one));
  return { type: 'list', data, total_count: page.total, pages: page.pages };
}

function inOrder(call: Call): Collection[] {
  const { world, query } = call;
  const { collectionOrder, helpCenterFilter, listLag, ties } = world.settings.switches;
  const all = listLag === 0 ? [...world.collections.values()] : world.collectionsBefore(listLag);
  const wanted = helpCenterFilter === 'applied' ? query.get('help_center_id') : null;
  const rows = wanted === null ? all : all.filter((one) => String(one.helpCenterId) === wanted);
  if (collectionOrder === 'created') return rows.sort((one, other) => one.id - other.id);
  const direction = ties === 'idDescending' ? -1 : 1;
  return rows.sort((one, other) => other.updatedAt - one.updatedAt || direction * (one.id - other.id));
}

/** Below 2.10 a path for collections finds no section, and the other way round. */
function findCollection(call: Call): Collection {
  const id = call.ids[0] ?? '';
  const found = /^\d{1,15}$/.test(id) ? call.world.collections.get(Number(id)) : undefined;
  if (found === undefined) throw notFound();
  if (call.version.number < 210 && (found.parentId !== null) !== (call.kind === 'section')) throw notFound();
  return found;
}

function editedTexts(
  call: Call,
  before: Collection['texts'],
  helpCenter: HelpCenter,
): Record<string, CollectionTexts> {
  const { switches } = call.world.settings;
  const main = helpCenter.defaultLocale;
  const texts: Record<string, CollectionTexts> = { ...before };
  const edit = (locale: string, fields: Readonly<Record<string, unknown>>): void => {
    const name = textField(fields, 'name');
    const description = textField(fields, 'description');
    const known = texts[locale];
    if (name === undefined && known === undefined && (locale !== main || description === undefined)) return;
    if (name !== undefined) checkTitle(name ?? '', 'name', switches);
    if (name === undefined && known === undefined) return;
    const left = switches.omittedLocaleFields === 'empty' && fields !== call.input ? '' : known?.description;
    texts[locale] = {
      name: name ?? known?.name ?? '',
      description: description === undefined ? (left ?? '') : (description ?? ''),
    };
  };
  if (switches.clash === 'locale') edit(main, call.input);
  for (const [locale, fields] of localeFields(call.input, switches)) {
    if (fields !== null) edit(locale, fields);
    else if (switches.nullLocale === 'remove' && locale !== main) delete texts[locale];
  }
  if (switches.clash === 'top') edit(main, call.input);
  return texts;
}

/** Undefined when the request does not say. */
function readParent(call: Call): number | null | undefined {
  const parentId = idField(call.input, 'parent_id');
  if (typeof parentId !== 'number' || call.world.collections.has(parentId)) return parentId;
  if (call.world.settings.switches.unknownParent === 404) throw notFound();
  throw invalid('parent_id does not exist', 'parent_id');
}

function readHelpCenter(call: Call, parent: Collection | undefined): HelpCenter {
  const { world } = call;
  const sent = idField(call.input, 'help_center_id');
  const named = typeof sent === 'number' ? world.helpCenter(sent) : world.defaultHelpCenter;
  if (named === null) throw notFound();
  return (parent === undefined ? null : world.helpCenter(parent.helpCenterId)) ?? named;
}

/** On an update the help center is checked and never applied; a collection without content refuses any. */
function checkHelpCenter(call: Call, collection: Collection): void {
  const sent = idField(call.input, 'help_center_id');
  if (typeof sent !== 'number') return;
  const { world } = call;
  const inside = (parentIds: readonly number[]): boolean =>
    parentIds.some((parentId) => isInside(world, parentId, collection.id));
  const filled = [...world.articles.values()].some((one) => inside(one.parentIds));
  if (filled && sent === collection.helpCenterId) return;
  throw invalid('help_center_id does not match the help center of the content', 'help_center_id');
}

function checkMove(call: Call, collection: Collection, parentId: number | null): void {
  const { world } = call;
  if (parentId === null) return;
  if (isInside(world, parentId, collection.id)) throw badMove(call, 'A collection cannot be inside itself');
  const levels = levelBelow(world, parentId) - 1 + heightOf(world, collection.id);
  if (levels > deepest) throw badMove(call, 'Collections can be nested three levels deep');
}

function badMove(call: Call, message: string): ApiError {
  return new ApiError(call.world.settings.switches.badMove, 'parameter_invalid', message, 'parent_id');
}

/** Null when none was sent, or an empty one. */
function readIcon(call: Call, fields: Readonly<Record<string, unknown>>): string | null {
  const icon = textField(fields, 'icon') ?? '';
  return icon === '' || call.world.settings.switches.collectionIcon === 'ignored' ? null : icon;
}

function sameTexts(one: Collection['texts'], other: Collection['texts']): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
