import { sign } from 'node:crypto'
import { CRYPTOSUITE, dataToSign, PROOF_TYPE } from '@azora/credential/data-integrity.ts'
import { type DocumentLoader, loadBundledContext } from '@azora/credential/document-loader.ts'
import { readJsonDocument } from '@azora/credential/json-document.ts'
import { toMultibase, verificationMethodOf } from '@azora/credential/multikey.ts'
import type { DataIntegrityProof } from '@azora/credential/open-badge.ts'
import { type IssuerKey, privateKeyOf } from './issuer-key.ts'

/**
 * The `eddsa-rdfc-2022` proof of a document (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2.1).
 * Ed25519 is deterministic: the same document, key and time give the same proof.
 *
 * @param created RFC 3339 date-time
 * @throws UnreadableDocument, UncoveredStatement when a part of the document would not be covered by the signature
 */
export async function proofOf(
  document: object,
  key: IssuerKey,
  created: string,
  loadContext: DocumentLoader = loadBundledContext,
): Promise<DataIntegrityProof> {
  const options = {
    type: PROOF_TYPE,
    cryptosuite: CRYPTOSUITE,
    created,
    verificationMethod: verificationMethodOf(key.did),
    proofPurpose: 'assertionMethod',
  } as const
  const data = await dataToSign(readJsonDocument(document), options, loadContext)
  return { ...options, proofValue: toMultibase(sign(null, data, privateKeyOf(key))) }
}
