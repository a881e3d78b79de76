import type { WebhookDeliveryRow, WebhookRow } from '@instashare/backend/database';
import type { WebhookDeliveryDto, WebhookDto } from '@instashare/contracts';

export function toWebhookDto({
  id,
  url,
  pathPrefix,
  createdAt,
  failingSince,
  disabledAt,
}: WebhookRow): WebhookDto {
  return {
    id,
    url,
    pathPrefix,
    createdAt: createdAt.toISOString(),
    failingSince: failingSince?.toISOString() ?? null,
    disabledAt: disabledAt?.toISOString() ?? null,
  };
}

export function toDeliveryDto({ createdAt, updatedAt, ...delivery }: WebhookDeliveryRow): WebhookDeliveryDto {
  return { ...delivery, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
