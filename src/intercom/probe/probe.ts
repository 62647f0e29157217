import type { Finding } from '../../model/checkup.ts';
import type { Caller } from '../http/call.ts';
import { openCaller } from '../http/call.ts';
import type { Answer } from '../http/failures.ts';
import type { IntercomOptions } from '../open-intercom.ts';
import { articleQuestions } from './probe-articles.ts';
import { articlesPath, collectionsPath, isJson, textAt } from './probe-bench.ts';
import type { Bench, Json, Reply } from './probe-bench.ts';
import { bodyQuestions } from './probe-bodies.ts';
import { collectionQuestions } from './probe-collections.ts';
import { listQuestions } from './probe-lists.ts';
import { checkUrl } from '../http/region.ts';
import { checkToken, quoter } from '../http/secret.ts';
import { gotTransport, usualLimits } from '../http/transport.ts';
import type { Method } from '../http/transport.ts';
import { decodeCollection, decodeMe } from '../wire/wire.ts';

/**
 * Puts the open questions about Intercom to a workspace, one after the other, and gives the answers as they come.
 * Everything it makes is a draft or a collection without anything public, and is deleted at the end.
 */
export async function* probeIntercom(options: IntercomOptions, signal: AbortSignal): AsyncGenerator<Finding> {
  checkToken(options.token);
  const caller = openCaller({
    ...options,
    url: checkUrl(options.url),
    transport: options.transport ?? gotTransport(usualLimits, options.proxyOf),
    tell: options.onEvent ?? (() => undefined),
  });
  const made: string[] = [];
  try {
    const bench = await openBench(caller, options, made, signal);
    const questions = [...collectionQuestions, ...articleQuestions, ...bodyQuestions, ...listQuestions];
    for (const { topic, question, ask } of questions) {
      yield { topic, question, answer: (await ask(bench)) || 'empty text' };
    }
  } finally {
    // Also after an interruption, which must not leave the scratch behind; so without the signal that it gave.
    const cleaning = new AbortController().signal;
    for (const path of made.reverse()) {
      await caller.ask({ method: 'DELETE', path, subject: 'what the probe made' }, cleaning);
    }
  }
}

async function openBench(
  caller: Caller,
  options: IntercomOptions,
  made: string[],
  signal: AbortSignal,
): Promise<Bench> {
  const quote = quoter(options.token);
  const call = async (method: Method, path: string, body?: Json): Promise<Reply> => {
    const subject = 'the probe';
    const [bare = '', search = ''] = path.split('?');
    const query = Object.fromEntries(new URLSearchParams(search));
    const given = body === undefined ? {} : { body };
    const answer = await caller.ask({ method, path: bare, query, subject, ...given }, signal);
    return replyOf(answer, quote);
  };
  const make = async (path: string, body: Json): Promise<Reply> => {
    const reply = await call('POST', path, body);
    if (reply.ok) made.push(`${path}/${textAt(reply.json, 'id')}`);
    return reply;
  };
  // These two must go well, or no question would mean anything.
  const who = { method: 'GET', path: '/me', subject: 'the token' } as const;
  const self = (await caller.send(who, decodeMe, signal)).id;
  const name = 'Shelfmark probe (will be deleted)';
  const helpCenter = options.helpCenter ?? (await options.linked?.())?.id ?? null;
  const body = helpCenter === null ? { name } : { name, help_center_id: Number(helpCenter) };
  const shelf = { method: 'POST', path: collectionsPath, body, subject: 'the scratch collection' } as const;
  const home = (await caller.send(shelf, decodeCollection, signal)).id;
  made.push(`${collectionsPath}/${home}`);
  return {
    home,
    self,
    call,
    article: (fields = {}) =>
      make(articlesPath, {
        title: 'Shelfmark probe',
        body: '<p>Probe</p>',
        author_id: Number(self),
        parent_id: Number(home),
        parent_type: 'collection',
        ...fields,
      }),
    collection: (fields = {}) =>
      make(collectionsPath, { name: 'Shelfmark probe', parent_id: Number(home), ...fields }),
    wait: (seconds) => options.clock.sleep(seconds * 1000, signal),
  };
}

function replyOf(answer: Answer, quote: (text: string) => string): Reply {
  const { status, json, complaint } = answer;
  const ok = status >= 200 && status < 300;
  const errors = (complaint?.errors ?? []).map((one) => `${one.code} ${JSON.stringify(quote(one.message))}`);
  return { status, ok, json: isJson(json) ? json : {}, said: [status, ...errors].join(' ') };
}
