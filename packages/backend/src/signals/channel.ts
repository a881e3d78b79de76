import type { Log } from '../log/index.ts';

/** A way to all other processes. It mends itself after its service was away. */
export interface Channel extends AsyncDisposable {
  /** Resolves when these are on their way. Rejects when they are not: then they can be sent again. */
  publish(messages: readonly string[]): Promise<void>;
}

export interface ChannelOptions {
  readonly url: string;
  readonly log: Log;
  /** null: this process only speaks. */
  readonly listener: ChannelListener | null;
}

export interface ChannelListener {
  /** Also called with what this process published itself. */
  readonly onMessage: (message: string) => void;
  /** Messages may have been lost. */
  readonly onGap: () => void;
}

/** The longest message: PostgreSQL takes less than 8,000 bytes. */
export const MAX_MESSAGE_LENGTH = 7_900;
