import type { OpenAPIObject } from 'trpc-openapi';
import type { Access } from '../auth/access.ts';
import { ADMIN_COOKIE } from '../http/admin/admin-cookie.ts';

type Operation = NonNullable<NonNullable<OpenAPIObject['paths']>[string]['get']>;

/** The ways to say who one is. The first two go into the same header. */
export const SECURITY_SCHEMES = {
  Authorization: { type: 'http', scheme: 'bearer', description: 'The `accessToken` of a log-in.' },
  PersonalAccessToken: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A token of `POST /tokens`, for scripts; its scopes say what it may be used for: `read`, `write` or `share`.',
  },
  AdminSession: {
    type: 'apiKey',
    in: 'cookie',
    name: ADMIN_COOKIE,
    description: 'What a log-in to the admin pages gave to the browser. It lets nobody in elsewhere.',
  },
} as const;

/** How a request that needs `access` may say who it is from. */
export function securityOf(access: Access): NonNullable<Operation['security']> {
  switch (access) {
    case 'public':
      return [];
    case 'session':
      return [{ Authorization: [] }];
    case 'admin':
      return [{ AdminSession: [] }];
    case 'user':
      return [{ Authorization: [] }, { PersonalAccessToken: [] }];
    default:
      return [{ Authorization: [] }, { PersonalAccessToken: [access] }];
  }
}
