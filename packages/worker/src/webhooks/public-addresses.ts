import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * The address must not be asked: it is not public, or there is none. Which of these is not told to the owner of the
 * webhook, who could ask for names of our own network otherwise.
 */
export class AddressRefused extends Error {
  constructor(hostname: string) {
    super(`${hostname} does not lead to a public address`);
  }
}

export interface AddressRule {
  /** Networks that may be asked although they are not public, as CIDRs or addresses. */
  readonly allowedNetworks: readonly string[];
}

/** True for an address that anybody on the internet could ask as well: no machine behind our own firewall. */
export function isAllowed(address: string, { allowedNetworks }: AddressRule): boolean {
  // Unpacks an IPv4 address that is written as an IPv6 one.
  const parsed = ipaddr.process(address);
  return isPublic(parsed) || allowedNetworks.some((network) => isWithin(parsed, network));
}

/** IPv4 addresses in the form `::a.b.c.d`, which some hosts still have a way for. */
const COMPATIBLE = ipaddr.parseCIDR('::/96');

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && !(address.kind() === 'ipv6' && address.match(COMPATIBLE));
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, network: string): boolean {
  const [base, bits] = network.includes('/')
    ? ipaddr.parseCIDR(network)
    : ([ipaddr.parse(network), isIP(network) === 4 ? 32 : 128] as const);
  return base.kind() === address.kind() && address.match(base, bits);
}

export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

const resolveByDns: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * Looks the host of a URL up, and gives a `lookup` that knows only the address found: every address of the name was
 * looked at, and the one that is connected to is one of them, whatever the name is made to say a moment later.
 */
export async function pinAddress(
  url: URL,
  rule: AddressRule,
  resolve: Resolve = resolveByDns,
): Promise<LookupFunction> {
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const found = isIP(hostname) === 0 ? await resolve(hostname).catch(() => []) : [addressOf(hostname)];
  const [first] = found;
  if (first === undefined || found.some(({ address }) => !isAllowed(address, rule))) {
    throw new AddressRefused(url.hostname);
  }
  return (_hostname, { all }, answer) => {
    // All of them were looked at: where one is not reached, the next one is tried.
    if (all === true) answer(null, [...found]);
    else answer(null, first.address, first.family);
  };
}

const addressOf = (address: string) => ({ address, family: isIP(address) });
