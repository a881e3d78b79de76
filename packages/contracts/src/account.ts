import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './limits.ts';

/** Addresses are compared without regard to case, so they are kept in lower case. */
export const emailSchema = z
  .string()
  .trim()
  .max(254)
  .toLowerCase()
  .pipe(z.email('must be an e-mail address'))
  .meta({ description: 'E-mail address; case is ignored.', example: 'ada@example.org' });

/** Passwords people choose first, of those at least {@link MIN_PASSWORD_LENGTH} long. */
const COMMON_PASSWORDS: ReadonlySet<string> = new Set([
  'password12',
  'password123',
  'password1234',
  'passwordpassword',
  'qwertyuiop',
  'qwerty12345',
  'qwerty123456',
  'letmein1234',
  'iloveyou123',
  'administrator',
  'instashare',
  'instashare1',
]);

function weakness(password: string): string | null {
  if (password.length < MIN_PASSWORD_LENGTH) {
    return `password must be at least ${MIN_PASSWORD_LENGTH} characters long`;
  }
  if (password.length > MAX_PASSWORD_LENGTH) {
    return `password must be at most ${MAX_PASSWORD_LENGTH} characters long`;
  }
  if (new Set(password).size < 5) return 'password must have at least 5 different characters';
  if (/^\d+$/.test(password)) return 'password must not be digits only';
  if (COMMON_PASSWORDS.has(password.toLowerCase())) return 'password is one of the most used: choose another';
  return null;
}

/** A password that is being chosen: long enough, and not one that is guessed first. */
export const newPasswordSchema = z
  .string()
  .superRefine((password, context) => {
    const problem = weakness(password);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({
    description: `At least ${MIN_PASSWORD_LENGTH} characters, at least 5 of them different, not digits only.`,
    example: 'correct horse battery',
  });

/** What a person calls something: a person, a device, a token. */
export const labelSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name), 'must not contain control characters');

export const userSchema = z.object({
  id: z.uuid(),
  email: z.string().meta({ example: 'ada@example.org' }),
  name: z.string().nullable().meta({ example: 'Ada' }),
});
export type User = z.infer<typeof userSchema>;

export const registerInputSchema = z.object({
  email: emailSchema,
  password: newPasswordSchema,
  name: labelSchema.optional(),
  deviceName: labelSchema.optional(),
});
export type RegisterInput = z.infer<typeof registerInputSchema>;

/** Only bounded: whether it is right is for the server to say, and always in the same words. */
const presentPasswordSchema = z
  .string()
  .min(1)
  .max(MAX_PASSWORD_LENGTH)
  .meta({ example: 'correct horse battery' });

export const loginInputSchema = z.object({
  email: emailSchema,
  password: presentPasswordSchema,
  deviceName: labelSchema.optional().meta({ description: 'Names the session in the list of devices.' }),
});
export type LoginInput = z.infer<typeof loginInputSchema>;

export const refreshInputSchema = z.object({ refreshToken: z.string().min(1).max(512) });
export type RefreshInput = z.infer<typeof refreshInputSchema>;

/** What a log-in gives. */
export const authResultSchema = z.object({
  user: userSchema,
  accessToken: z.string().meta({ description: 'Send it as `Authorization: Bearer …`.' }),
  refreshToken: z.string().meta({
    description: 'Exchange it at `POST /users/refresh` for a new pair; each is good for one exchange.',
  }),
  expiresAt: z.iso.datetime().meta({ description: 'When the access token expires.' }),
});
export type AuthResult = z.infer<typeof authResultSchema>;

export const changePasswordInputSchema = z.object({
  currentPassword: presentPasswordSchema,
  newPassword: newPasswordSchema,
});
export type ChangePasswordInput = z.infer<typeof changePasswordInputSchema>;

export const deleteAccountInputSchema = z.object({ password: presentPasswordSchema });
export type DeleteAccountInput = z.infer<typeof deleteAccountInputSchema>;
