/* What the help center itself can tell about a project that is to be set up with it. */
import { ShelfmarkError } from '../model/error.ts';
import type { Locale } from '../model/locale.ts';
import type { Outside } from '../ports/outside.ts';
import { regionUrl, regions, type Region } from '../intercom/http/region.ts';
import { proxiesOf } from './adapters/proxy.ts';

/** What a token leads to. */
export interface Reached {
  readonly region: Region;
  /** As people know it. */
  readonly workspace: string;
  readonly helpCenters: readonly { readonly id: string; readonly name: string }[];
}

/** What is in one help center. */
export interface Seen {
  readonly articles: number;
  readonly collections: number;
  /** Null where it does not tell, as one that is empty. */
  readonly defaultLocale: Locale | null;
}

/**
 * Tries a token where the workspace may be kept, and says where it is. Throws a ShelfmarkError where it is refused
 * everywhere, or where nothing answers.
 *
 * @param region the only one to try; null for all
 */
export async function tryToken(token: string, region: Region | null, outside: Outside): Promise<Reached> {
  const tried = region === null ? regions : [region];
  const own = outside.env['INTERCOM_URL'] ?? '';
  let refused: unknown = null;
  for (const one of own === '' ? tried : tried.slice(0, 1)) {
    try {
      const side = await sideAt(own === '' ? regionUrl(one) : own, token, null, outside);
      const { app } = await side.me(outside.signal);
      const told = app?.region?.toLowerCase();
      const id = app?.id_code ?? '';
      const name = app?.name ?? '';
      const helpCenters = await side.helpCenters(outside.signal);
      return {
        region: regions.find((known) => known === told) ?? one,
        workspace: name === '' ? id || 'unnamed' : `${name} (${id})`,
        helpCenters: helpCenters.map((found) => ({
          id: found.id,
          name: found.display_name ?? found.identifier ?? 'unnamed',
        })),
      };
    } catch (error) {
      // Each region knows its own tokens only, so that a refusal of one says nothing about the others.
      if (!(error instanceof ShelfmarkError) || !error.code.startsWith('TOKEN_')) throw error;
      refused ??= error;
    }
  }
  throw refused;
}

/** Looks into a help center: two calls, however large it is. */
export async function lookInto(
  token: string,
  { region }: Pick<Reached, 'region'>,
  helpCenter: string | null,
  outside: Outside,
): Promise<Seen> {
  const own = outside.env['INTERCOM_URL'] ?? '';
  const side = await sideAt(own === '' ? regionUrl(region) : own, token, helpCenter, outside);
  const { articles, collections, defaultLocale } = await side.glance(outside.signal);
  return { articles, collections, defaultLocale };
}

async function sideAt(url: string, token: string, helpCenter: string | null, outside: Outside) {
  const { openIntercom } = await import('../intercom/open-intercom.ts');
  const { remoteId } = await import('../model/identity.ts');
  const { clock, chance, env } = outside;
  return openIntercom({
    url,
    token,
    version: '2.11',
    helpCenter: helpCenter === null ? null : remoteId(helpCenter),
    defaultLocale: 'en',
    author: null,
    clock,
    chance,
    proxyOf: proxiesOf(env),
  });
}
