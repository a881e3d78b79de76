import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { deriveKey } from './access-tokens.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A request as it names itself. */
export interface NamedRequest {
  readonly userId: string;
  /** As the client made it up. */
  readonly key: string;
}

/**
 * What is kept of requests that may be asked again. Answers hold secrets that are told once, so they are sealed: to open
 * one it takes our secret and the key that the client sent, of which only a hash is kept.
 */
export interface AnswerSeals {
  /** By which the request is found. In hexadecimal. */
  keyHash(request: NamedRequest): string;
  /** Tells one request from another without telling what it said: a password may be in it. In hexadecimal. */
  requestHash(request: NamedRequest, said: unknown): string;
  seal(request: NamedRequest, answer: unknown): Buffer;
  open(request: NamedRequest, sealed: Buffer): unknown;
}

export function createAnswerSeals(secret: string): AnswerSeals {
  const root = deriveKey(secret, 'idempotency');
  const derive = (...parts: readonly unknown[]) =>
    createHmac('sha256', root).update(JSON.stringify(parts)).digest();
  const sealingKey = ({ userId, key }: NamedRequest) => derive('seal', userId, key);
  return {
    keyHash: ({ userId, key }) => derive('key', userId, key).toString('hex'),
    requestHash: ({ userId, key }, said) => derive('request', userId, key, said).toString('hex'),
    seal(request, answer) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealingKey(request), nonce);
      const sealed = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open(request, sealed) {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', sealingKey(request), nonce);
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const opened = Buffer.concat([
        decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)),
        decipher.final(),
      ]);
      const answer: unknown = JSON.parse(opened.toString('utf8'));
      return answer;
    },
  };
}
