import { ShelfmarkError } from '../../model/error.ts';
import { hiderOf } from '../../model/secret.ts';

/** Throws unless the token can be in a header as it is; no part of it is repeated in the message. */
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

/** Shorter ones are words that texts are full of, and no tokens. */
const shortest = 16;

/**
 * Reads the text of an answer as JSON, with the token taken out wherever it occurs: a server that sends it back, as a
 * title or as a text, must not bring it into the lock file, the content or the memory of what was merged. Throws where
 * the text is no JSON.
 */
export function answerReader(token: string): (text: string) => unknown {
  if (token.length < shortest) return (text) => JSON.parse(text);
  const hide = hiderOf([token]);
  // An escape for a plain letter is read as that letter, and could spell the token.
  return (text) => (/\\u00[2-7]/i.test(text) ? without(JSON.parse(text), hide) : JSON.parse(hide(text)));
}

function without(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((one) => without(one, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [hide(key), without(one, hide)]));
}
