import { hash, verify } from '@node-rs/argon2';

/** argon2id with the library's defaults (19 MiB, 2 passes, 1 lane): OWASP's first recommendation. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/**
 * Of a password nobody has: checked when the address is unknown, so that both answers take the same time; and given to
 * accounts that are deleted.
 */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$PPO0vboS3GMZUxR8Qe0E4w$zl3qDpxOXgXoE7Qoa412IIrr3PN0pjiFBrNiC6aSWj4';

/** Whether `password` has this hash. `null` (no such account) takes as long and is false. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? NOBODYS_HASH, password);
  return matches && passwordHash !== null;
}
