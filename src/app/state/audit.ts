import { auditFolder, problemsOf, type Severities } from '../../audit/audit.ts';
import { coverFindings, touchedFindings } from '../../audit/cover-rules.ts';
import { rules, type AuditInput, type Found } from '../../audit/terms.ts';
import type { Config } from '../../config/read-config.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { LocalPath } from '../../model/identity.ts';
import { byPlace, type Problem } from '../../model/problem.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import type { Outside } from '../../ports/outside.ts';
import { codeTexts } from '../../report/formats/codes.ts';
import { selectedBy } from './chosen.ts';
import { withFolder } from './with-folder.ts';

export interface AuditOptions {
  /** As somebody typed them; none for all. */
  readonly paths: readonly string[];
  /** Null: as the config says. */
  readonly staleDays: number | null;
  /** A commit, branch or tag: what changed since is compared with what articles cover. */
  readonly since: string | null;
  /** Findings of other kinds, such as those about addresses on the web. */
  readonly more?: (folder: OfflineFolder) => Promise<readonly Found[]>;
}

export interface Audited {
  readonly problems: readonly Problem[];
  readonly articles: number;
  readonly collections: number;
}

/** Looks for what is broken, old or doubled in the folder; offline unless more is asked for. Changes nothing. */
export async function auditRun(config: Config, outside: Outside, options: AuditOptions): Promise<Audited> {
  const { severities } = config.audit;
  checkCodes(severities);
  return withFolder(config, outside, async (folder) => {
    const input = await inputOf(folder, config, outside, options);
    const found = [
      ...(await coverage(input, config, outside, options)),
      ...((await options.more?.(folder)) ?? []),
    ];
    const problems = [
      ...auditFolder(input, severities),
      ...problemsOf(found, folder.policy.contentName, severities),
    ].toSorted(byPlace);
    const { articles, collections } = folder.local;
    const { chosen } = selectedBy(folder, config, outside, options.paths);
    const isAll = options.paths.length === 0;
    return {
      problems: isAll ? problems : problems.filter(({ place }) => chosen(place.file)),
      articles: articles.length,
      collections: collections.length,
    };
  });
}

/**
 * Articles that speak of what a change touches, and that it does not touch itself; nothing where git does not know the
 * commit. Writes nothing.
 */
export async function coveredRun(
  config: Config,
  outside: Outside,
  since: string,
): Promise<readonly Problem[]> {
  const { git } = outside;
  return withFolder(config, outside, async (folder) => {
    const repository = hasCovers(folder) ? ((await git?.repository(config.content)) ?? null) : null;
    const changed = repository === null ? null : await git?.changedSince(config.content, since);
    if (repository === null || changed === null || changed === undefined) return [];
    const found = touchedFindings({ folder }, changed, repository);
    return problemsOf(found, folder.policy.contentName, config.audit.severities);
  });
}

const hasCovers = ({ local }: OfflineFolder): boolean =>
  local.articles.some((one) => [...one.locales.values()].some(({ care }) => care?.covers !== undefined));

async function inputOf(
  folder: OfflineFolder,
  config: Config,
  { git, clock }: Outside,
  options: AuditOptions,
): Promise<AuditInput> {
  const staleDays = options.staleDays ?? config.audit.staleDays;
  const changed = new Map<LocalPath, string>();
  // The ages of texts matter only to whoever asks for them.
  if (staleDays !== null)
    for (const [file, [last]] of (await git?.history(config.content)) ?? [])
      if (last !== undefined) changed.set(file as LocalPath, last.day);
  return { folder, now: clock.now(), staleDays, changed };
}

/** What articles say that they speak of, compared with the repository and with what changed in it. */
async function coverage(
  input: AuditInput,
  { content }: Config,
  { git }: Outside,
  { since }: AuditOptions,
): Promise<readonly Found[]> {
  if (!hasCovers(input.folder) && since === null) return [];
  const repository = (await git?.repository(content)) ?? null;
  if (repository === null) {
    if (since === null) return [];
    throw new ShelfmarkError('SINCE_UNKNOWN', {
      kind: 'usage',
      message: 'The content folder is in no git repository, so nobody knows what changed.',
      hint: 'Run it in a clone of the repository, without --since elsewhere.',
    });
  }
  const found = coverFindings(input, repository);
  if (since === null) return found;
  const changed = await git?.changedSince(content, since);
  if (changed === null || changed === undefined) {
    throw new ShelfmarkError('SINCE_UNKNOWN', {
      kind: 'usage',
      message: `git knows no commit, branch or tag "${since}" here.`,
      hint: 'Name one that "git log" shows. In a workflow, let actions/checkout fetch the history: fetch-depth: 0.',
    });
  }
  return [...found, ...touchedFindings(input, changed, repository)];
}

/** Throws where the config gives a severity to a code that no finding has. */
function checkCodes(severities: Severities): void {
  const known = new Set([...Object.keys(rules), ...codeTexts.map((one) => one.code)]);
  const unknown = Object.keys(severities).find((code) => !known.has(code));
  if (unknown === undefined) return;
  throw new ShelfmarkError('CONFIG_INVALID', {
    message: `audit.rules names ${unknown}, and no finding has that code.`,
    hint: 'Correct the config file; "shelfmark explain" lists all codes. Nothing was changed.',
  });
}
