/**
 * The proxy that Chromium found for an address, out of its answer (`PROXY host:port; DIRECT`, as a PAC file has them);
 * null for none, and for kinds that the client can't go through, such as SOCKS.
 */
export function proxyIn(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind = '', place] = entry.trim().split(/\s+/);
    if (kind === 'DIRECT') return null;
    if (place === undefined) continue;
    if (kind === 'PROXY' || kind === 'HTTP') return `http://${place}`;
    if (kind === 'HTTPS') return `https://${place}`;
  }
  return null;
}
