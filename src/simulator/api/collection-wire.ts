import { locales } from '../../model/locale.ts';
import { collectionAddress } from '../state/addresses.ts';
import type { Call } from './call.ts';
import type { Collection, HelpCenter } from '../state/entities.ts';

/** A collection as answered, keys in the recorded order. */
export function collectionWire(call: Call, collection: Collection): Record<string, unknown> {
  const { world, version } = call;
  const { switches, workspace } = world.settings;
  const helpCenter = world.helpCenter(collection.helpCenterId) ?? world.defaultHelpCenter;
  const texts = collection.texts[helpCenter.defaultLocale];
  const old = version.number < 210;
  const nested = collection.parentId !== null;
  const parent = collection.parentId === null ? null : String(collection.parentId);
  const hidden = nested && switches.nestedHelpCenterId === 'null';
  return {
    id: String(collection.id),
    ...(old ? { type: nested ? 'section' : 'collection' } : {}),
    workspace_id: workspace.id,
    name: texts?.name ?? '',
    url: collectionAddress(world, collection),
    order: collection.order,
    created_at: collection.createdAt,
    updated_at: collection.updatedAt,
    ...(old && nested ? {} : { description: texts?.description ?? '' }),
    icon: collection.icon,
    ...(old && !nested ? {} : { parent_id: old ? collection.parentId : parent }),
    help_center_id: hidden ? null : collection.helpCenterId,
    ...languages(call, collection, helpCenter),
  };
}

function languages(call: Call, collection: Collection, helpCenter: HelpCenter): Record<string, unknown> {
  const { switches } = call.world.settings;
  if (!switches.multilingual) return {};
  const translated: Record<string, unknown> = { type: 'group_translated_content' };
  for (const locale of switches.localeKeys === 'all' ? locales : helpCenter.locales) {
    const texts = helpCenter.locales.includes(locale) ? collection.texts[locale] : undefined;
    translated[locale] =
      texts === undefined
        ? null
        : { type: 'group_content', name: texts.name, description: texts.description };
  }
  return { default_locale: helpCenter.defaultLocale, translated_content: translated };
}
