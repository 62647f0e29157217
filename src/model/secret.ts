/**
 * Takes secrets out of text, in every spelling in which a server, a proxy or a program between may echo them: as they
 * are, as a part of an address, and encoded as headers are.
 */
export function hiderOf(secrets: readonly string[]): (text: string) => string {
  const spellings = [...new Set(secrets.filter((one) => one !== '').flatMap(spellingsOf))]
    // The longest first, lest a part of one be replaced and its rest stay.
    .toSorted((left, right) => right.length - left.length);
  if (spellings.length === 0) return (text) => text;
  return (text) => {
    let clean = text;
    for (const spelling of spellings) clean = clean.replaceAll(spelling, '[token]');
    return clean;
  };
}

/** Every way in which a secret is known to be written. */
export function spellingsOf(secret: string): readonly string[] {
  const encoded = [secret, `Bearer ${secret}`].flatMap((text) => {
    const bytes = Buffer.from(text);
    return [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
  });
  const escaped = [encodeURIComponent(secret), encodeURI(secret), JSON.stringify(secret).slice(1, -1)];
  // Without its padding, a token in base64 is as good as with it.
  const bare = secret.replace(/=+$/, '');
  return [secret, ...(bare.length >= 16 ? [bare] : []), ...escaped, ...encoded];
}
