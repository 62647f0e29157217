/** Takes secrets out of everything that leaves this process, in every spelling that they may come in. */
export interface Secrets {
  /** As the runner needs them. */
  readonly masks: readonly string[];
  hide(text: string): string;
}

export function openSecrets(values: readonly (string | null)[]): Secrets {
  // Shorter than this nothing is a secret, and every text would be full of it.
  const secrets = [...new Set(values.flatMap((one) => (one === null ? [] : [one.trim()])))].filter(
    (one) => one.length >= 4,
  );
  const spellings = [...new Set(secrets.flatMap(spellingsOf))].toSorted(
    (left, right) => right.length - left.length,
  );
  return {
    masks: secrets.flatMap((one) => [one, basicOf(one)]),
    hide: (text) => spellings.reduce((clean, one) => clean.replaceAll(one, '***'), text),
  };
}

/** What git sends for a token of GitHub. */
export const basicOf = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64');

function spellingsOf(secret: string): readonly string[] {
  const encoded = [secret, `Bearer ${secret}`, `x-access-token:${secret}`].flatMap((text) => {
    const bytes = Buffer.from(text);
    return [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
  });
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...encoded];
}
