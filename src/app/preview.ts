import { createHash } from 'node:crypto';
import { extname, resolve } from 'node:path';
import type { Config } from '../config/read-config.ts';
import type { SiteLook } from '../look/site-look.ts';
import type { Base } from '../model/base.ts';
import type { Conflict } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { addressOf, documentsLocale, fileOf, routeOf } from '../preview/addresses.ts';
import { iconPicture } from '../look/site.ts';
import { showPage, type Preview } from '../preview/pages.ts';
import { editors, type Editor } from '../preview/problems.ts';
import { documentsOf } from '../preview/documents.ts';
import { iconAddress, logoAddress, previewSite } from '../preview/site.ts';
import { policyOf } from './project/deps.ts';
import { planRun } from './run.ts';
import { pictures, siteLookOf } from './project/site-look.ts';
import { readOwnFile } from './adapters/own-file.ts';
import { openAsking } from './preview/asking.ts';
import { writeExport } from './preview/export-preview.ts';
import { openLookThere, type LookThere } from './preview/look-there.ts';
import { openLooks, openPast } from './preview/past.ts';
import { openReader, unreadTexts } from './preview/read-preview.ts';
import { openSight } from './sight.ts';
import { servePreview, type Served } from './preview/preview-server.ts';
import { watchFolder } from './watch/watch-folder.ts';
import { rememberingSide, type RememberingSide } from './watch/watch-local.ts';
import type { Outside } from '../ports/outside.ts';

export interface PreviewOptions {
  readonly config: Config;
  /** 0: any free one. Null: that of the project, or the next free one. */
  readonly port: number | null;
  /** A name in `editors`. */
  readonly editor: string;
  /** How long files must rest before they are shown anew; milliseconds. */
  readonly rest: number;
}

export interface OpenPreview extends AsyncDisposable {
  readonly url: string;
  /** The port that the preview has here as long as nobody else has it; null where it has it. */
  readonly takenPort: number | null;
  /** Reads the folder, and asks the help center, at once. */
  refresh(): Promise<void>;
  /** Shows these conflicts beside the problems of the folder. */
  showConflicts(conflicts: readonly Conflict[]): void;
}

/** What a preview is made from, by the config: the folder, the help center, and the look of both. */
async function openMaterial(
  config: Config,
  address: string | null,
  side: RememberingSide,
  outside: Outside,
): Promise<{
  readonly look: SiteLook;
  readonly policy: string;
  readonly lookThere: LookThere;
  /**
   * The folder as it is now, beside the help center as it was asked last. What is wrong with many texts that nobody has
   * read yet is told where they are `checked`.
   */
  readonly read: (isChecked: boolean) => Promise<Material>;
  /** Asks git who changed what; false where it does not tell. */
  readonly learn: () => Promise<boolean>;
  /** A file of the folder was saved, so that its last commit tells nothing of it any more; absolute. */
  readonly touched: (path: string) => void;
}> {
  const editor: Editor = {
    address,
    folder: outside.folder.split('\\').join('/'),
    content: config.contentName === '.' ? '' : config.contentName,
  };
  const look = await siteLookOf(config, outside);
  const { site, policy } = previewSite(look);
  const sourcesOf = async (problems: readonly Problem[]): Promise<ReadonlyMap<string, string>> =>
    (await openSight(config, outside, problems)).sources;
  const past = openPast(config.content, outside);
  const readFolder = openReader(
    { config, local: () => side.side(), changes: past.changes, editor, site, sourcesOf },
    outside,
  );
  const lookThere = openLookThere(policyOf({ config, allowDeletes: null, allowEmptied: false }), () =>
    planRun(
      {
        config,
        direction: 'sync',
        allowDeletes: null,
        allowEmptied: false,
        tell: () => undefined,
        onCall: () => undefined,
      },
      outside,
    ),
  );
  const read = async (isChecked: boolean): Promise<Material> => {
    const found = await readFolder(isChecked);
    const { base, assetDigests } = found.shown;
    return {
      base,
      isKnown: (path) => found.paths.has(path),
      isChecked: isChecked || unreadTexts(found.snapshot) === 0,
      present: () => {
        const { sites, ...looking } = lookThere.present({ base, assetDigests, local: found.snapshot });
        return { ...found, ...looking, shown: { ...found.shown, sites } };
      },
    };
  };
  return { look, policy, lookThere, read, learn: past.learn, touched: past.touched };
}

interface Material {
  readonly base: Base;
  readonly isChecked: boolean;
  /** Whether a file is one of those that were found; absolute. */
  readonly isKnown: (path: string) => boolean;
  readonly present: () => Omit<Preview, 'version'>;
}

/** Writes the whole preview as files; resolves with the number of pages. The help center is asked where it can be. */
export async function exportPreview(config: Config, folder: string, outside: Outside): Promise<number> {
  await using side = rememberingSide(config, outside);
  const { look, lookThere, read, learn } = await openMaterial(config, null, side, outside);
  const hasToken = (outside.env[config.tokenVariable] ?? '').trim() !== '';
  if (config.provider === 'simulator' || hasToken) await lookThere.ask();
  await learn();
  const preview = { ...(await read(true)).present(), version: '' };
  // The folder is let go of only after the last picture was copied out of it.
  return await writeExport({ folder: resolve(outside.folder, folder), config, look }, preview, outside);
}

/** Opens the folder as a help center on this machine, kept as new as the files are. */
export async function openPreview(options: PreviewOptions, outside: Outside): Promise<OpenPreview> {
  const { config, rest } = options;
  const { clock } = outside;
  const ended = new AbortController();
  const started = clock.now();
  let count = 0;
  const nextVersion = (): string => {
    count += 1;
    return `${started}-${count}`;
  };
  const within = { ...outside, signal: AbortSignal.any([outside.signal, ended.signal]) };
  const looks = openLooks(outside.git);
  const side = rememberingSide(config, { ...within, ...(looks === null ? {} : { git: looks.git }) });
  const { look, policy, lookThere, read, learn, touched } = await openMaterial(
    config,
    editors[options.editor] ?? null,
    side,
    within,
  );
  // The first page does not wait for all texts to be checked, nor for the past of a large repository.
  let found = await read(false);
  /** Those of a watch, which knows best. */
  let told: readonly Conflict[] | null = null;
  const present = (): Preview => {
    const now = found.present();
    return { ...now, conflicts: told ?? now.conflicts, version: nextVersion() };
  };
  let preview = present();

  const answer = async (url: URL): Promise<Served> => {
    const asset = siteAsset(url.pathname, preview, look);
    if (asset !== null) return asset;
    const file = fileOf(url.pathname);
    if (file !== null) return answerFile(file, preview, config, outside);
    const locale = config.defaultLocale;
    if (url.pathname === '/')
      return { status: 302, headers: { location: addressOf({ page: 'home', locale }) }, body: '' };
    const route = routeOf(url.pathname, url.searchParams);
    if (route?.page === 'article' && (route.view === 'help-center' || route.view === 'difference'))
      asks.ask();
    const { status, html } = showPage({ ...preview, site: { ...preview.site, now: clock.now() } }, route);
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
    return { status, headers, body: html };
  };
  const ports = options.port === null ? ownPorts(config) : [options.port];
  const server = await servePreview(ports, preview.version, answer);
  const isNews = async (path: string): Promise<boolean> => {
    touched(path);
    if (!found.isKnown(path)) looks?.again();
    return side.touched(path);
  };
  const folder = await watchFolder({ root: config.content, besides: [config.lockFile], isNews });
  const show = (): void => {
    preview = present();
    server.announce(preview.version);
  };
  const asks = openAsking(clock, async () => {
    await lookThere.ask();
    if (!ended.signal.aborted) show();
  });
  // The simulator answers at once and to nobody's cost; Intercom is asked when somebody wants to see what it holds.
  if (config.provider === 'simulator') asks.ask();

  let touchedAt = found.isChecked ? null : clock.now() + firstPage;
  let wake = new AbortController();
  const lookAgain = (at: number): void => {
    touchedAt = at;
    wake.abort();
  };
  folder.onTouch(() => lookAgain(clock.now()));
  const learning = learn().then((hasLearned) => {
    if (hasLearned) lookAgain(touchedAt ?? clock.now() - rest);
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
      const before = found.base;
      found = await read(true);
      show();
      if (!isSameBase(before, found.base)) asks.again();
    }
  };
  const kept = keepFresh();
  return {
    url: server.url,
    takenPort: new URL(server.url).port === String(ports[0]) || ports[0] === 0 ? null : (ports[0] ?? null),
    async refresh() {
      looks?.again();
      found = await read(true);
      show();
      asks.ask();
    },
    showConflicts(conflicts) {
      const isNews = JSON.stringify(conflicts) !== JSON.stringify(preview.conflicts);
      told = conflicts;
      if (isNews) show();
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      await kept;
      await learning;
      await asks.ended();
      await folder[Symbol.asyncDispose]();
      await side[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Rows of a lock file are read once for each of their lines, so that those that did not change are the same ones. */
function isSameBase(left: Base, right: Base): boolean {
  return (
    left.entries.length === right.entries.length &&
    left.entries.every((one, at) => one === right.entries[at]) &&
    JSON.stringify([left.pinned, left.images]) === JSON.stringify([right.pinned, right.images])
  );
}

/** As long as whoever opens a preview has its first page to themselves, before all texts are checked; milliseconds. */
const firstPage = 250;

/** The same on every run, so that an open page and a bookmark go on; the ones behind it, and then any, where it is taken. */
function ownPorts({ content }: Config): readonly number[] {
  const first = 4600 + (createHash('sha256').update(content).digest().readUInt16BE(0) % 190);
  return [...Array.from({ length: 10 }, (_, at) => first + at), 0];
}

/** What belongs to the whole of the help center; null for an address of anything else. */
function siteAsset(pathname: string, { site, library, shown }: Preview, { logo }: SiteLook): Served | null {
  if (pathname === iconAddress || pathname === '/favicon.ico')
    return still('image/svg+xml', iconPicture(site));
  if (pathname === logoAddress && logo !== null) return still(logo.type, logo.bytes);
  const locale = documentsLocale(pathname);
  if (locale === null || !library.locales.includes(locale)) return null;
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status: 200, headers, body: JSON.stringify(documentsOf(library, shown, locale)) };
}

/** What is shown within a page and does nothing by itself. */
function still(type: string, body: string | Uint8Array): Served {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
  return { status: 200, headers: { 'content-type': type, 'content-security-policy': policy }, body };
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
  return still(type, body);
}
