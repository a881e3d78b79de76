import type { OpenAPIObject } from 'trpc-openapi';
import type { Access } from '../auth/access.ts';

type Operation = NonNullable<NonNullable<OpenAPIObject['paths']>[string]['get']>;

/** The two ways to say who one is. Both go into the same header. */
export const SECURITY_SCHEMES = {
  Authorization: { type: 'http', scheme: 'bearer', description: 'The `accessToken` of a log-in.' },
  PersonalAccessToken: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A token of `POST /tokens`, for scripts; its scopes say what it may be used for: `read`, `write` or `share`.',
  },
} as const;

/** How a request that needs `access` may say who it is from. */
export function securityOf(access: Access): NonNullable<Operation['security']> {
  switch (access) {
    case 'public':
      return [];
    case 'session':
      return [{ Authorization: [] }];
    case 'user':
      return [{ Authorization: [] }, { PersonalAccessToken: [] }];
    default:
      return [{ Authorization: [] }, { PersonalAccessToken: [access] }];
  }
}
