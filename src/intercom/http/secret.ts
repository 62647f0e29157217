import { ShelfmarkError } from '../../model/error.ts';
import { hiderOf } from '../../model/secret.ts';

/** Throws unless the token can stand in a header as it is; no part of it is repeated in the message. */
export function checkToken(token: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  throw new ShelfmarkError('TOKEN_MALFORMED', {
    message:
      token === ''
        ? 'The access token is empty. Nothing was sent.'
        : 'The access token holds a space, a line break or a character that no token has. Nothing was sent.',
    hint: 'Copy the token again from the Developer Hub of Intercom (Configure, Authentication), without quotes.',
  });
}

/**
 * Makes what a server said fit for a message: one line of harmless characters, cut short, and free of the
 * token in every spelling in which a server or a proxy may echo it.
 */
export function quoter(token: string): (text: string, length?: number) => string {
  const hide = hiderOf([token]);
  return (text, length = 300) => {
    const clean = hide(text)
      .replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim();
    return clean.length <= length ? clean : `${clean.slice(0, length)}…`;
  };
}
