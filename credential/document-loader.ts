import credentialsV2 from './contexts/credentials-v2.json' with { type: 'json' }
import dataIntegrityV2 from './contexts/data-integrity-v2.json' with { type: 'json' }
import openBadges303 from './contexts/open-badges-3.0.3.json' with { type: 'json' }

export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2'
export const OPEN_BADGES_3_0_3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
export const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2'

const bundled = new Map<string, object>([
  [CREDENTIALS_V2, credentialsV2],
  [OPEN_BADGES_3_0_3, openBadges303],
  [DATA_INTEGRITY_V2, dataIntegrityV2],
])

/** What a JSON-LD processor wants back for an address (JSON-LD 1.1 API, section 9.4.3). */
export type RemoteDocument = { contextUrl: undefined; documentUrl: string; document: object }
export type DocumentLoader = (url: string) => Promise<RemoteDocument>

/**
 * Serves the bundled contexts and refuses every other address, so that checking a credential never touches the
 * network: a file cannot make its reader call a server, and the same file means the same thing for ever.
 *
 * @throws Error naming the refused address
 */
export const loadBundledContext: DocumentLoader = async url => {
  const document = bundled.get(url)
  if (!document) throw new Error(`The vocabulary ${url} is not included in this verifier.`)
  return { contextUrl: undefined, documentUrl: url, document }
}
