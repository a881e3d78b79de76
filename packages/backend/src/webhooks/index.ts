/**
 * How webhooks are signed, as https://www.standardwebhooks.com says it, so that everybody's libraries can verify it.
 *
 * Knows neither where they lead nor what they tell.
 */
export { signWebhook, webhookSecret } from './signature.ts';
