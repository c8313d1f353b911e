import { type LookupAddress, lookup } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { promisify } from 'node:util'
import type { integrationsFailures } from '@azora/contracts/integrations/failures.ts'
import ipaddr from 'ipaddr.js'

type UrlFault = Extract<keyof typeof integrationsFailures.fields, `url_${string}`>

/**
 * Where a webhook may lead. An administrator of a school writes the address, and our process calls it from within the
 * installation's network; so nothing but public addresses is called, or a school could look into that network
 * (server-side request forgery). What counts is the address at the moment of connecting: names are looked at as
 * written too, but only to tell of a mistake early.
 */

/** Thrown while connecting; the sentence is shown to the owner of the webhook. */
export class AddressRefused extends Error {
  readonly code = 'EREFUSEDADDRESS'
  constructor() {
    super('The address leads into a private network.')
  }
}

// Everything that the registry has given out for public use; what lies outside is special or not given out.
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether an IP address is one of the public Internet. IPv6 addresses that carry another address within are not. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(globalUnicast)
}

// What is sent tells of people, so on its way over the Internet it is encrypted. The port of https itself reads ''.
const allowedPorts = new Set(['', '8443'])

/** All that is wrong with the address of a webhook, in sentences; null when nothing can be said yet. */
export function faultsOfUrl(text: string, toPrivate: boolean): UrlFault[] {
  if (!URL.canParse(text)) return ['url_unreadable']
  const url = new URL(text)
  const faults: UrlFault[] = []
  if (url.protocol !== 'https:' && !(toPrivate && url.protocol === 'http:'))
    faults.push(toPrivate ? 'url_not_http' : 'url_not_https')
  if (url.username !== '' || url.password !== '') faults.push('url_with_credentials')
  if (!toPrivate) {
    if (!allowedPorts.has(url.port)) faults.push('url_port')
    if (!isPublicHost(url)) faults.push('url_private')
  }
  return faults
}

function isPublicHost(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  return ipaddr.isValid(host)
    ? isPublicAddress(host)
    : host.includes('.') && !/\.(localhost|local|internal|home\.arpa)$/i.test(host)
}

export type Resolve = (host: string) => Promise<LookupAddress[]>

// By queries of our own: the system's resolver blocks a thread of the process for as long as a name server likes.
export const resolvePublic: Resolve = async host => {
  const resolver = new Resolver({ timeout: 3000, tries: 2 })
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const addresses = found.flatMap(({ status, ...rest }, at) =>
    'value' in rest ? rest.value.map(address => ({ address, family: at === 0 ? 4 : 6 })) : [],
  )
  if (addresses.length === 0) throw (found[0] as PromiseRejectedResult).reason
  return addresses
}

/** With the hosts file and whatever else the machine knows names by, for networks of one's own. */
export const resolveAsSystem: Resolve = host => promisify(lookup)(host, { all: true })

type Lookup = (
  host: string,
  options: { all?: boolean | undefined },
  answer: (failure: Error | null, address: string | LookupAddress[], family?: number) => void,
) => void

/**
 * A `lookup` for `net.connect` that refuses a name as soon as one of its addresses is not public. The addresses that
 * were looked at are those that are connected to, so a name that answers otherwise a moment later gains nothing.
 */
export function createGuardedLookup(resolve: Resolve, toPrivate: boolean): Lookup {
  return (host, options, answer) => {
    resolve(host).then(
      addresses => {
        const first = addresses[0]
        if (!first || !(toPrivate || addresses.every(({ address }) => isPublicAddress(address))))
          return answer(new AddressRefused(), '')
        if (options.all) answer(null, addresses)
        else answer(null, first.address, first.family)
      },
      failure => answer(failure as Error, ''),
    )
  }
}
