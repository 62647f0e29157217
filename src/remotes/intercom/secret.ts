import { ShelfmarkError } from '../../model/error.ts';

/** Throws unless the token can stand in a header as it is; no part of it is repeated in the message. */
export function checkToken(token: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  throw new ShelfmarkError('TOKEN_MALFORMED', {
    message:
      token === ''
        ? 'The access token is empty. Nothing was sent.'
        : 'The access token holds a space, a line break or a character that no token has. Nothing was sent.',
    hint: 'Copy the token again from the Developer Hub of Intercom (Configure, Authentication), without quotes.',
    kind: 'usage',
  });
}

/**
 * Makes what a server said fit for a message: one line of harmless characters, cut short, and free of the
 * token in every spelling in which a server or a proxy may echo it.
 */
export function quoter(token: string): (text: string, length?: number) => string {
  const spellings = spellingsOf(token);
  return (text, length = 300) => {
    let clean = text;
    for (const spelling of spellings) clean = clean.replaceAll(spelling, '[token]');
    clean = clean.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
    return clean.length <= length ? clean : `${clean.slice(0, length)}…`;
  };
}

function spellingsOf(token: string): readonly string[] {
  const header = `Bearer ${token}`;
  const encoded = [token, header].flatMap((text) => {
    const bytes = Buffer.from(text);
    return [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
  });
  const spellings = [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1), ...encoded];
  // The longest first, lest a part of one be replaced and its rest stay.
  return [...new Set(spellings)].sort((left, right) => right.length - left.length);
}
