import { randomBytes } from 'node:crypto';

/** 32 characters, none of which is taken for another when it is read out or copied by hand. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** A password of 100 random bits, such as `k7m2x-q9dhe-t4w8b-npz3c`. */
export function generatePassword(): string {
  const groups = Array.from({ length: GROUPS }, () =>
    Array.from(randomBytes(GROUP_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join(''),
  );
  return groups.join('-');
}
