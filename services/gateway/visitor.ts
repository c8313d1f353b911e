import type { IncomingMessage } from 'node:http'
import type { InternalKey } from '@azora/kit/internal-key.ts'
import { countedAddress } from './addresses.ts'

/**
 * The portal asks the API on behalf of the visitor of a page, from its own address. So the gateway tells it the
 * visitor's, sealed with the installation's key; the portal sends it back along with its questions, and they count
 * for the visitor. Nobody else can make the seal, and no visitor sees one.
 */
const header = 'x-azora-visitor'

/** Tell the portal who visits. */
export function nameVisitor(req: IncomingMessage, address: string, key: InternalKey): void {
  req.headers[header] = `${address} ${key.sign(address)}`
}

/** The address of the visitor whom the portal asks for; null when the request comes from nobody but its sender. */
export function visitorOf(req: IncomingMessage, key: InternalKey): string | null {
  const given = req.headers[header]
  if (typeof given !== 'string') return null
  const [address = '', mark] = given.split(' ')
  return key.verify(mark, address) ? address : null
}

/** Under which name a request's own address is counted. */
export const ownAddress = (ip: string | undefined) => countedAddress(ip ?? '')
