/** Names that only a network of one's own resolves. */
const PRIVATE_NAME = /(^|\.)(localhost|local|lan|home\.arpa)$/;
const PRIVATE_V4 = /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./;
const PRIVATE_V6 = /^\[(::1\]$|f[cd]|fe[89ab])/;

/** The host is parsed, never looked for in the text: `10.example.org` is a name, and a public one. */
function isPrivateHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return PRIVATE_V6.test(hostname);
  if (/^[\d.]+$/.test(hostname)) return PRIVATE_V4.test(hostname);
  const name = hostname.replace(/\.$/, '');
  return !name.includes('.') || PRIVATE_NAME.test(name);
}

/** What people type is often the host alone: http where no certificate can be had, https everywhere else. */
export function withScheme(address: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return address;
  const url = URL.parse(`http://${address}`);
  const isPrivate = url !== null && isPrivateHost(url.hostname);
  return `${isPrivate ? 'http' : 'https'}://${address}`;
}

/** Whether what is sent there can be read on its way through networks that are other people's. */
export function isUnencryptedInPublic(server: string): boolean {
  const url = URL.parse(server);
  return url !== null && url.protocol === 'http:' && !isPrivateHost(url.hostname);
}
