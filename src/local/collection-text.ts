import { isMap } from 'yaml';
import type { YAMLMap } from 'yaml';
import { collectionNames, translatedNames } from '../fields/collection-fields.ts';
import { each } from '../fields/each.ts';
import type {
  CollectionField,
  CollectionFields,
  CollectionTexts,
  LocalCollectionFields,
} from '../model/entry.ts';
import { ShelfmarkError } from '../model/error.ts';
import { byText } from '../model/identity.ts';
import type { RemoteId } from '../model/identity.ts';
import { isLocale } from '../model/locale.ts';
import type { Locale } from '../model/locale.ts';
import type { CollectionFileEdit, NewCollectionFile } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { yamlProblem } from './front-matter.ts';
import { collectionName } from './key-schema.ts';
import { readId, readKeys, readList } from './keys.ts';
import type { KeyText, UnknownKey, Unreadable } from './keys.ts';
import { localeHint } from './locale-hint.ts';
import { fileProblem, lineOf, quoted, spotProblem } from './problems.ts';
import type { Spot } from './problems.ts';
import { digestOf, openText } from './text-file.ts';
import { removeKey, setValue } from './yaml/yaml-edit.ts';
import { printValue } from './yaml/yaml-print.ts';
import { maxYamlSize, pairsOf, readYaml } from './yaml/yaml-source.ts';
import type { YamlSource } from './yaml/yaml-source.ts';

/** What a `collection.yaml` says; null for what it does not say. */
export interface CollectionContent extends LocalCollectionFields {
  readonly digest: string;
  readonly pinnedId: RemoteId | null;
  readonly translations: ReadonlyMap<Locale, CollectionTexts>;
  /** Missing where the file says nothing about it. */
  readonly order?: readonly string[];
}

export type CollectionReading =
  | {
      readonly ok: true;
      readonly content: CollectionContent;
      readonly idLine: number;
      readonly unknownKeys: readonly UnknownKey[];
    }
  | Unreadable;

/** Reads one `collection.yaml`: all that is wrong with it at once, or its content. */
export function readCollection(
  bytes: Uint8Array,
  place: { readonly shown: string; readonly defaultLocale: Locale },
): CollectionReading {
  const opened = openCollection(bytes, place.shown);
  if (!('spot' in opened)) return { ok: false, problems: [opened] };
  const { spot, yaml, base } = opened;
  const known = { texts: [...collectionNames, 'id'], nested: ['translations', 'order'] };
  const order = readList(spot, base, yaml.map, 'order');
  const { texts, unknownKeys, problems } = readKeys(spot, base, yaml.map, known);
  const translated = readTranslations(spot, base, yaml.map, place.defaultLocale);
  const { id, unknownKeys: foreignIds } = readId(spot, texts.get('id'));
  const all = [...problems, ...order.problems, ...emptyName(spot, texts.get('name')), ...translated.problems];
  const keys = [...unknownKeys, ...foreignIds, ...translated.unknownKeys];
  if (all.length > 0) return { ok: false, problems: all, unknownKeys: keys };
  return {
    ok: true,
    content: {
      digest: digestOf(bytes),
      pinnedId: id,
      ...each<LocalCollectionFields>(collectionNames, (name) => texts.get(name)?.text ?? null),
      translations: translated.translations,
      ...(order.values.length === 0 ? {} : { order: order.values.map(({ text }) => text ?? '') }),
    },
    idLine: lineOf(spot.text, texts.get('id')?.offset ?? 0),
    unknownKeys: keys,
  };
}

/** A new `collection.yaml`. */
export function printCollection(content: NewCollectionFile): string {
  const lines = keyLines(content, collectionNames, '');
  const translations = Object.entries(content.translations).sort(([left], [right]) => byText(left, right));
  if (translations.length > 0) lines.push('translations:');
  for (const [locale, texts] of translations)
    lines.push(`  ${locale}:`, ...keyLines(texts, translatedNames, '    '));
  return `${lines.join('\n')}\n`;
}

/**
 * Changes a `collection.yaml` instead of rewriting it: only values that differ from what the file says are
 * touched. `text` includes the byte order mark, if any. Throws a ShelfmarkError for a text that cannot be read.
 */
export function editCollection(text: string, edit: CollectionFileEdit): string {
  let yaml = text.replace(/^\ufeff/, '');
  const bom = text.slice(0, text.length - yaml.length);
  for (const key of collectionNames) yaml = change(yaml, [key], edit[key]);
  for (const [locale, texts] of Object.entries(edit.translations ?? {})) {
    if (texts === null) yaml = withoutTranslation(yaml, locale);
    else for (const key of translatedNames) yaml = change(yaml, ['translations', locale, key], texts[key]);
  }
  return bom + yaml;
}

function change(yaml: string, keys: readonly string[], value: string | undefined): string {
  if (value === undefined) return yaml;
  const current = textAt(yaml, keys);
  return value === (current ?? '') && (current !== null || keys.at(-1) === 'description')
    ? yaml
    : setValue(yaml, keys, value);
}

/** Takes out one language, and the key that holds them all with the last. */
function withoutTranslation(yaml: string, locale: string): string {
  const translations = mapAt(read(yaml).map, 'translations');
  if (translations?.has(locale) !== true) return yaml;
  return removeKey(yaml, translations.items.length > 1 ? ['translations', locale] : ['translations']);
}

function textAt(yaml: string, keys: readonly string[]): string | null {
  let map = read(yaml).map;
  for (const key of keys.slice(0, -1)) map = mapAt(map, key);
  const last = keys.at(-1) ?? '';
  const spot = { file: '', text: yaml };
  return readKeys(spot, 0, map, { texts: [last] }).texts.get(last)?.text ?? null;
}

function mapAt(map: YAMLMap | null, key: string): YAMLMap | null {
  const value = pairsOf(map).find((pair) => pair.key === key)?.value ?? null;
  return isMap(value) ? value : null;
}

function read(yaml: string): YamlSource {
  const reading = readYaml(yaml);
  if (reading.ok) return reading.yaml;
  throw new ShelfmarkError('EDIT_REFUSED', {
    message: `The file cannot be edited: ${reading.fault.message}. It was left as it is.`,
    hint: reading.fault.hint,
  });
}

function keyLines<Name extends CollectionField>(
  texts: Pick<CollectionFields, Name>,
  names: readonly Name[],
  indent: string,
): string[] {
  return names.flatMap((name) => {
    const value = texts[name];
    const isSaid = value !== null && (value !== '' || name !== 'description');
    return isSaid ? [`${indent}${name}: ${printValue(value)}`] : [];
  });
}

function openCollection(
  bytes: Uint8Array,
  file: string,
): { readonly spot: Spot; readonly yaml: YamlSource; readonly base: number } | Problem {
  if (bytes.length > maxYamlSize) return collectionTooLarge(file);
  const spot = openText(bytes, file);
  if (!('text' in spot)) return spot;
  const base = spot.text.startsWith('\ufeff') ? 1 : 0;
  const reading = readYaml(spot.text.slice(base));
  return reading.ok ? { spot, yaml: reading.yaml, base } : yamlProblem(spot, base, reading);
}

export function collectionTooLarge(file: string): Problem {
  const message = `The file is larger than ${maxYamlSize / 1024} KB.`;
  return fileProblem(
    'FILE_TOO_LARGE',
    file,
    message,
    'Keep only name, description, icon and translations in it.',
  );
}

function emptyName(spot: Spot, found: KeyText | undefined): readonly Problem[] {
  if (found === undefined || collectionName.safeParse(found.text ?? '').success) return [];
  const hint = 'Write a name after "name:", or remove the line: the name of the folder then serves.';
  return [spotProblem('NAME_EMPTY', spot, found.offset, 'The name of the collection is empty.', hint)];
}

function readTranslations(
  spot: Spot,
  base: number,
  map: YAMLMap | null,
  defaultLocale: Locale,
): {
  readonly translations: ReadonlyMap<Locale, CollectionTexts>;
  readonly unknownKeys: readonly UnknownKey[];
  readonly problems: readonly Problem[];
} {
  const translations = new Map<Locale, CollectionTexts>();
  const unknownKeys: UnknownKey[] = [];
  const problems: Problem[] = [];
  const pair = pairsOf(map).find(({ key }) => key === 'translations');
  const top = pair?.value ?? null;
  const tell = (code: string, offset: number, message: string, hint: string): void => {
    problems.push(spotProblem(code, spot, base + offset, message, hint));
  };
  if (pair !== undefined && !isMap(top) && !saysNothing(top)) {
    tell('VALUE_NOT_TEXT', pair.offset, '"translations" must hold languages.', translationHint);
  }
  for (const { key, offset, value } of pairsOf(isMap(top) ? top : null)) {
    if (!isLocale(key)) {
      tell(
        'UNKNOWN_LOCALE',
        offset,
        `${quoted(key)} is not a locale that Intercom knows.`,
        localeHint(key) ?? 'Remove it, or use a locale such as fr or pt-BR.',
      );
    } else if (key === defaultLocale) {
      tell(
        'LOCALE_TWICE',
        offset,
        `"${key}" is the default locale, whose name is at the top of the file.`,
        'Remove it from "translations".',
      );
    } else if (!isMap(value)) {
      tell('VALUE_NOT_TEXT', offset, `The translation "${key}" must hold a name.`, translationHint);
    } else {
      const found = readKeys(spot, base, value, { texts: translatedNames });
      const texts = each<CollectionTexts>(translatedNames, (field) => found.texts.get(field)?.text ?? '');
      problems.push(...found.problems);
      unknownKeys.push(...found.unknownKeys);
      if (!collectionName.safeParse(texts.name).success)
        tell('NAME_MISSING', offset, `The translation "${key}" has no name.`, translationHint);
      translations.set(key, texts);
    }
  }
  return { translations, unknownKeys, problems };
}

const translationHint = 'Write, indented, "translations:", below it "fr:", and below that "name: …".';

function saysNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && 'source' in value && value.source === '');
}
