import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** A self-signed certificate with its key. */
export interface Certificate {
  /** In PEM format, like the key. */
  readonly cert: string;
  readonly key: string;
  /** In the format of Chromium: `sha256/…`. */
  readonly fingerprint: string;
}

/** Creates a self-signed certificate for 127.0.0.1 without openssl, which may not be installed. */
export function createSelfSignedCertificate(name: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = encodeSequence(ECDSA_WITH_SHA256);
  const subject = encodeSequence(
    encodeSet(encodeSequence(COMMON_NAME, der(0x0c, Buffer.from(name)))),
  );
  const hour = 3_600_000;
  const validity = encodeSequence(
    encodeTime(Date.now() - hour),
    encodeTime(Date.now() + 24 * hour),
  );
  const addresses = encodeSequence(der(0x87, Buffer.of(127, 0, 0, 1)));
  const extensions = encodeSequence(encodeSequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, addresses)));
  const content = encodeSequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    algorithm,
    subject,
    validity,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = sign('sha256', content, privateKey);
  const certificate = encodeSequence(
    content,
    algorithm,
    der(0x03, Buffer.concat([Buffer.of(0), signature])),
  );
  return {
    cert: pem(certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    fingerprint: `sha256/${createHash('sha256').update(certificate).digest('base64')}`,
  };
}

const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SUBJECT_ALTERNATIVE_NAME = Buffer.from('0603551d11', 'hex');

/** Encodes a value in DER: tag, length, content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), content]);
}

function encodeSequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function encodeSet(part: Buffer): Buffer {
  return der(0x31, part);
}

/** Encodes a time such as `20260303093000Z`. */
function encodeTime(instant: number): Buffer {
  const text = new Date(instant).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(text));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
