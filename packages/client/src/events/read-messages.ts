/** One message of a stream of server-sent events. */
export interface Message {
  /** `message` when the server named none. */
  readonly type: string;
  readonly data: string;
  /** The id that is in force after it; empty when there has been none. */
  readonly lastEventId: string;
}

/** A line can be no longer than the largest event, which is a few kilobytes. */
const MAX_LINE_LENGTH = 1024 * 1024;

/**
 * Reads messages out of a stream of server-sent events, by the rules of
 * https://html.spec.whatwg.org/multipage/server-sent-events.html. Comments and `retry` are stepped over. Throws when
 * the stream breaks, or is none.
 */
export async function* readMessages(
  body: AsyncIterable<Uint8Array>,
  lastEventId = '',
): AsyncGenerator<Message, void, void> {
  let id = lastEventId;
  let type = '';
  let data: string[] = [];
  for await (const line of readLines(body)) {
    if (line === '') {
      if (data.length > 0)
        yield { type: type === '' ? 'message' : type, data: data.join('\n'), lastEventId: id };
      type = '';
      data = [];
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') type = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  }
}

async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body) {
    text += decoder.decode(part, { stream: true });
    // A "\r" at the end may be the first half of a line's end.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    text = lines.pop() ?? '';
    if (text.length > MAX_LINE_LENGTH) throw new Error('a line of the stream is too long');
    yield* lines;
  }
}
