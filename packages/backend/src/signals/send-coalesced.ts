import { MAX_MESSAGE_LENGTH } from './channel.ts';

/** Sends at once, and then no more often than this, whatever is added meanwhile. */
const INTERVAL_MS = 200;
const RETRY_MS = 1_000;
/** More users than this in one go, which only an outage gathers: then everyone is told to look. */
const MAX_USERS = 10_000;

/** What a message says to be looked at; see {@link parseMessage}. */
const EVERYONE = '*';

export interface CoalescingSender {
  add(userIds: Iterable<string>): void;
  /** Sends what is left, in bounded time, and then nothing more. */
  end(): Promise<void>;
}

/**
 * Gathers users and publishes them together: each NOTIFY takes a lock at its commit that all of them share, and
 * thousands of uploads are not to wait for it. What could not be sent is sent later.
 */
export function createCoalescingSender(options: {
  readonly senderId: string;
  readonly publish: (messages: readonly string[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}): CoalescingSender {
  const { senderId, publish, onFailure } = options;
  let waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> | null = null;
  let hasEnded = false;

  const send = async (): Promise<void> => {
    const userIds = waiting;
    waiting = new Set();
    let pauseMs = INTERVAL_MS;
    try {
      await publish(toMessages(senderId, userIds));
    } catch (error) {
      onFailure(error);
      for (const userId of userIds) waiting.add(userId);
      pauseMs = RETRY_MS;
    }
    sending = null;
    if (!hasEnded) timer = setTimeout(onPause, pauseMs);
  };

  const onPause = (): void => {
    timer = null;
    if (waiting.size > 0) sending = send();
  };

  return {
    add(userIds) {
      for (const userId of userIds) waiting.add(userId);
      if (sending === null && timer === null && !hasEnded) sending = send();
    },
    async end() {
      hasEnded = true;
      if (timer !== null) clearTimeout(timer);
      await sending;
      if (waiting.size > 0) await publish(toMessages(senderId, waiting)).catch(onFailure);
    },
  };
}

/** `sender:user,user,…`, each short enough. */
export function toMessages(senderId: string, userIds: ReadonlySet<string>): string[] {
  if (userIds.size > MAX_USERS) return [`${senderId}:${EVERYONE}`];
  const messages: string[] = [];
  let message = `${senderId}:`;
  for (const userId of userIds) {
    if (message.length + userId.length + 1 > MAX_MESSAGE_LENGTH) {
      messages.push(message);
      message = `${senderId}:`;
    }
    message += message.endsWith(':') ? userId : `,${userId}`;
  }
  return [...messages, message];
}

/** null for what is not a message of ours. */
export function parseMessage(
  message: string,
): { readonly senderId: string; readonly userIds: ReadonlySet<string> | 'everyone' } | null {
  const [senderId, list, ...rest] = message.split(':');
  if (senderId === undefined || list === undefined || rest.length > 0) return null;
  return { senderId, userIds: list === EVERYONE ? 'everyone' : new Set(list.split(',')) };
}
