import type { JsonLdDocument } from 'jsonld'
import { type DocumentLoader, loadBundledContext } from './document-loader.ts'
import { type Finding, finding, sentenceOf } from './findings.ts'
import type { JsonObject } from './json-document.ts'

export const PROOF_TYPE = 'DataIntegrityProof'
export const CRYPTOSUITE = 'eddsa-rdfc-2022'

/** Canonicalising a badge takes milliseconds; a graph built to be slow is given up after this long. */
const CANONICALISATION_MS = 5000

/** The vocabulary does not cover something in the document, so a signature would not cover it either. */
export class UncoveredStatement extends Error {
  override name = 'UncoveredStatement'
  readonly finding: Finding

  constructor(found: Finding, options: ErrorOptions) {
    super(sentenceOf(found), options)
    this.finding = found
  }
}

/**
 * The 64 bytes that `eddsa-rdfc-2022` signs: SHA-256 of the canonical proof options, then SHA-256 of the
 * canonical document (W3C Data Integrity EdDSA Cryptosuites 1.0, sections 3.2.3 to 3.2.5).
 *
 * @param document the credential; its `proof` is left out
 * @param proof the proof; its `proofValue` is left out
 * @param loadContext only the standard's own test vectors need another one
 * @throws UncoveredStatement when JSON-LD would drop a part of the document or of the proof
 */
export async function dataToSign(
  document: JsonObject,
  proof: JsonObject,
  loadContext: DocumentLoader = loadBundledContext,
): Promise<Uint8Array<ArrayBuffer>> {
  const { proof: _proof, ...unsecured } = document
  const { proofValue: _proofValue, ...options } = proof
  const hashes = await Promise.all([
    hashOfCanonicalForm({ ...options, '@context': document['@context'] }, loadContext),
    hashOfCanonicalForm(unsecured, loadContext),
  ])
  const data = new Uint8Array(64)
  data.set(hashes[0], 0)
  data.set(hashes[1], 32)
  return data
}

async function hashOfCanonicalForm(
  document: JsonObject,
  documentLoader: DocumentLoader,
): Promise<Uint8Array> {
  const canonical = await canonicalForm(document, documentLoader)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical)))
}

/** RDFC-1.0 canonical N-Quads (W3C RDF Dataset Canonicalization 1.0). */
async function canonicalForm(document: JsonObject, documentLoader: DocumentLoader): Promise<string> {
  // Loaded on first use: 150 ms and 30 MB that a start without certificates, or a page without a dropped file,
  // should not pay.
  const { default: jsonld } = await import('jsonld')
  const options = {
    documentLoader,
    // Safe mode turns everything that JSON-LD would drop without a word into an error.
    safe: true,
    base: null,
    canonizeOptions: { algorithm: 'RDFC-1.0', signal: AbortSignal.timeout(CANONICALISATION_MS) },
  }
  try {
    // The published types know neither `safe` nor `canonizeOptions`.
    return await jsonld.canonize(document as JsonLdDocument, options as unknown as { base: string })
  } catch (error) {
    throw new UncoveredStatement(explain(error), { cause: error })
  }
}

/** What went wrong; jsonld keeps the useful part in `details`. */
function explain(error: unknown): Finding {
  const details = (error as { details?: { event?: { code?: string; details?: Record<string, unknown> } } })
    .details
  const event = details?.event
  if (event?.code === 'invalid property') {
    return finding('property_unknown', { name: String(event.details?.property) })
  }
  if (event) {
    const value = Object.values(event.details ?? {}).find(detail => typeof detail === 'string')
    return finding('part_uncovered', { part: `${event.code}: ${value ?? 'unnamed'}` })
  }
  const cause = error instanceof Error ? error.message : String(error)
  return finding('linked_data_unreadable', { cause })
}
