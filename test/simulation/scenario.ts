/*
 * A scenario: a few runs among people who write and machines that fail, then calm, then the question whether all is
 * well. Everything in it follows from the seed; leaving one event out changes nothing about the others.
 */
import type { Outcome } from '../../src/model/outcome.ts';
import type { Direction } from '../../src/model/plan.ts';
import type { Policy } from '../../src/plan/terms/input.ts';
import { noTrouble, type Trouble } from '../../src/simulator/faults/faults.ts';
import { checkCalm, checkNow, checkRun } from './checks.ts';
import type { Disk } from './disk.ts';
import { noteShared, playGit } from './git-gestures.ts';
import { mend, playAuthor, playTeammate } from './people.ts';
import { Repo } from './repo.ts';
import { playRun, type RunEnd, type Sabotage } from './play-run.ts';
import { wordsIn } from './ledger.ts';
import { contentFolder, journalOf, lockFileOf, project, stateFolder } from './places.ts';
import { freshWorkspace, type Site } from './site.ts';
import {
  calm,
  halfWritten,
  Stage,
  textOfArticle,
  type Actor,
  type StageContent,
  type Step,
  type Weather,
} from './stage.ts';
import { Stream } from './stream.ts';

export type EventKind =
  | 'author'
  | 'teammate'
  | 'kill'
  | 'power'
  | 'disk'
  | 'http'
  | 'sleep'
  | 'interrupt'
  | 'second'
  /** A listing leaves out an entry and does not say so. */
  | 'short'
  /** The files are not there, as with a disk that is not mounted. */
  | 'vanish'
  | 'git';

export interface Happening {
  /** Counts through the whole scenario; names it for leaving it out. */
  readonly number: number;
  readonly kind: EventKind;
  /** Which step of the run it comes before; 0: before the run. */
  readonly at: number;
  readonly draw: number;
}

export interface Round {
  readonly folder: number;
  readonly direction: Direction;
  readonly happenings: readonly Happening[];
}

export interface Verdict {
  readonly seed: number;
  readonly broken: readonly string[];
  readonly trace: number;
  readonly steps: number;
  readonly runs: number;
  /** Runs that it took to get in step once all was calm. */
  readonly roundsToCalm: number;
  /** Entries that wait for an answer of a person at the end. */
  readonly held: number;
  readonly overrun: number;
  /** Articles that stand there twice, and of which somebody was told. */
  readonly twins: number;
  /** Words that git took out of a file, where somebody wrote afterwards, and a run out of the help center. */
  readonly undone: number;
  readonly story: readonly string[];
  readonly happenings: number;
}

export interface ScenarioOptions {
  /** Numbers of happenings that are left out. */
  readonly skip?: ReadonlySet<number>;
  readonly sabotage?: Sabotage | undefined;
  readonly keepsLog?: boolean;
  /** Adds kinds that are seldom drawn otherwise. */
  readonly only?: readonly EventKind[];
}

/** Draws what happens; the first folder has a lock already, the second one belongs to another machine. */
export function drawRounds(seed: number, only: readonly EventKind[] | null = null): readonly Round[] {
  const chance = new Stream(seed, 'rounds');
  const folders = chance.isLucky(0.25) ? 2 : 1;
  // Swarms: in each scenario only some kinds of trouble occur, so that no kind hides another.
  const kinds = (
    [
      ['author', 3],
      ['teammate', 3],
      ['kill', 1.2],
      ['power', 0.8],
      ['disk', 1],
      ['http', 2],
      ['sleep', 0.4],
      ['interrupt', 0.4],
      ['second', 0.6],
      ['short', 0.5],
      ['git', 2.5],
    ] as const
  ).filter(
    ([kind]) => only?.includes(kind) ?? (kind === 'author' || kind === 'teammate' || chance.isLucky(0.6)),
  );
  let number = 0;
  const rounds: Round[] = [];
  for (let index = chance.between(1, 3); index > 0; index -= 1) {
    const happenings: Happening[] = [];
    const add = (kind: EventKind, at: number): void => {
      number += 1;
      happenings.push({ number, kind, at, draw: chance.below(2 ** 31) });
    };
    for (let count = chance.between(0, 2); count > 0; count -= 1) add('author', 0);
    for (let count = chance.between(0, 2); count > 0; count -= 1) add('teammate', 0);
    const isGit = kinds.some(([kind]) => kind === 'git');
    for (let count = isGit ? chance.between(0, 2) : 0; count > 0; count -= 1) add('git', 0);
    for (let count = chance.between(0, 3); count > 0; count -= 1)
      add(chance.weigh(kinds.map(([kind, weight]) => [weight, kind] as const)), chance.between(1, 110));
    if (chance.isLucky(0.04)) {
      // A disk that is not mounted: the folder is there and empty, until somebody notices.
      happenings.splice(0, happenings.length, ...happenings.filter((one) => one.kind === 'http'));
      add('vanish', 0);
    }
    const direction = chance.weigh<Direction>([
      [6, 'sync'],
      [2, 'push'],
      [2, 'pull'],
    ]);
    rounds.push({ folder: chance.below(folders), direction, happenings });
  }
  return rounds;
}

interface Prepared {
  readonly content: StageContent;
  readonly disks: readonly Disk[];
}

const prepared = new Map<string, Promise<Prepared>>();

/** A world in step: some articles and collections, one folder or two, one target or two. Made once and then copied. */
function prepare(variant: number, hasStaging: boolean): Promise<Prepared> {
  const key = `${variant} ${hasStaging}`;
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const made = (async () => {
    const fresh = new Stage(variant);
    const stage = hasStaging ? new Stage(variant, { ...fresh.content(), staging: freshWorkspace(2) }) : fresh;
    const chance = new Stream(variant, 'prepare');
    const disks = [stage.newDisk(), stage.newDisk()];
    const [first] = disks;
    if (variant > 0 && first !== undefined) {
      for (let count = 1 + variant; count > 0; count -= 1) playAuthor(stage, first, chance);
      for (let count = variant; count > 0; count -= 1) playTeammate(stage, chance);
    }
    if (variant > 0)
      for (let round = 0; round < 2; round += 1)
        for (const disk of disks)
          for (const site of stage.sites)
            await playRun(stage, stage.newActor(disk, site), { direction: 'sync' });
    stage.clock.advance(600_000);
    return { content: stage.content(), disks };
  })();
  prepared.set(key, made);
  return made;
}

const variants = 5;

/** Which seeds have a second target: drawn apart, so that the stories of all others stay what they were. */
export const hasTwoTargets = (seed: number): boolean => new Stream(seed, 'targets').isLucky(0.15);

/** More deletions than this are refused, as a config may say. */
const mostDeletions = 3;

const isDeletion = ({ status, operation }: Outcome): boolean =>
  status === 'done' && operation.action === 'delete';

/** Plays a scenario from its seed and says what was wrong, if anything was. */
export async function playScenario(seed: number, options: ScenarioOptions = {}): Promise<Verdict> {
  const { content, disks: originals } = await prepare(seed % variants, hasTwoTargets(seed));
  const stage = new Stage(seed, seed % 7 === 3 ? withLimit(content, 20) : content, options.keepsLog === true);
  // Clones that share two targets and no commits know nothing of each other: see "What remains" in the documentation.
  const drawn = drawRounds(seed, options.only ?? null);
  const rounds = stage.sites.length > 1 ? drawn.map((round) => ({ ...round, folder: 0 })) : drawn;
  const folders = Math.max(...rounds.map((round) => round.folder)) + 1;
  const disks = layOut(originals.slice(0, folders), stage, seed);
  const story: string[] = [];
  const tell = (text: string): void => {
    stage.note(`* ${text}`);
    story.push(text);
  };
  let runs = 0;
  const policy: Partial<Policy> = {
    maxDeletes: { count: mostDeletions, percent: null },
    ...(seed % 6 === 5 ? { deletions: 'delete' } : {}),
  };
  const play = async (actor: Actor, direction: Direction): Promise<RunEnd> => {
    const end = await playRun(stage, actor, { direction, policy, sabotage: options.sabotage });
    stage.broken.push(...checkRun(end, actor));
    if (end.end === 'ran') noteTold(stage, actor.disk, end);
    const deletions = end.end === 'ran' ? (end.outcomes ?? []).filter(isDeletion).length : 0;
    if (deletions > mostDeletions) stage.broken.push(`I10 one run did ${deletions} deletions`);
    return end;
  };

  for (const round of rounds) {
    const disk = disks[round.folder];
    if (disk === undefined) continue;
    const happenings = round.happenings.filter((one) => options.skip?.has(one.number) !== true);
    const vanished = happenings.some((one) => one.kind === 'vanish') && hideFiles(stage, disk);
    if (vanished) tell('the files are not there');
    for (const one of happenings)
      if (one.at === 0 && one.kind !== 'vanish') tell(playPerson(stage, disk, one));
    const others: Promise<RunEnd>[] = [];
    const site = siteFor(stage, new Stream(seed, `target of round ${rounds.indexOf(round)}`));
    const actor = stage.newActor(disk, site);
    const weather = openWeather();
    actor.weather = weather;
    const due = happenings.filter((one) => one.at > 0).toSorted((left, right) => left.at - right.at);
    stage.onStep = (who, step) => {
      if (who !== actor) return;
      for (let next = due[0]; next !== undefined && next.at <= step.number; next = due[0]) {
        due.shift();
        tell(happen(next, step));
      }
    };
    const happen = (one: Happening, step: Step): string => {
      const where = `at step ${step.number} (${step.name} ${step.target})`;
      const chance = new Stream(one.draw, 'happening');
      switch (one.kind) {
        case 'author':
        case 'teammate':
        case 'git':
          return `${where} ${playPerson(stage, disk, one)}`;
        case 'kill':
          actor.die();
          return `${where} the process is killed`;
        case 'power':
          for (const living of crew) if (living.disk === disk) living.die();
          if (step.name === 'writeNew') disk.tear('writeNew', step.target, torn, chance.next());
          if (step.name === 'append') disk.tear('append', step.target, torn, chance.next());
          disk.losePower(chance);
          return `${where} the power fails`;
        case 'disk': {
          const code = chance.pick(['ENOSPC', 'EACCES', 'EIO', 'EROFS', 'EMFILE', halfWritten]) ?? 'EIO';
          const times = chance.pick([1, 1, 3, 1000]) ?? 1;
          weather.failDisk(code, times);
          return `${where} the disk fails with ${code}, ${times} times`;
        }
        case 'http': {
          const trouble = drawTrouble(chance);
          const times = chance.pick([1, 1, 1, 4, 1000]) ?? 1;
          weather.failHttp(trouble, times);
          return `${where} calls meet ${trouble.kind} ${trouble.value}, ${times} times`;
        }
        case 'sleep':
          stage.clock.advance(chance.pick([3_000, 60_000, 3_600_000]) ?? 0);
          return `${where} the machine sleeps`;
        case 'short':
          weather.shorten();
          return `${where} the next list leaves out an article`;
        case 'vanish':
          return '';
        case 'interrupt':
          actor.controller.abort();
          return `${where} somebody presses Ctrl-C`;
        case 'second': {
          const other = disks[chance.below(disks.length)] ?? disk;
          const second = stage.newActor(other, siteFor(stage, new Stream(one.draw, 'target')));
          // In another container nobody sees this process.
          if (chance.isLucky(0.3)) second.place = 'there';
          crew.push(second);
          runs += 1;
          others.push(play(second, 'sync'));
          return `${where} a second run starts in folder ${disks.indexOf(other)}${withTarget(second.site)}`;
        }
      }
    };
    const crew: Actor[] = [actor];
    runs += 1;
    tell(`${round.direction} in folder ${round.folder}${withTarget(site)}`);
    const end = await play(actor, round.direction);
    tell(`it ended: ${printEnd(end)}`);
    for (const other of others) tell(`the second one ended: ${printEnd(await other)}`);
    stage.onStep = () => undefined;
    if (vanished) showFiles(stage, disk);
    stage.broken.push(...checkNow(stage, disks));
  }

  // Safety is shown; now faults are off, everybody has finished what was begun, and progress is asked for.
  stage.clock.advance(400_000);
  finishDrafts(stage, new Stream(seed, 'drafts'), tell);
  for (const disk of disks) {
    stage.repos.get(disk)?.takeIn();
    mend(stage, disk);
  }
  noteShared(stage);
  const calmed = await checkCalm(stage, disks, tell, (disk, { target }) => {
    runs += 1;
    // The calls of the run before it are not of this one's account.
    stage.clock.advance(10_000);
    const actor = stage.newActor(
      disk,
      stage.sites.find((one) => one.target === target),
    );
    actor.weather = calm;
    return play(actor, 'sync');
  });
  const twins = [...stage.shared].filter((mark) => !stage.moved.has(mark) && mostArticlesOf(stage, mark) > 1);
  for (const mark of twins)
    if (!stage.told.has(mark)) stage.broken.push(`I3 ${mark} is there twice, and nobody was told`);
  return {
    seed,
    twins: twins.length,
    undone: stage.undone,
    broken: [...new Set(stage.broken)],
    trace: stage.trace >>> 0,
    steps: stage.steps,
    runs,
    roundsToCalm: calmed.rounds,
    held: calmed.held,
    overrun: stage.ledger.overrun.length,
    story: options.keepsLog === true ? (stage.log ?? story) : story,
    happenings: Math.max(0, ...rounds.flatMap((round) => round.happenings.map((one) => one.number))),
  };
}

/** Folders on machines of their own, each with a clock of its own and a repository; every second pair are two clones of one. */
function layOut(originals: readonly Disk[], stage: Stage, seed: number): readonly Disk[] {
  let first: Repo | null = null;
  return originals.map((original) => {
    const isClone = first !== null && seed % 2 === 0;
    const copy: Disk = (isClone ? (first?.disk ?? original) : original).copy(
      () => stage.clock.now() + copy.skew,
    );
    if (isClone) for (const path of copy.paths(stateFolder)) copy.take(path);
    if (first !== null) copy.skew = [0, -3_600_000, 3_600_000][seed % 3] ?? 0;
    const repo = new Repo(copy, isClone ? (first?.head ?? null) : null);
    stage.repos.set(copy, repo);
    first ??= repo;
    return copy;
  });
}

/** In how many articles of one help center a mark is. */
const mostArticlesOf = ({ sites }: Stage, mark: string): number =>
  Math.max(
    ...sites.map(
      ({ operator }) =>
        operator.articles().filter((one) => wordsIn(textOfArticle(one, false)).includes(mark)).length,
    ),
  );

/** The target of a run, or the help center that a teammate is at. */
const siteFor = ({ sites }: Stage, chance: Stream): Site => chance.pick(sites) ?? sites[0];

const withTarget = ({ target }: Site): string => (target === null ? '' : ` with ${target}`);

/** What is there twice, as far as a run says so, in its plan or of what it created. */
function noteTold(stage: Stage, disk: Disk, { plan, outcomes }: Extract<RunEnd, { end: 'ran' }>): void {
  const files = [
    ...plan.problems.filter((one) => one.code === 'TWIN').map((one) => `${project}/${one.place.file}`),
    ...(outcomes ?? [])
      .filter((one) => one.message?.includes('created the same article') === true)
      .map((one) => `${contentFolder}/${one.operation.path}`),
  ];
  for (const file of files)
    for (const word of wordsIn(disk.text(file) ?? '')) if (word.startsWith('id')) stage.told.add(word);
}

/** A workspace whose app may make so many calls in ten seconds. */
function withLimit(content: StageContent, perWindow: number): StageContent {
  const { workspace } = content;
  const apps = workspace.settings.apps.map((app) => ({ ...app, perWindow }));
  return { ...content, workspace: { ...workspace, settings: { ...workspace.settings, apps } } };
}

const away = `${project}/.away`;

/** Only where two entries are linked, and no run was cut off: the absence of a single one may well be meant. */
function hideFiles({ sites }: Stage, disk: Disk): boolean {
  for (const { target } of sites) {
    if ((disk.text(journalOf(target)) ?? '') !== '') return false;
    const entries = (disk.text(lockFileOf(target)) ?? '')
      .split('\n')
      .filter((line) => line.startsWith('{"path"') && !line.includes('"gone":true'));
    if (entries.length < 2) return false;
  }
  for (const path of disk.paths(contentFolder)) disk.carry(path, away + path.slice(contentFolder.length));
  return true;
}

/** What came back may have been deleted on the other side meanwhile: then it counts as new, and rightly so. */
function showFiles(stage: Stage, disk: Disk): void {
  for (const path of disk.paths(away)) {
    for (const word of wordsIn(disk.text(path) ?? '')) if (word.startsWith('id')) stage.moved.add(word);
    const home = contentFolder + path.slice(away.length);
    // Where a run brought a file back meanwhile, the person keeps the own one beside.
    disk.carry(path, disk.text(home) === null ? home : `${project}/kept${path.slice(away.length)}`);
  }
}

/** A draft that is left open in the web editor keeps the API from publishing: a person has to end it. */
function finishDrafts(stage: Stage, chance: Stream, tell: (text: string) => void): void {
  const { sites, ledger } = stage;
  const all = sites.flatMap(({ operator }) => operator.articles().map((article) => ({ operator, article })));
  for (const { operator, article } of all) {
    const drafts = Object.values(article.contents).flatMap((one) => (one.draft === null ? [] : [one.draft]));
    if (drafts.length === 0) continue;
    const isPublished = chance.isLucky(0.5);
    tell(`the teammate ${isPublished ? 'publishes' : 'discards'} the draft of article ${article.id}`);
    const before = textOfArticle(article, true);
    stage.mayTurn(before);
    const after = isPublished ? operator.publishDraft(article.id) : operator.discardDraft(article.id);
    const left = new Set(wordsIn(textOfArticle(after, true)));
    ledger.strike(wordsIn(before).filter((word) => !left.has(word)));
  }
}

const torn = new TextEncoder().encode('{"note":"row","row":["torn');

function playPerson(stage: Stage, disk: Disk, one: Happening): string {
  const chance = new Stream(one.draw, one.kind);
  if (one.kind === 'git') return playGit(stage, disk, chance);
  if (one.kind === 'author') return playAuthor(stage, disk, chance);
  return playTeammate(stage, chance, siteFor(stage, new Stream(one.draw, 'target')));
}

interface SettableWeather extends Weather {
  failDisk(code: string, times: number): void;
  failHttp(trouble: Trouble, times: number): void;
  shorten(): void;
}

function openWeather(): SettableWeather {
  let disk = { code: '', left: 0 };
  let http: { readonly trouble: Trouble; left: number } = { trouble: noTrouble, left: 0 };
  let isShort = false;
  return {
    isShort() {
      const was = isShort;
      isShort = false;
      return was;
    },
    shorten() {
      isShort = true;
    },
    disk() {
      if (disk.left === 0) return null;
      disk.left -= 1;
      return disk.code;
    },
    http() {
      if (http.left === 0) return null;
      http.left -= 1;
      return http.trouble;
    },
    failDisk(code, times) {
      disk = { code, left: times };
    },
    failHttp(trouble, times) {
      http = { trouble, left: times };
    },
  };
}

function drawTrouble(chance: Stream): Trouble {
  const status = (value: string): Trouble => ({ ...noTrouble, kind: 'status', value, applied: false });
  return chance.weigh<Trouble>([
    [1, status('401')],
    [1, status('403')],
    [1, status('404')],
    [1, status('429')],
    [2, status('500')],
    [1, { ...status('500'), applied: true }],
    [1, { ...noTrouble, kind: 'html', value: '502', applied: false }],
    [1, { ...noTrouble, kind: 'html', value: '200', applied: true }],
    [2, { ...noTrouble, kind: 'drop', applied: false }],
    [4, { ...noTrouble, kind: 'drop', applied: true }],
    [2, { ...noTrouble, kind: 'truncate', applied: true }],
    [1, { ...noTrouble, kind: 'nonjson', applied: true }],
    [1, { ...noTrouble, kind: 'empty', applied: true }],
    [2, { ...noTrouble, kind: 'late', value: String(chance.between(100, 30_000)), applied: true }],
  ]);
}

function printEnd(end: RunEnd): string {
  switch (end.end) {
    case 'died':
      return 'it is dead';
    case 'threw':
      return end.error.message;
    case 'ran': {
      const open = (end.outcomes ?? []).filter((one) => one.status !== 'done');
      const why = [
        ...open.map((one) => `${one.status} ${one.operation.path} (${one.message ?? ''})`),
        ...end.plan.conflicts.map((one) => `conflict ${one.path} ${one.field} (${one.reason})`),
        ...end.plan.refusals.map((one) => one.code),
        ...end.plan.problems.map((one) => `${one.severity} ${one.code} ${one.place.file}`),
      ];
      const did = (end.outcomes ?? [])
        .filter((one) => one.status === 'done')
        .map(({ operation }) => `${operation.side} ${operation.action} ${operation.path}`);
      return `exit ${end.exit}; done: ${did.join(', ')}; open: ${why.join('; ')}`;
    }
  }
}
