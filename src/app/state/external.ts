import { join } from 'node:path';
import * as z from 'zod';
import { auditedText } from '../../audit/audited-text.ts';
import { textsOf, type Found, type Text } from '../../audit/terms.ts';
import type { Config } from '../../config/read-config.ts';
import { gotTransport } from '../../intercom/http/transport.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import { replaceFile } from '../../ports/atomic.ts';
import type { Outside } from '../../ports/outside.ts';
import { proxiesOf } from '../adapters/proxy.ts';
import { ignoreStateFolder } from '../project/state-folder.ts';
import { isPrivateHost } from './private-hosts.ts';
import { checkWeb, type WebVerdict } from './web-check.ts';

export interface ExternalOptions {
  /** Whether addresses of this machine and of private networks are asked as well. */
  readonly isPrivateAllowed: boolean;
  readonly tell: (done: number, all: number) => void;
}

/** For how long an answer counts, in milliseconds: what was fine yesterday mostly is today. */
const day = 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;

/** Checks the addresses on the web that the texts of the folder lead to. */
export async function externalFindings(
  folder: OfflineFolder,
  config: Config,
  outside: Outside,
  { isPrivateAllowed, tell }: ExternalOptions,
): Promise<readonly Found[]> {
  const isIgnored = config.audit.ignore.map(patternOf);
  const links = textsOf(folder).flatMap((text) =>
    auditedText(text.content, text.locale, folder.bodies).web.flatMap(({ url, line }) => {
      const whole = url.startsWith('//') ? `https:${url}` : url;
      return isIgnored.some((one) => one.test(whole)) ? [] : [{ text, url: whole, line }];
    }),
  );
  const cache = await openCache(config, outside);
  const now = outside.clock.now();
  const wanted = [...new Set(links.map(({ url }) => url))].filter((url) => !isYoung(cache.get(url), now));
  const limits = { connect: 10_000, response: 15_000, body: 15_000, bytes: 4 * 1024 * 1024 };
  const asked = await checkWeb(wanted, {
    transport: gotTransport(limits, proxiesOf(outside.env)),
    clock: outside.clock,
    signal: outside.signal,
    mayAsk: async (hostname) => isPrivateAllowed || !(await isPrivateHost(hostname)),
    tell,
  });
  for (const [url, verdict] of asked) cache.set(url, { verdict, at: now });
  if (asked.size > 0)
    await saveCache(new Map([...cache].filter(([, one]) => isYoung(one, now))), config, outside);
  return links.flatMap(({ text, url, line }) => {
    const verdict = cache.get(url)?.verdict;
    return verdict === undefined ? [] : foundOf(verdict, url, text, line);
  });
}

function foundOf(verdict: WebVerdict, url: string, { content }: Text, line: number): readonly Found[] {
  const place = { file: content.file, line: line + content.bodyLine - 1 };
  switch (verdict.state) {
    case 'ok':
      return [];
    case 'dead':
      return [
        {
          rule: 'WEB_DEAD',
          ...place,
          message: `The link to ${url} is dead: ${verdict.why}.`,
          hint: 'Correct or remove it.',
        },
      ];
    case 'moved':
      return [
        {
          rule: 'WEB_MOVED',
          ...place,
          message: `The page at ${url} has moved for good.`,
          hint: `Write ${verdict.to} instead.`,
        },
      ];
    case 'no-anchor':
      return [
        {
          rule: 'WEB_ANCHOR',
          ...place,
          message: `The page at ${url} has no such part.`,
          hint: 'Correct or remove what is behind the "#".',
        },
      ];
    case 'unreachable':
      return [
        {
          rule: 'WEB_UNREACHABLE',
          ...place,
          message: `Nobody can tell whether ${url} leads somewhere: ${verdict.why}.`,
          hint: 'Open it yourself; "audit.ignore" in the config leaves it out.',
        },
      ];
  }
}

/** `*` stands for anything. */
const patternOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[\\^$.|+?()[\]{}]/g, '\\$&').replaceAll('*', '.*')}$`, 'u');

interface Kept {
  readonly verdict: WebVerdict;
  readonly at: number;
}

const isYoung = (kept: Kept | undefined, now: number): boolean =>
  kept !== undefined && now - kept.at < (kept.verdict.state === 'ok' ? day : hour) && kept.at <= now;

const cacheSchema = z.record(
  z.string(),
  z.object({
    at: z.number(),
    verdict: z.discriminatedUnion('state', [
      z.object({ state: z.literal('ok') }),
      z.object({ state: z.literal('dead'), why: z.string() }),
      z.object({ state: z.literal('moved'), to: z.string() }),
      z.object({ state: z.literal('no-anchor') }),
      z.object({ state: z.literal('unreachable'), why: z.string() }),
    ]),
  }),
);

const cacheFile = ({ stateFolder }: Config): string => join(stateFolder, 'web.json');

async function openCache(config: Config, { files }: Outside): Promise<Map<string, Kept>> {
  try {
    const text = new TextDecoder().decode(await files.read(cacheFile(config)));
    const parsed = cacheSchema.safeParse(JSON.parse(text));
    return new Map(parsed.success ? Object.entries(parsed.data) : []);
  } catch {
    // There is none yet, or none that can be read: everything is asked.
    return new Map();
  }
}

async function saveCache(cache: ReadonlyMap<string, Kept>, config: Config, outside: Outside): Promise<void> {
  await ignoreStateFolder(config, outside);
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(cache)));
  await replaceFile(outside.files, cacheFile(config), bytes, { chance: outside.chance, mode: 0o600 });
}
