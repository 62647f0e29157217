import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../ports/clock.ts';
import type { ApiRequest } from './api/call.ts';
import { carryOutLate, handleCall, isApiPath, newImages, speaksMarkdown } from './handle.ts';
import type { Office } from './handle.ts';
import { answerOperator } from './operator/operator-door.ts';
import type { Operator } from './operator/operator-types.ts';
import { loadMarkdown } from './rewrite/markdown.ts';
import type { Store } from './state/store.ts';
import { readBody, send, sendHalf, sendSlowly } from './wire.ts';

/** Finds the bytes of an image; null where it cannot be fetched, undefined where it can but is not at hand. */
export type Assets = (url: string) => Promise<Uint8Array | null | undefined>;

/** What is served once the state has been read. */
export interface House extends Office {
  readonly operator: Operator;
  readonly store: Store;
}

/** Takes requests from the socket to whoever answers them, and answers back. */
export class Reception {
  readonly #run: string;
  readonly #clock: Clock;
  readonly #assets: Assets | null;
  readonly #closing = new AbortController();
  readonly #late = new Set<Promise<void>>();
  #house: House | null = null;
  #opened: () => void = () => undefined;
  readonly #ready = new Promise<void>((resolve) => {
    this.#opened = resolve;
  });

  constructor(run: string, clock: Clock, assets: Assets | null) {
    this.#run = run;
    this.#clock = clock;
    this.#assets = assets;
  }

  open(house: House): void {
    this.#house = house;
    this.#opened();
  }

  /** Lets go of whatever waits; late writes that are still to come never come. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('The simulator stops'));
    await Promise.allSettled(this.#late);
  }

  async receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = incoming.url ?? '/';
    const path = target.replace(/[?#].*$/s, '');
    // Asked by other processes, also while this one is still reading its state.
    if (path === '/_operator/alive') {
      send(response, json(200, { run: this.#run, ready: this.#house !== null }));
      return;
    }
    await this.#ready;
    const house = this.#house;
    if (house === null) return;
    const body = await readBody(incoming);
    if (body === null) {
      send(response, { status: 413, headers: { connection: 'close' }, body: '' });
      return;
    }
    const method = incoming.method ?? 'GET';
    if (path === '/_operator' || path.startsWith('/_operator/')) {
      await this.#operate(house, incoming, response, { method, path, body });
    } else if (/^(?:GET|HEAD)$/.test(method) && !isApiPath(path) && isPage(house, path)) {
      const { world } = house.desk;
      // Loaded for readers only: most commands have none.
      const { answerImage, answerPage } = await import('./pages/pages.ts');
      send(response, (path.startsWith('/i/') ? answerImage(world, path) : null) ?? answerPage(world, target));
    } else {
      await this.#call(house, { method, target, headers: headersOf(incoming), body }, response);
    }
  }

  /** Answers as Intercom does when something broke inside of it. */
  fail(response: ServerResponse): void {
    if (response.headersSent || this.#closing.signal.aborted) {
      response.destroy();
      return;
    }
    const errors = [{ code: 'server_error', message: 'Server error' }];
    send(response, json(500, { type: 'error.list', request_id: null, errors }));
  }

  async #operate(
    house: House,
    incoming: IncomingMessage,
    response: ServerResponse,
    request: { method: string; path: string; body: string },
  ): Promise<void> {
    // A page in a browser must not be able to come in here, not even under another name of this machine.
    const host = (incoming.headers.host ?? '').replace(/:\d+$/, '');
    const origin = incoming.headers.origin;
    const local = ['127.0.0.1', 'localhost', '[::1]'].includes(host) && origin === undefined;
    if (!local) {
      send(
        response,
        json(403, { error: { message: 'The operator’s door is open to programs on this machine only.' } }),
      );
      return;
    }
    const answered = answerOperator(house.operator, request.method, request.path, request.body);
    await house.store.save([]);
    send(response, json(answered.status, answered.body));
  }

  async #call(house: House, bare: Omit<ApiRequest, 'markdown'>, response: ServerResponse): Promise<void> {
    const trouble = house.faults.next({ method: bare.method, path: bare.target });
    const wait = trouble.wait + house.tricks.latency;
    if (wait > 0) await this.#clock.sleep(wait, this.#closing.signal);
    const call = { ...bare, markdown: speaksMarkdown(house, bare) ? await loadMarkdown() : null };
    const request = { ...call, images: await this.#fetchImages(newImages(house, call)) };
    const ending = handleCall(house, request, trouble);
    const changes = house.desk.world.takeChanges();
    if (changes.length > 0) await house.store.save(changes);
    switch (ending.end) {
      case 'answer':
        if (trouble.bytesPerSecond === null) send(response, ending.response);
        else await sendSlowly(response, ending.response, trouble.bytesPerSecond, this.#clock);
        break;
      case 'cut':
        sendHalf(response, ending.response);
        break;
      case 'drop':
        response.destroy();
        break;
      case 'late':
        response.destroy();
        this.#carryOutLater(house, request, ending.after);
        break;
    }
  }

  #carryOutLater(house: House, request: ApiRequest, after: number): void {
    const late = this.#clock.sleep(after, this.#closing.signal).then(
      async () => {
        carryOutLate(house, request);
        await house.store.save(house.desk.world.takeChanges());
      },
      () => undefined,
    );
    this.#late.add(late);
    late.finally(() => this.#late.delete(late)).catch(() => undefined);
  }

  async #fetchImages(sources: readonly string[]): Promise<ReadonlyMap<string, Uint8Array | null>> {
    const assets = this.#assets;
    if (assets === null) return new Map();
    const found = await Promise.all(
      sources.map(async (source) => [source, await assets(source).catch(() => null)] as const),
    );
    return new Map(
      found.flatMap(([source, bytes]) => (bytes === undefined ? [] : [[source, bytes] as const])),
    );
  }
}

function isPage(house: House, path: string): boolean {
  const first = path.split('/')[1] ?? '';
  const sites = house.desk.world.settings.helpCenters.map((one) => one.identifier);
  return first === '' || first === 'i' || sites.includes(first);
}

function headersOf(incoming: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function json(
  status: number,
  body: unknown,
): { status: number; headers: Record<string, string>; body: string } {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: JSON.stringify(body) };
}
