import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface ReceivedSpan {
  readonly service: string;
  /** In hexadecimal, as the ids. */
  readonly traceId: string;
  readonly spanId: string;
  /** Empty: it begins the trace. */
  readonly parentSpanId: string;
  readonly name: string;
  /** Those that are texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TraceCollector extends AsyncDisposable {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Of all requests, with their paths. */
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

/** A server that takes spans by OTLP over HTTP, in protobuf, and keeps them. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: ReceivedSpan[] = [];
  const requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers });
    buffer(request).then(
      (body) => {
        spans.push(...readRequest(body));
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    spans,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** opentelemetry/proto/collector/trace/v1/trace_service.proto, by the numbers of its fields. */
function readRequest(body: Buffer): ReceivedSpan[] {
  return messages(body, 1).flatMap((resourceSpans) => {
    const [resource = EMPTY] = messages(resourceSpans, 1);
    const service = attributesOf(resource, 1)['service.name'] ?? '';
    const spans = messages(resourceSpans, 2).flatMap((scopeSpans) => messages(scopeSpans, 2));
    return spans.map((span) => ({
      service,
      traceId: bytes(span, 1).toString('hex'),
      spanId: bytes(span, 2).toString('hex'),
      parentSpanId: bytes(span, 4).toString('hex'),
      name: bytes(span, 5).toString(),
      attributes: attributesOf(span, 9),
    }));
  });
}

const EMPTY = Buffer.alloc(0);

const attributesOf = (message: Buffer, field: number): Record<string, string> =>
  Object.fromEntries(
    messages(message, field).map((pair) => [bytes(pair, 1).toString(), bytes(bytes(pair, 2), 1).toString()]),
  );

const bytes = (message: Buffer, field: number): Buffer => messages(message, field)[0] ?? EMPTY;

/** Every value of a field that holds bytes: a text or a message. */
function messages(message: Buffer, field: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message.readUInt8(at);
      at += 1;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const wire = key % 8;
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else {
      const length = varint();
      if (Math.floor(key / 8) === field) found.push(message.subarray(at, at + length));
      at += length;
    }
  }
  return found;
}
