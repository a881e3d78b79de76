import {
  createWebhookInputSchema,
  createWebhookResultSchema,
  listDeliveriesInputSchema,
  listDeliveriesResultSchema,
  listWebhooksInputSchema,
  listWebhooksResultSchema,
  resendDeliveryInputSchema,
  webhookDeliverySchema,
  webhookIdInputSchema,
  webhookSchema,
} from '@instashare/contracts';
import { z } from 'zod';
import { createWebhook } from '../services/create-webhook.ts';
import { deleteWebhook } from '../services/delete-webhook.ts';
import { enableWebhook } from '../services/enable-webhook.ts';
import { listDeliveries } from '../services/list-deliveries.ts';
import { listWebhooks } from '../services/list-webhooks.ts';
import { resendDelivery } from '../services/resend-delivery.ts';
import { router, sessionProcedure } from './init.ts';
import { once } from './once.ts';

const tags = ['Webhooks'];

const deliveryProcedures = {
  deliveries: sessionProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/webhooks/{id}/deliveries',
        tags,
        protect: true,
        summary: 'What a webhook was, or is to be, sent, the newest first',
        description: 'What is over is listed for a week.',
      },
      errors: ['webhook_not_found'],
    })
    .input(listDeliveriesInputSchema)
    .output(listDeliveriesResultSchema)
    .query(({ ctx, input }) => listDeliveries(ctx.deps, ctx.principal.userId, input)),

  resend: sessionProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/webhooks/{id}/resend',
        tags,
        protect: true,
        summary: 'Send a delivery again, whatever came of it',
        description:
          'It carries the same id and the same events, and is sent at once, also when it was to be tried again later. ' +
          'A webhook that is disabled has to be put in use again first.',
      },
      errors: ['webhook_not_found', 'webhook_disabled'],
    })
    .input(resendDeliveryInputSchema)
    .output(webhookDeliverySchema)
    .mutation(({ ctx, input }) => resendDelivery(ctx.deps, ctx.principal.userId, input)),
};

export const webhooksRouter = router({
  create: sessionProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/webhooks',
        tags,
        protect: true,
        summary: 'Have events sent to an address',
        description:
          'From now on, what `GET /events` tells is POSTed there as `{webhookId, events}`, up to 100 `ChangeEvent`s at once, signed as ' +
          'https://www.standardwebhooks.com says: verify `webhook-signature`, and take nothing whose ' +
          '`webhook-timestamp` is more than five minutes off. Answer with any 2xx within 10 seconds; anything else ' +
          'is tried again, longer and longer apart, for two and a half hours. Deliveries may come twice and out of ' +
          'order: `webhook-id` tells them apart, and the `id` of an event where it belongs. An address that has ' +
          'failed for three days is disabled. It must be a public one, and redirects are not followed.',
      },
      errors: ['limit_reached'],
      isIdempotent: true,
    })
    .input(createWebhookInputSchema)
    .output(createWebhookResultSchema)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'webhooks.create', input }, (keep) =>
        createWebhook(ctx.deps, ctx.principal, { ...input, keep }),
      ),
    ),

  list: sessionProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/webhooks',
        tags,
        protect: true,
        summary: 'List webhooks, the newest first',
        description: 'Also those that were disabled. Their secrets are told once, when they are made.',
      },
    })
    .input(listWebhooksInputSchema)
    .output(listWebhooksResultSchema)
    .query(({ ctx, input }) => listWebhooks(ctx.deps, ctx.principal.userId, input)),

  enable: sessionProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/webhooks/{id}/enable',
        tags,
        protect: true,
        summary: 'Put a webhook in use again that was disabled',
        description:
          'It is told what it missed, as far as changes are kept (`CHANGES_DAYS`); what had been given up by then can be ' +
          'sent again. One that is in use stays so.',
      },
      errors: ['webhook_not_found'],
    })
    .input(webhookIdInputSchema)
    .output(webhookSchema)
    .mutation(({ ctx, input }) => enableWebhook(ctx.deps, ctx.principal, input)),

  delete: sessionProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/webhooks/{id}',
        tags,
        protect: true,
        summary: 'Delete a webhook',
        description: 'Nothing is sent to it any more, nor is what was sent listed.',
      },
      errors: ['webhook_not_found'],
    })
    .input(webhookIdInputSchema)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await deleteWebhook(ctx.deps, ctx.principal, input);
      return {};
    }),

  ...deliveryProcedures,
});
