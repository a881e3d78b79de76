import { z } from 'zod';
import { changeEventSchema } from './event.ts';
import { MAX_WEBHOOK_URL_LENGTH } from './limits.ts';
import { nextCursorSchema, pageInputSchema } from './page.ts';
import { pathPrefixSchema } from './path.ts';

/** Names and passwords in an address would be shown wherever the address is. */
const webhookUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .max(MAX_WEBHOOK_URL_LENGTH, `must have at most ${MAX_WEBHOOK_URL_LENGTH} characters`)
  .refine((text) => !/^[^/]*\/\/[^/?#]*@/.test(text), 'must hold no user name and no password')
  .meta({ example: 'https://example.org/hooks/instashare' });

export const webhookSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    pathPrefix: z.string().meta({ description: 'Only events of files whose path starts with it.' }),
    createdAt: z.iso.datetime(),
    failingSince: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Since when no delivery has succeeded; null: the last one did.' }),
    disabledAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When it was given up after failing for days; null: it is in use.' }),
  })
  .meta({ id: 'Webhook' });
export type WebhookDto = z.infer<typeof webhookSchema>;

export const createWebhookInputSchema = z.object({
  url: webhookUrlSchema,
  pathPrefix: pathPrefixSchema.optional().meta({
    description: 'Only events of files whose path, or whose path before, starts with this text.',
  }),
});
export type CreateWebhookInput = z.infer<typeof createWebhookInputSchema>;

export const createWebhookResultSchema = z.object({
  secret: z
    .string()
    .meta({ description: 'Verifies what comes, beginning with `whsec_`: it is told this once.' }),
  webhook: webhookSchema,
});
export type CreateWebhookResult = z.infer<typeof createWebhookResultSchema>;

export const listWebhooksInputSchema = pageInputSchema();
export const listWebhooksResultSchema = z.object({
  items: z.array(webhookSchema),
  nextCursor: nextCursorSchema,
});
export type ListWebhooksResult = z.infer<typeof listWebhooksResultSchema>;

const webhookIdSchema = z.uuid().meta({ description: 'Id of the webhook.' });

export const webhookIdInputSchema = z.object({ id: webhookIdSchema });
export type WebhookIdInput = z.infer<typeof webhookIdInputSchema>;

/** `pending`: on its way, or tried again later; `failed`: given up after the last try. */
const deliveryStateSchema = z.enum(['pending', 'delivered', 'failed']);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

export const webhookDeliverySchema = z
  .object({
    id: z.uuid().meta({ description: 'As in the header `webhook-id`: the same at every try.' }),
    state: deliveryStateSchema,
    events: z.number().int().meta({ description: 'How many events it carries.' }),
    attempts: z.number().int(),
    lastStatus: z.number().int().nullable().meta({ description: 'What the last try was answered with.' }),
    lastError: z.string().nullable().meta({ description: 'Why the last try failed.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDeliveryDto = z.infer<typeof webhookDeliverySchema>;

export const listDeliveriesInputSchema = pageInputSchema().extend({ id: webhookIdSchema });
export type ListDeliveriesInput = z.infer<typeof listDeliveriesInputSchema>;
export const listDeliveriesResultSchema = z.object({
  items: z.array(webhookDeliverySchema),
  nextCursor: nextCursorSchema,
});
export type ListDeliveriesResult = z.infer<typeof listDeliveriesResultSchema>;

export const resendDeliveryInputSchema = z.object({
  id: webhookIdSchema,
  deliveryId: z.uuid().meta({ description: 'Id of the delivery.' }),
});
export type ResendDeliveryInput = z.infer<typeof resendDeliveryInputSchema>;

/** What is POSTed to a webhook. */
export const webhookBodySchema = z
  .object({ webhookId: z.uuid(), events: z.array(changeEventSchema).min(1) })
  .meta({ id: 'WebhookBody' });
export type WebhookBody = z.infer<typeof webhookBodySchema>;
