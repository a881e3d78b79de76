/**
 * How webhooks are signed, as https://www.standardwebhooks.com says it, so that everybody's libraries can verify it;
 * and what the audit trail says of them.
 *
 * Knows neither where they lead nor what they tell.
 */
export { webhookAuditDetails } from './audit-details.ts';
export { signWebhook, webhookSecret } from './signature.ts';
