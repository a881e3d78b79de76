import { expect, test } from 'vitest';
import { emailSchema, newPasswordSchema } from './account.ts';

test.each([
  ['short', /at least 10 characters/],
  ['x'.repeat(300), /at most 256 characters/],
  ['abababababab', /at least 5 different/],
  ['1234567890123', /digits only/],
  ['Password123', /most used/],
])('refuses the password %j', (password, reason) => {
  expect(newPasswordSchema.safeParse(password).error?.issues[0]?.message).toMatch(reason);
});

test('takes a pass phrase', () => {
  expect(newPasswordSchema.safeParse('correct horse battery').success).toBe(true);
});

test('an address is one address however it is written', () => {
  expect(emailSchema.parse('  Ada@Example.ORG ')).toBe('ada@example.org');
  expect(emailSchema.safeParse('nobody').success).toBe(false);
});
