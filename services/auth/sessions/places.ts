import { fileURLToPath } from 'node:url'
import ipaddr from 'ipaddr.js'
import { open, type Reader, type Response } from 'maxmind'

/**
 * Countries of network addresses, from the registries' own records (CC BY 4.0, see NOTICE.md), which come as a package:
 * nothing is asked of anyone. The table is read when first needed and then costs about eight megabytes.
 */
type Country = Response & { country_code?: string }

let table: Promise<Reader<Country>> | null = null
const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

function openTable(): Promise<Reader<Country>> {
  const address = import.meta.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb')
  return open<Country>(fileURLToPath(address))
}

/** The country of a network address in English; null for a private or unknown one. */
export async function placeOf(ip: string): Promise<string | null> {
  if (!ipaddr.isValid(ip)) return null
  // An IPv4 address within IPv6 counts as what it is.
  const address = ipaddr.process(ip)
  if (address.range() !== 'unicast') return null
  table ??= openTable()
  const code = (await table).get(address.toString())?.country_code
  return code && /^[A-Z]{2}$/.test(code) && code !== 'ZZ' ? (names.of(code) ?? null) : null
}
