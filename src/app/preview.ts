import { nodeCode } from '../ports/node-error.ts';
import { extname } from 'node:path';
import { openBaseStore } from '../base/store.ts';
import type { Config } from '../config/read-config.ts';
import { emptyBase } from '../model/base.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { Conflict } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import { checkContent } from '../plan/check-content.ts';
import { addressOf, fileOf, routeOf } from '../preview/addresses.ts';
import { openLibrary } from '../preview/library.ts';
import { showPage, type Preview } from '../preview/pages.ts';
import { editors, type Editor } from '../preview/problems.ts';
import { previewPolicy } from '../preview/style.ts';
import { localSideOf, names, policyOf } from './project/deps.ts';
import { storeOptions } from './project/store-options.ts';
import { readOwnFile } from './adapters/own-file.ts';
import { servePreview, type Served } from './preview/preview-server.ts';
import { watchFolder } from './watch/watch-folder.ts';
import type { Outside } from '../ports/outside.ts';

export interface PreviewOptions {
  readonly config: Config;
  /** 0: any free one. */
  readonly port: number;
  /** A name in `editors`. */
  readonly editor: string;
  /** How long files must rest before they are shown anew; milliseconds. */
  readonly rest: number;
}

export interface OpenPreview extends AsyncDisposable {
  readonly url: string;
  /** Shows these conflicts beside the problems of the folder. */
  showConflicts(conflicts: readonly Conflict[]): void;
}

/** Opens the folder as a help center on this machine, kept as new as the files are. */
export async function openPreview(options: PreviewOptions, outside: Outside): Promise<OpenPreview> {
  const { config, rest } = options;
  const { clock } = outside;
  const editor: Editor = {
    address: editors[options.editor] ?? null,
    folder: outside.folder.split('\\').join('/'),
    content: config.contentName === '.' ? '' : config.contentName,
  };
  const ended = new AbortController();
  const started = clock.now();
  let count = 0;
  const nextVersion = (): string => {
    count += 1;
    return `${started}-${count}`;
  };
  let preview: Preview = { ...(await readPreview(config, outside, editor)), version: nextVersion() };

  const answer = async (url: URL): Promise<Served> => {
    if (url.pathname === '/favicon.ico') return { status: 204, headers: {}, body: '' };
    const file = fileOf(url.pathname);
    if (file !== null) return answerFile(file, preview, config, outside);
    const locale = config.defaultLocale;
    if (url.pathname === '/')
      return { status: 302, headers: { location: addressOf({ page: 'home', locale }) }, body: '' };
    const { status, html } = showPage(preview, routeOf(url.pathname, url.searchParams));
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': previewPolicy };
    return { status, headers, body: html };
  };
  const server = await servePreview(options.port, preview.version, answer);
  const folder = await watchFolder({ root: config.content, besides: [config.lockFile] });
  const show = (fresh: Omit<Preview, 'version'>): void => {
    preview = { ...fresh, version: nextVersion() };
    server.announce(preview.version);
  };

  let touchedAt: number | null = null;
  let wake = new AbortController();
  folder.onTouch(() => {
    touchedAt = clock.now();
    wake.abort();
  });
  const keepFresh = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const wait = touchedAt === null ? 1000 : Math.max(0, touchedAt + rest - clock.now());
      wake = new AbortController();
      await clock.sleep(wait, AbortSignal.any([ended.signal, wake.signal])).catch(() => undefined);
      if (ended.signal.aborted) return;
      await folder.tend(ended.signal);
      if (touchedAt === null || clock.now() < touchedAt + rest) continue;
      touchedAt = null;
      const fresh = await readPreview(config, outside, editor);
      show({ ...fresh, conflicts: preview.conflicts });
    }
  };
  const kept = keepFresh();
  return {
    url: server.url,
    showConflicts(conflicts) {
      if (JSON.stringify(conflicts) !== JSON.stringify(preview.conflicts)) show({ ...preview, conflicts });
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      await kept;
      await folder[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The folder as it is; one that cannot be read at all is an empty one with a problem. */
async function readPreview(
  config: Config,
  outside: Outside,
  editor: Editor,
): Promise<Omit<Preview, 'version'>> {
  const { contentName, defaultLocale } = config;
  const name = 'Help Center';
  const { base } = await openBaseStore(outside.files, storeOptions(config, outside))
    .read()
    .catch(() => ({ base: emptyBase }));
  const local = localSideOf(config, outside);
  try {
    const snapshot = await local.read(new AbortController().signal);
    const assetDigests = await local.digest(snapshot.assets, new AbortController().signal);
    const shown = { base, local: snapshot, assetDigests, siteRoot: config.siteRoot };
    const policy = policyOf({ config, allowDeletes: null, allowEmptied: false });
    const problems = checkContent({ ...shown, policy, names });
    return { library: openLibrary(snapshot, defaultLocale), shown, problems, conflicts: [], name, editor };
  } catch (error) {
    const problem = problemOf(error, contentName);
    const shown = { base, local: nothing, assetDigests: new Map(), siteRoot: config.siteRoot };
    const library = openLibrary(nothing, defaultLocale);
    return { library, shown, problems: [problem], conflicts: [], name, editor };
  }
}

const nothing: LocalSnapshot = {
  articles: [],
  collections: [],
  problems: [],
  unreadable: new Set(),
  assets: new Set(),
};

/** Files come and go while they are read; what stopped the reading is shown, and the next event reads again. */
function problemOf(error: unknown, contentName: string): Problem {
  const place = { file: contentName, line: 0 };
  if (error instanceof ShelfmarkError)
    return { severity: 'error', code: error.code, place, message: error.message, hint: error.hint };
  const code = nodeCode(error);
  if (code === null) throw error;
  return {
    severity: 'error',
    code: 'CONTENT_UNREADABLE',
    place,
    message: `The folder could not be read (${code}).`,
    hint: 'It is read again with the next change.',
  };
}

/** Only pictures that a scan found below the content folder; nothing else on this disk can be asked for. */
async function answerFile(
  file: NonNullable<ReturnType<typeof fileOf>>,
  { shown }: Preview,
  { content }: Config,
  { files }: Outside,
): Promise<Served> {
  const type = pictures[extname(file).toLowerCase()];
  const notFound: Served = {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'Not found.\n',
  };
  if (type === undefined || !shown.local.assets.has(file)) return notFound;
  const body = await readOwnFile(files, content, file);
  if (body === null) return notFound;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
  return { status: 200, headers: { 'content-type': type, 'content-security-policy': policy }, body };
}

const pictures: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.svg': 'image/svg+xml',
};
