/* What must hold at every moment, and what must hold once all is calm. Names as I1, I2 are those of docs/reliability.md. */
import type { PlanInput } from '../../src/plan/terms/input.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Article } from '../../src/simulator/state/entities.ts';
import { shuffled } from '../helpers/shuffled.ts';
import type { Disk } from './disk.ts';
import { wordsIn } from './ledger.ts';
import type { RunEnd } from './play-run.ts';
import { contentFolder, project } from './places.ts';
import type { Site } from './site.ts';
import { textOfArticle, type Actor, type Stage } from './stage.ts';

/** What there is to look at. */
export type Scenery = Pick<
  Stage,
  'ledger' | 'wholes' | 'moved' | 'intended' | 'broken' | 'writes' | 'calls' | 'repos' | 'shared' | 'told'
> & { readonly sites: readonly Place[] };

/** A help center, as far as is looked at. */
export type Place = Pick<Site, 'target' | 'operator' | 'token'>;

/** What must hold whenever no run is at work, whatever happened before. */
export function checkNow(stage: Scenery, disks: readonly Disk[]): readonly string[] {
  const broken: string[] = [];
  const found = new Set<string>();
  for (const { operator } of stage.sites) {
    const markers = new Map<string, number>();
    for (const article of operator.articles()) {
      for (const word of wordsIn(textOfArticle(article, true))) found.add(word);
      broken.push(...inventions(stage, `article ${article.id}`, visibleText(article)));
      const isPublic = Object.values(article.contents).some((one) => one.state === 'published');
      for (const marker of markersIn(visibleText(article))) {
        const intended = stage.intended.get(marker);
        if (intended === 'draft' && isPublic) broken.push(`I13 nobody published article ${article.id}`);
        if (intended === 'published' && !isPublic)
          broken.push(`I10 nobody took article ${article.id} offline`);
        markers.set(marker, (markers.get(marker) ?? 0) + 1);
      }
    }
    for (const [marker, count] of markers)
      if (count > 1 && !stage.moved.has(marker) && !stage.shared.has(marker))
        broken.push(`I3 ${count} articles are ${marker}`);
    for (const one of operator.collections())
      for (const word of wordsIn(JSON.stringify(one.texts))) found.add(word);
  }
  for (const disk of disks) {
    const local = new Map<string, number>();
    for (const path of disk.paths(project)) {
      const text = disk.text(path) ?? '';
      for (const word of wordsIn(text)) found.add(word);
      if (stage.sites.some(({ token }) => text.includes(token)))
        broken.push(`I14 the token stands in ${path}`);
      if (!path.startsWith(contentFolder) || isTemporary(path)) continue;
      if (path.endsWith('.md') || path.endsWith('.yaml')) {
        if (!stage.wholes.has(text)) broken.push(`I11 ${path} is neither old nor new`);
        broken.push(...inventions(stage, path, text));
      }
      for (const marker of markersIn(text)) local.set(marker, (local.get(marker) ?? 0) + 1);
    }
    for (const [marker, count] of local)
      if (count > 1 && !stage.moved.has(marker) && !stage.shared.has(marker))
        broken.push(`I3 ${count} files are ${marker}`);
    for (const text of stage.repos.get(disk)?.texts() ?? [])
      for (const word of wordsIn(text)) found.add(word);
  }
  for (const word of stage.ledger.lostFrom(found)) broken.push(`I1 ${word} is lost`);
  return broken;
}

/** What must hold of a run that came to its end, whatever it met. */
export function checkRun(end: RunEnd, actor: Pick<Actor, 'writes' | 'troubles'>): readonly string[] {
  if (end.end !== 'ran') return [];
  const { plan, outcomes } = end;
  const broken: string[] = [];
  const planned = plan.operations.filter((one) => one.side === 'remote').length;
  if (outcomes === null && actor.writes > 0)
    broken.push('I6 a plan that was not carried out wrote something');
  if (actor.troubles === 0 && actor.writes > planned)
    broken.push(`I6 ${actor.writes} calls wrote what ${planned} operations planned`);
  const held = new Set(plan.conflicts.map((one) => one.key));
  for (const { key, path } of plan.operations)
    if (held.has(key)) broken.push(`I9 ${path} is in conflict and was to be changed`);
  return broken;
}

/** Runs until nothing more happens, and says where that does not lead to two sides that agree. */
export async function checkCalm(
  stage: Scenery,
  disks: readonly Disk[],
  tell: (text: string) => void,
  sync: (disk: Disk, site: Place) => Promise<RunEnd>,
): Promise<{ readonly rounds: number; readonly held: number }> {
  let rounds = 0;
  let last: readonly Quiet[] = [];
  let isQuiet = false;
  const pairs = disks.flatMap((disk) => stage.sites.map((site): Pair => ({ disk, site })));
  const most = pairs.length === 1 ? 3 : 5;
  for (; rounds < most;) {
    rounds += 1;
    const before = { writes: stage.writes, prints: disks.map(fingerprint) };
    last = await syncEach(stage, pairs, sync);
    for (const { pair, end } of last) tell(`calm ${rounds} in ${named(disks, pair)}: ${printShort(end)}`);
    if (!last.every(({ end }) => isDone(end))) continue;
    // Where it wrote nothing, it has shown already what a run with nothing to do does.
    isQuiet =
      stage.writes === before.writes && disks.every((disk, at) => fingerprint(disk) === before.prints[at]);
    break;
  }
  if (!last.every(({ end }) => isDone(end))) stage.broken.push(`I4 not in step after ${rounds} runs`);
  stage.broken.push(...checkNow(stage, disks));
  if (isQuiet) return { rounds, held: checkQuiet(stage, disks, last) };

  const before = { writes: stage.writes, prints: disks.map(fingerprint) };
  const again = await syncEach(stage, pairs, sync);
  for (const [index, { end: now }] of again.entries()) {
    const known = last[index]?.end;
    if (known?.end === 'ran' && now.end === 'ran' && conflictsOf(known) !== conflictsOf(now))
      stage.broken.push(`I9 what is held changed: ${conflictsOf(known)} became ${conflictsOf(now)}`);
  }
  for (const [index, disk] of disks.entries()) {
    if (fingerprint(disk) !== before.prints[index])
      stage.broken.push(`I5 folder ${index}: files changed in a run with nothing to do`);
  }
  if (stage.writes !== before.writes)
    stage.broken.push('I5 something was written to the help center in a run with nothing to do');
  return { rounds, held: checkQuiet(stage, disks, again) };
}

/** A folder, and one of the help centers that it is kept in step with. */
interface Pair {
  readonly disk: Disk;
  readonly site: Place;
}

const named = (disks: readonly Disk[], { disk, site }: Pair): string =>
  `folder ${disks.indexOf(disk)}${site.target === null ? '' : ` with ${site.target}`}`;

/** A run that is to have nothing to do. */
interface Quiet {
  readonly pair: Pair;
  readonly end: RunEnd;
  readonly calls: number;
}

async function syncEach(
  stage: Scenery,
  pairs: readonly Pair[],
  sync: (disk: Disk, site: Place) => Promise<RunEnd>,
): Promise<readonly Quiet[]> {
  const ends: Quiet[] = [];
  for (const pair of pairs) {
    const { calls } = stage;
    const end = await sync(pair.disk, pair.site);
    ends.push({ pair, end, calls: stage.calls - calls });
  }
  return ends;
}

/** What must hold of runs that had nothing to do; gives how much waits for a person. */
function checkQuiet(stage: Scenery, disks: readonly Disk[], runs: readonly Quiet[]): number {
  let held = 0;
  for (const { pair, end, calls } of runs) {
    const { disk, site } = pair;
    if (end.end === 'threw') stage.broken.push(`I5 a quiet run failed: ${end.error.message}`);
    if (end.end !== 'ran') continue;
    held += heldCount(end);
    // What waits for a person may be missing from the list, and is then asked for by its id.
    if (calls > mostQuietCalls + heldCount(end) + end.plan.operations.length)
      stage.broken.push(`I5 ${calls} calls in a run with nothing to do`);
    // Two more plans: every fourth time is enough.
    if (stage.calls % 4 === 0 && printPlan(shuffled(end.input, calls)) !== printPlan(end.input))
      stage.broken.push('I8 the plan depends on the order in which things were read');
    if (!isDone(end)) stage.broken.push(`I5 ${named(disks, pair)}: still to do after all was done`);
    for (const path of disk.paths(project))
      if (isTemporary(path)) stage.broken.push(`I11 ${path} is left over`);
    if (heldCount(end) === 0) stage.broken.push(...differences(stage, disk, site));
  }
  return held;
}

/** The workspace, its help centers, and a page of either list. */
const mostQuietCalls = 4;

const conflictsOf = ({ plan }: Extract<RunEnd, { end: 'ran' }>): string =>
  plan.conflicts.map((one) => `${one.key} ${one.field}`).join(', ');

const printPlan = (input: PlanInput): string => JSON.stringify(makePlan(input).plan);

const isTemporary = (path: string): boolean => path.includes('/.shelfmark-');

function isDone(end: RunEnd): boolean {
  if (end.end !== 'ran') return false;
  return end.plan.operations.length === 0 || (end.outcomes === null && heldCount(end) > 0);
}

function heldCount(end: RunEnd): number {
  if (end.end !== 'ran') return 0;
  const { plan } = end;
  return (
    new Set(plan.conflicts.map((one) => one.key)).size +
    plan.refusals.length +
    plan.statuses.filter((one) => one.standing === 'held').length +
    plan.problems.filter((one) => one.severity === 'error').length
  );
}

function printShort(end: RunEnd): string {
  if (end.end === 'died') return 'dead';
  if (end.end === 'threw') return end.error.message;
  const { plan, outcomes } = end;
  return [
    `exit ${end.exit}`,
    ...(outcomes ?? []).map(
      (one) =>
        `${one.status} ${one.operation.side} ${one.operation.action} ${one.operation.path} ${one.message ?? ''}`,
    ),
    ...(outcomes === null
      ? plan.operations.map((one) => `not done: ${one.side} ${one.action} ${one.path}`)
      : []),
    ...plan.conflicts.map((one) => `conflict ${one.path} ${one.field} (${one.reason})`),
    ...plan.refusals.map((one) => one.code),
    ...plan.problems.map((one) => `${one.severity} ${one.code} ${one.place.file} ${one.message}`),
  ].join('; ');
}

function visibleText(article: Article): string {
  return textOfArticle(article, false);
}

const markersIn = (text: string): readonly string[] => wordsIn(text).filter((word) => word.startsWith('id'));

function inventions(stage: Scenery, place: string, text: string): readonly string[] {
  const broken: string[] = [];
  const seen = new Set<string>();
  for (const word of wordsIn(text)) {
    if (!stage.ledger.isAuthored(word)) broken.push(`I2 nobody wrote ${word} in ${place}`);
    if (seen.has(word)) broken.push(`I2 ${word} stands twice in ${place}`);
    seen.add(word);
  }
  if (/<<<<<<<|>>>>>>>|&lt;&lt;&lt;&lt;&lt;&lt;&lt;/.test(text)) broken.push(`I2 markers in ${place}`);
  return broken;
}

function fingerprint(disk: Disk): string {
  return disk
    .paths(project)
    .map((path) => `${path}\n${disk.text(path) ?? ''}`)
    .join('\n');
}

/** Compares file by file and article by article, with nothing of the engine in between. */
function differences(stage: Scenery, disk: Disk, { operator }: Place): readonly string[] {
  const broken: string[] = [];
  const articles = operator.articles();
  const byMarker = new Map<string, Article>();
  for (const article of articles)
    for (const marker of markersIn(visibleText(article))) byMarker.set(marker, article);
  for (const path of disk.paths(contentFolder)) {
    if (!path.endsWith('.md')) continue;
    const text = disk.text(path) ?? '';
    const [marker] = markersIn(text);
    if (marker === undefined || stage.moved.has(marker) || stage.told.has(marker)) continue;
    const article = byMarker.get(marker);
    const content = article?.contents[article.defaultLocale];
    if (article === undefined || content === undefined) {
      broken.push(`I4 ${path} has no article`);
      continue;
    }
    const here = wordsIn(text).join(' ');
    const there = wordsIn(`${content.title} ${content.body}`).join(' ');
    if (here !== there) broken.push(`I4 ${path} says ${here}, article ${article.id} ${there}`);
    const state = /^state: (\w+)$/m.exec(text)?.[1];
    if (state !== undefined && state !== content.state)
      broken.push(`I4 ${path} is ${state}, article ${article.id} ${content.state}`);
    const depth = path.slice(contentFolder.length + 1).split('/').length - 1;
    const levels = levelsOf(operator, article.parentIds[0] ?? null);
    if (depth !== levels) broken.push(`I4 ${path} lies ${depth} deep, article ${article.id} ${levels}`);
  }
  return broken;
}

function levelsOf(operator: Place['operator'], id: number | null): number {
  const collections = new Map(operator.collections().map((one) => [one.id, one]));
  let levels = 0;
  for (let at = id; at !== null && levels < 9; levels += 1) {
    const collection = collections.get(at);
    if (collection === undefined) break;
    at = collection.parentId;
  }
  return levels;
}
