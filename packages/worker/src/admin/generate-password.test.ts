import { newPasswordSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { generatePassword } from './generate-password.ts';

test('each generated password is another one, readable, and good enough for an account', () => {
  const made = Array.from({ length: 1000 }, generatePassword);
  expect(new Set(made).size).toBe(made.length);
  for (const password of made) {
    expect(password).toMatch(/^[a-km-np-z2-9]{5}(?:-[a-km-np-z2-9]{5}){3}$/);
    expect(newPasswordSchema.safeParse(password).success).toBe(true);
  }
});
