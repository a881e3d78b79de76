import { webhookBodySchema } from '@instashare/contracts';
import { jsonSchema, type Operation, type Parameter, type Paths } from './operation.ts';

const header = (described: Omit<Parameter, 'in' | 'required'>): Parameter => ({
  in: 'header',
  required: true,
  ...described,
});

const fileEvents: Operation = {
  operationId: 'fileEvents',
  summary: 'What has happened to the files, sent to a webhook',
  description:
    'Sent by this server to the address of a webhook, up to 100 events at once. Signed by the standard of ' +
    '[standardwebhooks.com](https://www.standardwebhooks.com): verify it with the secret that `POST /webhooks` told, and ' +
    'take nothing older than five minutes. Redirects are not followed, and nothing of the answer but its status is read.',
  tags: ['Webhooks'],
  security: [],
  parameters: [
    header({
      name: 'webhook-id',
      description:
        'Names the delivery, and is the same at every try: what has come already may be passed over.',
      schema: { type: 'string', format: 'uuid' },
      example: '019abc3e-7a44-7cde-8f01-23456789abcd',
    }),
    header({
      name: 'webhook-timestamp',
      description: 'When this try was made, in seconds since 1970.',
      schema: { type: 'string', pattern: '^\\d{10,}$' },
      example: '1795608000',
    }),
    header({
      name: 'webhook-signature',
      description:
        '`v1,` and the HMAC-SHA256, in base64, of `webhook-id.webhook-timestamp.body`; the key is the base64 behind `whsec_`.',
      schema: { type: 'string', pattern: '^v1,[A-Za-z0-9+/]{43}=$' },
      example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
    }),
  ],
  requestBody: {
    required: true,
    content: { 'application/json': { schema: jsonSchema(webhookBodySchema) } },
  },
  responses: {
    '2XX': { description: 'Taken.' },
    default: { description: 'Not taken: it is sent again later, up to 14 times in two and a half hours.' },
  },
};

/** What the server asks of others. */
export const webhookRequests: Paths = { fileEvents: { post: fileEvents } };
