import * as z from 'zod';
import { ShelfmarkError } from '../../model/error.ts';
import {
  AdminInput,
  AppInput,
  ArticleInput,
  CollectionInput,
  ClockInput,
  FaultsInput,
  HelpCenterInput,
  LatencyInput,
  LimitsInput,
  SpendInput,
  SwitchesInput,
} from './operator-input.ts';
import type { Operator } from './operator-types.ts';
import { usageError } from '../state/usage.ts';

export interface DoorAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The operator's door over HTTP: paths below `/_operator`, JSON in and out, the same powers as the handle. */
export function answerOperator(operator: Operator, method: string, path: string, body: string): DoorAnswer {
  const parts = path.replace(/\/$/, '').split('/').slice(2);
  const [subject = '', id = '', verb = ''] = parts;
  const key =
    `${methodGroup(method)} ${subject}${id === '' ? '' : '/*'}${verb === '' ? '' : `/${verb}`}`.trim();
  const act = acts.get(key);
  if (act === undefined)
    return {
      status: 404,
      body: { error: { message: `The operator's door has no ${key}.`, routes: [...acts.keys()] } },
    };
  try {
    const result = act(operator, body, Number(id));
    return { status: 200, body: result ?? { done: true } };
  } catch (error) {
    if (!(error instanceof ShelfmarkError)) throw error;
    return { status: 400, body: { error: { code: error.code, message: error.message, hint: error.hint } } };
  }
}

type Act = (operator: Operator, body: string, id: number) => unknown;

const acts: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['GET', () => ({ routes: [...acts.keys()].filter((one) => one !== 'GET') })],
  ['GET articles', (operator) => operator.articles()],
  ['POST articles', (operator, body) => operator.createArticle(decode(ArticleInput, body))],
  ['GET articles/*', (operator, _, id) => operator.article(id)],
  ['PUT articles/*', (operator, body, id) => operator.editArticle(id, decode(ArticleInput, body))],
  ['DELETE articles/*', (operator, _, id) => operator.deleteArticle(id)],
  ['POST articles/*/publish-draft', (operator, _, id) => operator.publishDraft(id)],
  ['POST articles/*/discard-draft', (operator, _, id) => operator.discardDraft(id)],
  ['GET collections', (operator) => operator.collections()],
  ['POST collections', (operator, body) => operator.createCollection(decode(CollectionInput, body))],
  ['GET collections/*', (operator, _, id) => operator.collection(id)],
  ['PUT collections/*', (operator, body, id) => operator.editCollection(id, decode(CollectionInput, body))],
  ['DELETE collections/*', (operator, _, id) => operator.deleteCollection(id)],
  ['GET help-centers', (operator) => operator.helpCenters()],
  ['POST help-centers', (operator, body) => operator.createHelpCenter(decode(HelpCenterInput, body))],
  ['PUT help-centers/*', (operator, body, id) => operator.editHelpCenter(id, decode(HelpCenterInput, body))],
  ['GET admins', (operator) => operator.admins()],
  ['POST admins', (operator, body) => operator.addAdmin(decode(AdminInput, body))],
  ['DELETE admins/*', (operator, _, id) => operator.removeAdmin(id)],
  ['GET apps', (operator) => operator.apps()],
  ['POST apps', (operator, body) => operator.addApp(decode(AppInput, body))],
  ['GET clock', (operator) => ({ now: operator.now() })],
  [
    'POST clock',
    (operator, body) => {
      operator.moveClock(decode(ClockInput, body).move);
      return { now: operator.now() };
    },
  ],
  ['GET calls', (operator) => operator.calls()],
  ['DELETE calls', (operator) => operator.clearCalls()],
  ['GET faults', (operator) => ({ faults: operator.faults() })],
  [
    'PUT faults',
    (operator, body) => {
      operator.setFaults(decode(FaultsInput, body).faults);
      return { faults: operator.faults() };
    },
  ],
  [
    'DELETE faults',
    (operator) => {
      operator.setFaults([]);
      return { faults: [] };
    },
  ],
  ['GET switches', (operator) => operator.switches()],
  ['PUT switches', (operator, body) => operator.setSwitches(decode(SwitchesInput, body))],
  ['PUT limits', (operator, body) => operator.setLimits(decode(LimitsInput, body))],
  ['POST spend', (operator, body) => operator.spend(decode(SpendInput, body).calls)],
  ['PUT latency', (operator, body) => operator.setLatency(decode(LatencyInput, body).milliseconds)],
]);

function methodGroup(method: string): string {
  return method === 'PATCH' ? 'PUT' : method;
}

function decode<Output>(schema: z.ZodType<Output>, body: string): Output {
  let input: unknown;
  try {
    input = body.trim() === '' ? {} : JSON.parse(body);
  } catch {
    throw usageError('The request body is not valid JSON.', 'Send a JSON object.');
  }
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw usageError(
    `The request body is wrong: ${z.prettifyError(result.error)}`,
    'See the page on the simulator.',
  );
}
