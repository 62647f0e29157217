import { otherHelpCenter, otherWorkspace } from '../../model/elsewhere.ts';
import type { Config } from '../../config/read-config.ts';
import type { Check } from '../../model/checkup.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { RemoteListener } from '../../intercom/http/events.ts';
import type { IntercomSide } from '../../intercom/open-intercom.ts';
import { attempt, counted, failed, failedBy, ok, skipped, warning } from './doctor-checks.ts';
import { checkLanguages } from './doctor-languages.ts';
import type { Known } from './doctor-languages.ts';
import { namesProxy, proxiesOf } from '../adapters/proxy.ts';
import { apiOf, openRemote } from '../project/remote.ts';
import type { OpenRemote } from '../project/remote.ts';
import type { Outside } from '../../ports/outside.ts';

type Me = Awaited<ReturnType<IntercomSide['me']>>;

const behindToken = [
  'connection',
  'region',
  'workspace',
  'helpCenter',
  'permissions',
  'languages',
  'author',
  'clock',
  'version',
  'limit',
];

/** Checks the connection and what lies behind it; the first failure leaves what builds on it unchecked. */
export async function checkRemote(
  config: Config,
  known: Known,
  onCall: RemoteListener,
  outside: Outside,
): Promise<{ readonly checks: readonly Check[]; readonly isConnected: boolean }> {
  const proxy = checkProxy(config, outside);
  let remote: OpenRemote;
  try {
    remote = await openRemote(config, outside, onCall, true);
  } catch (error) {
    return { checks: [...proxy, ...unconnected(error)], isConnected: false };
  }
  await using opened = remote;
  const { side } = opened;
  const began = outside.clock.now();
  let me: Me;
  try {
    me = await side.me(outside.signal);
  } catch (error) {
    return { checks: [...proxy, ...unconnected(error)], isConnected: false };
  }
  const took = Math.round(outside.clock.now() - began);
  const checks = [
    ...proxy,
    checkToken(config, me),
    ok('connection', `${hostOf(config, outside)} answered after ${took} ms`),
    checkRegion(config, me, outside.env),
    checkWorkspace(known, me),
    ...(await checkHelpCenter(config, known, side, outside)),
    await attempt('author', () => checkAuthor(config, me, side, outside.signal)),
    checkClock(side),
    ok('version', `API ${config.version}, as asked for`),
    checkLimit(side),
  ];
  return { checks, isConnected: true };
}

/** Said only where the environment names a proxy. */
function checkProxy(config: Config, outside: Outside): readonly Check[] {
  if (config.provider === 'simulator' || !namesProxy(outside.env)) return [];
  try {
    const found = proxiesOf(outside.env)(apiOf(config, outside));
    const direct = 'not used: NO_PROXY names where Intercom is reached, or it is on this machine';
    return [ok('proxy', found === null ? direct : `${found.shown}, from ${found.variable}`)];
  } catch (error) {
    return [failedBy('proxy', error)];
  }
}

function isAboutToken(error: unknown): boolean {
  return error instanceof ShelfmarkError && error.code.startsWith('TOKEN_');
}

function unconnected(error: unknown): readonly Check[] {
  const check = isAboutToken(error) ? 'token' : 'connection';
  const token = check === 'token' ? [] : [skipped('token', 'not known without a connection')];
  const rest = behindToken.filter((name) => name !== check && (check === 'token' || name !== 'connection'));
  return [...token, failedBy(check, error), ...rest.map((name) => skipped(name, `needs the ${check}`))];
}

function hostOf({ provider, region }: Config, { env }: Outside): string {
  if (provider === 'simulator') return 'the embedded simulator';
  return (env['INTERCOM_URL'] ?? '') === '' ? `Intercom (${region})` : 'the address in INTERCOM_URL';
}

function checkToken({ provider, tokenVariable }: Config, me: Me): Check {
  const whose = me.email === '' ? `admin ${me.id}` : me.email;
  return ok(
    'token',
    provider === 'simulator'
      ? `that of the simulator; it acts as ${whose}`
      : `${tokenVariable} is accepted; it acts as ${whose}`,
  );
}

/** Where the workspace lies and where the config file looks for it. */
export function checkRegion(
  { provider, region }: Pick<Config, 'provider' | 'region'>,
  me: Pick<Me, 'app'>,
  env: Outside['env'],
): Check {
  const found = me.app?.region?.toLowerCase() ?? null;
  if (provider === 'simulator') return ok('region', 'none: the simulator runs on this machine');
  if ((env['INTERCOM_URL'] ?? '') !== '')
    return ok('region', `INTERCOM_URL replaces it; the workspace is in ${found ?? 'an unknown region'}`);
  if (found === null) return skipped('region', 'Intercom does not tell');
  if (found === region) return ok('region', found);
  return warning(
    'region',
    `The workspace is in ${found}, but the config file says ${region}.`,
    `Set "region: ${found}" under "remote:", so that calls and texts go straight there.`,
  );
}

function checkWorkspace({ pinned }: Known, me: Me): Check {
  const id = me.app?.id_code ?? '';
  const name = me.app?.name ?? '';
  const shown = name === '' ? id || 'unnamed' : `${name} (${id})`;
  if (pinned === null) return ok('workspace', shown);
  if (id === '' || pinned.workspace === id) return ok('workspace', `${shown}, as in the lock file`);
  const { message, hint } = otherWorkspace(pinned, shown);
  return failed('workspace', message, hint);
}

async function checkHelpCenter(
  config: Config,
  known: Known,
  side: IntercomSide,
  outside: Outside,
): Promise<readonly Check[]> {
  const { signal } = outside;
  const helpCenter = await attempt('helpCenter', async () => {
    const found = await side.helpCenter(signal);
    const shown = `${found.display_name ?? found.identifier ?? 'unnamed'} (${found.id})`;
    if (known.pinned !== null && known.pinned.helpCenter !== found.id) {
      const { message, hint } = otherHelpCenter(known.pinned, found.id);
      return failed('helpCenter', message, hint);
    }
    if (found.website_turned_on !== false) return ok('helpCenter', shown);
    const hint = 'Turn it on in Intercom (Help Center, Settings) when readers may see it.';
    return warning('helpCenter', `${shown} is turned off: nothing in it is public.`, hint);
  });
  if (helpCenter.status === 'failed') {
    const rest = ['permissions', 'languages'].map((name) => skipped(name, 'needs the help center'));
    return [helpCenter, ...rest];
  }
  let glance: Awaited<ReturnType<IntercomSide['glance']>>;
  try {
    glance = await side.glance(signal);
  } catch (error) {
    return [helpCenter, failedBy('permissions', error), skipped('languages', 'needs the permissions')];
  }
  const figures = `${counted(glance.articles, 'article')}, ${counted(glance.collections, 'collection')}`;
  const permissions = await attempt('permissions', async () =>
    permissionsFor(await side.mayWrite(signal), figures),
  );
  return [helpCenter, permissions, checkLanguages(config, known, glance)];
}

function permissionsFor(mayWrite: boolean | null, figures: string): Check {
  if (mayWrite === true) return ok('permissions', `reads and writes (${figures})`);
  if (mayWrite === null) return ok('permissions', `reads (${figures}); whether it may write is not known`);
  return warning(
    'permissions',
    `The token may read (${figures}) but not write: status, plan and pull work, push and sync do not.`,
    'To push, give the app the permission to write articles in the Developer Hub, then copy the token again.',
  );
}

async function checkAuthor(
  { author }: Config,
  me: Me,
  side: IntercomSide,
  signal: AbortSignal,
): Promise<Check> {
  if (author === null)
    return ok('author', `${me.email === '' ? me.id : me.email} for articles that name none`);
  if ((await side.findAuthor(author, signal)) !== null)
    return ok('author', `${author} for articles that name none`);
  return failed(
    'author',
    `The workspace has no admin ${JSON.stringify(author)}, whom remote.author names.`,
    'Set it to the e-mail address or the id of an admin of the workspace.',
  );
}

/** Seconds by which two clocks may differ before times in messages mislead. */
const tolerated = 30;

function checkClock(side: IntercomSide): Check {
  const ahead = side.clockAhead();
  if (ahead === null) return skipped('clock', 'the remote does not tell its time');
  if (Math.abs(ahead) <= tolerated) return ok('clock', 'agrees with that of the remote');
  return warning(
    'clock',
    `This machine's clock is ${counted(Math.abs(ahead), 'second')} ${ahead > 0 ? 'behind' : 'ahead of'} that of the remote.`,
    'Let it be set over the network. Shelfmark never compares the two, but times in messages are off.',
  );
}

function checkLimit(side: IntercomSide): Check {
  const rate = side.rate();
  if (rate === null) return skipped('limit', 'the remote does not tell its limit');
  return ok('limit', `${rate.limit} calls in ten seconds, ${rate.remaining} left`);
}
