/*
 * Systematic faults: one run with a bit of everything to do, and each of its steps fails once in each way, or for
 * ever from there on. Then the run is repeated without faults, and must end as if nothing had happened.
 */
import { noTrouble, type Trouble } from '../../src/simulator/faults/faults.ts';
import { checkCalm, checkNow } from './checks.ts';
import type { Disk } from './disk.ts';
import { wordsIn } from './ledger.ts';
import { playRun, type Sabotage } from './play-run.ts';
import { contentFolder } from './places.ts';
import { halfWritten, Stage, textOfArticle, type StageContent, type Step } from './stage.ts';
import { Stream } from './stream.ts';

export type Fault =
  | { readonly fails: 'disk'; readonly code: string; readonly times: 'once' | 'ever' }
  | {
      readonly fails: 'http';
      readonly name: string;
      readonly trouble: Trouble;
      readonly times: 'once' | 'ever';
    }
  | { readonly fails: 'process' }
  | { readonly fails: 'power' };

const diskCodes = ['ENOSPC', 'EACCES', 'EIO', 'EROFS', 'EMFILE', 'EBUSY'];
const status = (value: string): Trouble => ({ ...noTrouble, kind: 'status', value, applied: false });
const troubles: Readonly<Record<string, Trouble>> = {
  '401': status('401'),
  '403': status('403'),
  '404': status('404'),
  '429': status('429'),
  '500': status('500'),
  '500 after': { ...status('500'), applied: true },
  '502 in HTML': { ...noTrouble, kind: 'html', value: '502', applied: false },
  'dropped before': { ...noTrouble, kind: 'drop', applied: false },
  'dropped after': { ...noTrouble, kind: 'drop', applied: true },
  late: { ...noTrouble, kind: 'late', value: '20000', applied: true },
  truncated: { ...noTrouble, kind: 'truncate', applied: true },
  empty: { ...noTrouble, kind: 'empty', applied: true },
  'not JSON': { ...noTrouble, kind: 'nonjson', applied: true },
  redirect: { ...noTrouble, kind: 'redirect', value: 'https://example.com/', applied: false },
};

/** Every way in which a step of that name can fail. */
export function faultsOf(step: Step): readonly Fault[] {
  const ends: Fault[] = [{ fails: 'process' }, { fails: 'power' }];
  if (step.name === 'answer') return ends;
  const twice = ['once', 'ever'] as const;
  if (['GET', 'POST', 'PUT', 'DELETE'].includes(step.name))
    return [
      ...ends,
      ...Object.entries(troubles).flatMap(([name, trouble]) =>
        twice.map((times): Fault => ({ fails: 'http', name, trouble, times })),
      ),
    ];
  const codes = step.name === 'writeNew' || step.name === 'append' ? [...diskCodes, halfWritten] : diskCodes;
  return [...ends, ...codes.flatMap((code) => twice.map((times): Fault => ({ fails: 'disk', code, times })))];
}

export function printFault(step: Step, fault: Fault): string {
  const where = `step ${step.number} (${step.name} ${step.target})`;
  switch (fault.fails) {
    case 'disk':
      return `${where} fails with ${fault.code}, ${fault.times}`;
    case 'http':
      return `${where} meets ${fault.name}, ${fault.times}`;
    case 'process':
      return `${where} is the last before the process is killed`;
    case 'power':
      return `${where} is the last before the power fails`;
  }
}

export interface Scene {
  readonly content: StageContent;
  readonly disk: Disk;
}

/** A folder and a help center that were in step, then were changed on both sides in every way there is. */
export async function makeScene(): Promise<Scene> {
  const stage = new Stage(7);
  const disk = stage.newDisk();
  const { ledger, operator } = stage;
  const put = (path: string, text: string): void => {
    stage.wholes.add(text);
    disk.put(`${contentFolder}/${path}`, text);
  };
  const article = (state: string): string =>
    `---\ntitle: ${ledger.coinSome(2)}\nstate: ${state}\n---\n\n${ledger.coin('id')}\n\n${ledger.coinSome(3)}\n\n${ledger.coinSome(3)}\n`;
  put('guides/collection.yaml', `name: ${ledger.coin()}\n`);
  for (const name of ['edited', 'moved', 'gone', 'theirs', 'both', 'deleted'])
    put(`guides/${name}.md`, article('published'));
  put('plain.md', article('draft'));
  await playRun(stage, stage.newActor(disk), { direction: 'sync' });
  stage.clock.advance(600_000);

  const text = (path: string): string => disk.text(`${contentFolder}/${path}`) ?? '';
  const edit = (path: string, before: RegExp, after: string): void => {
    const old = text(path);
    const now = old.replace(before, after);
    const left = new Set(wordsIn(now));
    ledger.strike(wordsIn(old).filter((word) => !left.has(word)));
    put(path, now);
  };
  edit('guides/edited.md', /\n[w\d ]+\n$/, `\n${ledger.coinSome(2)}\n`);
  edit('guides/both.md', /\n[w\d ]+\n$/, `\n${ledger.coinSome(2)}\n`);
  edit('plain.md', /^title: .*$/m, `title: ${ledger.coinSome(2)}`);
  ledger.strike(wordsIn(text('guides/gone.md')));
  disk.take(`${contentFolder}/guides/gone.md`);
  disk.carry(`${contentFolder}/guides/moved.md`, `${contentFolder}/moved.md`);
  put('new/collection.yaml', `name: ${ledger.coin()}\n`);
  put('new/first.md', article('published'));
  put('new/second.md', article('draft'));

  const theirs = (path: string) => {
    const [marker] = wordsIn(text(path)).filter((word) => word.startsWith('id'));
    const found = operator
      .articles()
      .find((one) => marker !== undefined && textOfArticle(one, false).includes(marker));
    if (found === undefined) throw new RangeError(`${path} has no article`);
    return found;
  };
  const bodyOf = (path: string): string => theirs(path).contents['en']?.body ?? '';
  operator.editArticle(theirs('guides/theirs.md').id, {
    body: `${bodyOf('guides/theirs.md')}<p class="no-margin">${ledger.coinSome(2)}</p>`,
  });
  operator.editArticle(theirs('guides/both.md').id, {
    title: ((): string => {
      ledger.strike(wordsIn(theirs('guides/both.md').contents['en']?.title ?? ''));
      return ledger.coinSome(2);
    })(),
  });
  ledger.strike(wordsIn(text('guides/deleted.md')));
  operator.deleteArticle(theirs('guides/deleted.md').id);
  const shelf = operator.createCollection({ name: ledger.coinSome(2) });
  operator.createArticle({
    title: ledger.coinSome(2),
    body: `<p class="no-margin">${ledger.coin('id')}</p><p class="no-margin">${ledger.coinSome(3)}</p>`,
    state: 'published',
    parentId: shelf.id,
  });
  stage.clock.advance(600_000);
  return { content: stage.content(), disk };
}

export interface Played {
  readonly broken: readonly string[];
  readonly story: readonly string[];
  /** The steps of the first run. */
  readonly steps: readonly Step[];
  /** What both sides hold at the end, without ids and times. */
  readonly outcome: string;
}

/** Plays the scene with one fault, or with none, and then again until all is well. */
export async function playFault(
  scene: Scene,
  at: { readonly step: number; readonly fault: Fault } | null,
  sabotage?: Sabotage,
): Promise<Played> {
  const stage = new Stage(3, scene.content);
  const disk = scene.disk.copy(() => stage.clock.now());
  const actor = stage.newActor(disk);
  const steps: Step[] = [];
  const story: string[] = [];
  stage.onStep = (who, step) => {
    if (who !== actor) return;
    steps.push(step);
    if (step.number !== at?.step) return;
    if (at.fault.fails === 'process') actor.die();
    if (at.fault.fails === 'power') {
      actor.die();
      if (step.name === 'writeNew' || step.name === 'append') disk.tear(step.name, step.target, half, 0.5);
      disk.losePower(new Stream(step.number, 'power'));
    }
  };
  if (at !== null) {
    const { fault } = at;
    const strikes = ({ number }: Step): boolean =>
      'times' in fault && (number === at.step || (fault.times === 'ever' && number > at.step));
    actor.weather = {
      disk: (step) => (fault.fails === 'disk' && strikes(step) ? fault.code : null),
      http: (step) => (fault.fails === 'http' && strikes(step) ? fault.trouble : null),
      isShort: () => false,
    };
  }
  const end = await playRun(stage, actor, { direction: 'sync', sabotage });
  story.push(end.end === 'ran' ? `exit ${end.exit}` : end.end === 'threw' ? end.error.message : 'died');
  if (end.end === 'threw' && end.isPlain) stage.broken.push(`an error without advice: ${end.error.message}`);
  stage.broken.push(...checkNow(stage, [disk]));
  stage.clock.advance(400_000);
  await checkCalm(
    stage,
    [disk],
    (text) => story.push(text),
    (one) => playRun(stage, stage.newActor(one), { direction: 'sync', sabotage }),
  );
  return { broken: [...new Set(stage.broken)], story, steps, outcome: outcomeOf(stage, disk) };
}

const half = new TextEncoder().encode('{"note":"row","row":["torn by the power');

/** What both sides hold, without ids and times. */
export function outcomeOf({ operator }: Pick<Stage, 'operator'>, disk: Disk): string {
  const names = new Map(operator.collections().map((one) => [one.id, one.texts['en']?.name ?? '?']));
  const name = (id: number | undefined): string => (id === undefined ? '' : (names.get(id) ?? '?'));
  const articles = operator.articles().map((one) => {
    const content = one.contents['en'];
    return `${name(one.parentIds[0])} / ${content?.title} ${content?.state} ${content?.body.replaceAll(/ id="[^"]*"/g, '')}`;
  });
  const files = disk.paths(contentFolder).map((path) => `${path}\n${disk.text(path) ?? ''}`);
  return [...articles.sort(), ...files].join('\n');
}
