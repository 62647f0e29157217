import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key with a certificate that it signed itself, for one name; good for two days. */
export interface OwnCertificate {
  /** Both as PEM. */
  readonly key: string;
  readonly cert: string;
}

export function certificateFor(name: string): OwnCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(identifier('2a8648ce3d040302'));
  const who = sequence(der(0x31, sequence(identifier('550403'), der(0x0c, Buffer.from(name)))));
  const now = Date.now();
  const usableFor = sequence(...[now - 86_400_000, now + 86_400_000].map(moment));
  // Subject alternative name; and that it is an authority, since it vouches for itself.
  const extensions = der(
    0xa3,
    sequence(
      sequence(identifier('551d11'), der(0x04, sequence(der(0x82, Buffer.from(name))))),
      sequence(identifier('551d13'), der(0x04, sequence(der(0x01, Buffer.from([0xff]))))),
    ),
  );
  const facts = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    who,
    usableFor,
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', facts, privateKey)]));
  const base64 = sequence(facts, algorithm, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** One value of ASN.1 as DER writes it. */
function der(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, Buffer.concat(parts));
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const moment = (time: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(time).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));
