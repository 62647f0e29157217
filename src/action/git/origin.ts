import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wayWithin } from '../../ports/within.ts';

/** The repository that a checkout came from. */
export interface Origin {
  /** As git is given it; holds no name and no password. */
  readonly address: string;
  readonly protocol: 'https' | 'http' | 'file';
  /** Only GitHub itself is shown the token. */
  readonly takesToken: boolean;
}

/**
 * Where to push to and fetch from, as the checkout says, made safe: at GitHub by https, whatever the checkout used, or
 * a repository on this machine that lies outside of the workspace. Null for everything else: that would need a
 * program, a key or a helper of the checkout's choice.
 */
export function originOf(said: string | null, serverUrl: string, workspace: string): Origin | null {
  if (said === null) return null;
  const short = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/|\\)\/?([\w.~/-]+)$/.exec(said);
  const text = short === null || /^[A-Za-z]:/.test(said) ? said : `ssh://${short[1] ?? ''}/${short[2] ?? ''}`;
  const url = URL.canParse(text) && /^[a-z][a-z+]+:\/\//i.test(text) ? new URL(text) : null;
  const server = URL.canParse(serverUrl) ? new URL(serverUrl) : null;
  if (url?.protocol === 'file:' || url === null) {
    const place = url === null ? (/^(?:\/|[A-Za-z]:[\\/])/.test(text) ? text : null) : pathOf(url);
    if (place === null || !isOutside(place, workspace)) return null;
    return { address: url === null ? place : url.href, protocol: 'file', takesToken: false };
  }
  if (server === null || !['https:', 'http:', 'ssh:'].includes(url.protocol)) return null;
  const isSame = url.protocol === 'ssh:' ? url.hostname === server.hostname : url.host === server.host;
  if (!isSame) {
    if (url.protocol !== 'https:') return null;
    return { address: `https://${url.host}${url.pathname}`, protocol: 'https', takesToken: false };
  }
  const protocol = server.protocol === 'http:' ? 'http' : 'https';
  return { address: `${serverUrl}${url.pathname}`, protocol, takesToken: true };
}

function pathOf(url: URL): string | null {
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}

const isOutside = (place: string, workspace: string): boolean =>
  wayWithin(resolve(workspace), resolve(place)) === null;
