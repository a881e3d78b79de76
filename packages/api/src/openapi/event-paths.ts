import { liveEventSchema } from '@instashare/contracts';
import { failures, guarded, jsonSchema, type Operation, type Paths } from './raw-paths.ts';
import { securityOf } from './security.ts';

const events: Operation = {
  operationId: 'followEvents',
  summary: 'Follow what happens to the files, live',
  description:
    'Server-sent events. Each message is an event as JSON, of the default type. The `id` of a change is where to go ' +
    'on: send the last one as `Last-Event-ID` (browsers do so by themselves), and nothing is missed. ' +
    '`{"kind":"progress"}` has no id and is not repeated. `{"kind":"cursor"}` comes first and then every few ' +
    'seconds, and moves the id past what is not of interest. A message of the type `end` holds the error for which ' +
    'the stream ends, such as `access_token_expired`: connect again with a fresh token.',
  tags: ['Events'],
  security: securityOf('read'),
  parameters: [
    {
      name: 'pathPrefix',
      in: 'query',
      description: 'Only events of files whose path, or whose path before, starts with this text.',
      schema: { type: 'string' },
    },
    {
      name: 'lastEventId',
      in: 'query',
      description:
        'As `Last-Event-ID`, for those who can not send headers; the header counts when both are there.',
      schema: { type: 'string', pattern: '^\\d{1,15}$' },
    },
    {
      name: 'Last-Event-ID',
      in: 'header',
      description: 'Begin behind this event. Begin now when left out.',
      schema: { type: 'string', pattern: '^\\d{1,15}$' },
    },
  ],
  responses: {
    200: {
      description: 'The stream. `x-event` describes what stands in `data`.',
      content: {
        'text/event-stream': { schema: { type: 'string', 'x-event': jsonSchema(liveEventSchema) } },
      },
    },
    ...failures({
      400: 'A malformed id or prefix.',
      ...guarded('read'),
      410: 'The changes since then are not all kept any more: list the files anew.',
      429: 'As many streams as the account may have at once.',
      503: 'The database does not answer, or the server is being stopped.',
    }),
  },
};

export const eventPaths: Paths = { '/events': { get: events } };
