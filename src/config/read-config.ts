import { basename, dirname, join, resolve } from 'node:path';
import {
  LineCounter,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  parseDocument,
  visit,
  type Document,
} from 'yaml';
import { issuesOf } from '../decode/issues.ts';
import { closest } from '../decode/issues.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { Locale } from '../model/locale.ts';
import { remoteId, type RemoteId } from '../model/identity.ts';
import { configSchema, keysAt, type MaxDeletes, type RawConfig, type RemoteConfig } from './schema.ts';

/** `sync.config.yaml`, checked, with one target chosen and every path made absolute. */
export interface Config {
  /** The config file, absolute. */
  readonly file: string;
  /** What it says. */
  readonly source: string;
  /** The folder of the config file, absolute. */
  readonly folder: string;
  /** The content folder, absolute, and as the config file names it. */
  readonly content: string;
  readonly contentName: string;
  readonly defaultLocale: Locale;
  readonly target: string | null;
  readonly provider: 'simulator' | 'intercom';
  readonly region: 'us' | 'eu' | 'au';
  readonly version: string;
  readonly helpCenter: RemoteId | null;
  readonly author: string | null;
  readonly conflicts: 'hold' | 'local' | 'remote';
  readonly deletions: 'unpublish' | 'delete' | 'keep';
  readonly maxDeletes: MaxDeletes;
  readonly spacing: 'auto' | 'always' | 'never';
  readonly assetBaseUrl: string | null;
  readonly assetDownload: boolean;
  /** What gives an article its title where its file does not say one. */
  readonly titles: 'frontMatter' | 'fileName';
  /** Whether files that git ignores are content. */
  readonly gitIgnored: 'skip' | 'sync';
  /** What a link that begins with a slash is relative to: a slash at either end. */
  readonly siteRoot: string;
  /** How the preview and the simulated help center present themselves. */
  readonly preview: PreviewLook;
  /** What an audit looks for. */
  readonly audit: AuditConfig;
  /** The base file, absolute, and how messages name it. */
  readonly lockFile: string;
  readonly lockName: string;
  /** The other targets, null for the one that is meant where none is named; their lock files, absolute. */
  readonly otherTargets: readonly { readonly target: string | null; readonly lockFile: string }[];
  /** The environment variable that holds the token. */
  readonly tokenVariable: string;
  /** `.shelfmark`, absolute: private to this machine. */
  readonly stateFolder: string;
  /** Where the embedded simulator keeps its help center, absolute. */
  readonly simulatorFile: string;
}

/**
 * Checks the text of a config file. Throws a ShelfmarkError `CONFIG_INVALID` that lists every finding with its
 * line, or `TARGET_UNKNOWN`.
 *
 * @param shown how messages name the file
 */
export function readConfig(source: string, file: string, shown: string, target: string | null): Config {
  const oversize = tooMuch(source);
  if (oversize !== null) throw invalid([`${shown}: ${oversize}`]);
  const lines = new LineCounter();
  const options = { lineCounter: lines, uniqueKeys: true, merge: false } as const;
  const document = parseDocument(source, options);
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken !== undefined) {
    const at = lines.linePos(broken.pos[0]);
    throw invalid([`${shown}:${at.line}: ${firstLine(broken.message)}`]);
  }
  const unwanted = unwantedIn(document);
  if (unwanted !== null)
    throw invalid([`${shown}:${lines.linePos(unwanted.offset).line}: ${unwanted.what} are not read`]);
  const parsed = configSchema.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (!parsed.success) {
    throw invalid(
      issuesOf(parsed.error, keysAt).map((issue) => {
        const line = lineOf(document, issue.path, lines);
        const said = issue.message.startsWith('unknown key')
          ? issue.message
          : missing(issue.path.join('.'), issue.message);
        return `${shown}:${line}: ${said}`;
      }),
    );
  }
  return configOf(parsed.data, { file, source }, target);
}

function configOf(
  raw: RawConfig,
  { file, source }: Pick<Config, 'file' | 'source'>,
  target: string | null,
): Config {
  const folder = dirname(file);
  const chosen =
    target === null ? null : (targetsOf(raw).get(target) ?? unknownTarget(target, Object.keys(raw.targets)));
  const remote: RemoteConfig = chosen?.remote ?? raw.remote;
  const stateFolder = join(folder, '.shelfmark');
  const suffix = suffixOf(target);
  const lockName = lockNameOf(raw, target);
  const assets = chosen?.assets ?? raw.assets;
  return {
    file,
    source,
    folder,
    content: resolve(folder, raw.content),
    contentName: raw.content.replace(/^\.\//, '').replace(/\/+$/, ''),
    defaultLocale: raw.defaultLocale,
    target,
    provider: remote.provider,
    region: remote.region,
    version: remote.version,
    helpCenter: remote.helpCenter === undefined ? null : remoteId(remote.helpCenter),
    author: remote.author ?? null,
    conflicts: chosen?.conflicts ?? raw.conflicts,
    deletions: chosen?.deletions ?? raw.deletions,
    maxDeletes: chosen?.maxDeletes ?? raw.maxDeletes,
    spacing: chosen?.spacing ?? raw.spacing,
    assetBaseUrl: assets.baseUrl ?? null,
    assetDownload: assets.download,
    titles: raw.titles,
    gitIgnored: raw.gitIgnored,
    siteRoot: raw.siteRoot,
    preview: lookOf(raw, folder),
    audit: {
      severities: raw.audit.rules,
      staleDays: raw.audit.stale === undefined ? null : Number.parseInt(raw.audit.stale, 10),
      ignore: raw.audit.ignore,
    },
    lockFile: resolve(folder, lockName),
    lockName,
    otherTargets: [null, ...targetsOf(raw).keys()]
      .filter((one) => one !== target)
      .map((one) => ({ target: one, lockFile: resolve(folder, lockNameOf(raw, one)) })),
    tokenVariable: chosen?.tokenVariable ?? 'INTERCOM_TOKEN',
    stateFolder,
    simulatorFile: join(stateFolder, `simulator${suffix}.json`),
  };
}

const suffixOf = (target: string | null): string => (target === null ? '' : `.${target}`);

function lockNameOf(raw: RawConfig, target: string | null): string {
  const chosen = target === null ? undefined : targetsOf(raw).get(target);
  const { provider } = chosen?.remote ?? raw.remote;
  // The simulator's ids mean nothing elsewhere, so what was agreed with it stays on this machine too.
  const folder = provider === 'simulator' ? '.shelfmark/' : '';
  return (chosen ?? raw).lock ?? `${folder}sync.lock${suffixOf(target)}.json`;
}

export interface AuditConfig {
  /** How findings are reported, by their codes, where it is not as usual. */
  readonly severities: Readonly<Record<string, 'off' | 'warning' | 'error'>>;
  readonly staleDays: number | null;
  /** Patterns of addresses that are not checked. */
  readonly ignore: readonly string[];
}

export interface PreviewLook {
  readonly title: string;
  readonly greetings: ReadonlyMap<string, string>;
  readonly color: string | null;
  /** A picture, from the folder of the config file. */
  readonly logo: string | null;
}

function lookOf({ preview, defaultLocale }: RawConfig, folder: string): PreviewLook {
  const { title, greeting = {}, color = null, logo } = preview;
  const greetings = typeof greeting === 'string' ? { [defaultLocale]: greeting } : greeting;
  return {
    title: title ?? titleOf(folder),
    greetings: new Map(Object.entries(greetings)),
    color,
    logo: logo?.replace(/^\.\//, '') ?? null,
  };
}

/** A help center without a title is called as its folder is. */
function titleOf(folder: string): string {
  const words = basename(folder)
    .replaceAll(/[-_.]+/g, ' ')
    .trim();
  return words === '' ? 'Help Center' : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Only those in the file: every object answers to names such as `constructor`. */
const targetsOf = ({ targets }: RawConfig): ReadonlyMap<string, RawConfig['targets'][string]> =>
  new Map(Object.entries(targets));

/** Far beyond any project; what is larger or nested deeper would only cost time. */
const maxSize = 64 * 1024;
const maxNested = 1000;

function tooMuch(source: string): string | null {
  if (source.length > maxSize) return `the file is larger than ${maxSize / 1024} KB`;
  const nested = source.match(/[[{]|(?:^|\s)[-?](?=\s)/g)?.length ?? 0;
  return nested > maxNested ? 'the file holds too many lists' : null;
}

/** What is valid YAML and has no place in settings: it can hide values, blow up, or reach for the prototype. */
function unwantedIn(document: Document): { readonly what: string; readonly offset: number } | null {
  let found: { readonly what: string; readonly offset: number } | null = null;
  visit(document, (_key, node) => {
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    if (isAlias(node)) found = { what: 'aliases ("*name")', offset };
    else if (isNode(node) && node.tag !== undefined && !isPlainTag(node.tag))
      found = { what: 'tags (words that begin with "!")', offset };
    else if (isScalar(node) && node.value === '__proto__')
      found = { what: 'keys such as "__proto__"', offset };
    return found === null ? undefined : visit.BREAK;
  });
  return found;
}

const isPlainTag = (tag: string): boolean =>
  /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/.test(tag);

function unknownTarget(target: string, known: readonly string[]): never {
  const near = closest(target, known);
  throw new ShelfmarkError('TARGET_UNKNOWN', {
    kind: 'usage',
    message: `There is no target "${target}" in the config file. Nothing was changed.`,
    hint:
      near !== null
        ? `Did you mean --target ${near}?`
        : known.length > 0
          ? `Known targets: ${known.join(', ')}.`
          : 'Add it under "targets:", or leave --target out.',
  });
}

function invalid(findings: readonly string[]): ShelfmarkError {
  return new ShelfmarkError('CONFIG_INVALID', {
    message: findings.join('\n'),
    hint: 'Correct the config file and run the command again. Nothing was changed.',
  });
}

function lineOf(document: Document, path: readonly (string | number)[], lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      const node = pair?.key;
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
  }
  return 1;
}

const missing = (path: string, message: string): string => {
  if (/received undefined|undefined" is not one of/.test(message)) return `${path} is missing`;
  return path === '' ? `the file ${message}` : `${path}: ${message}`;
};

const firstLine = (text: string): string =>
  (text.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '').replace(/:$/, '');
