/**
 * What a check of a credential can find, by reason. The sentences are for programs and logs; an application shows its
 * own text for a reason, in the reader's language, with the values that the sentence has in braces.
 */
const sentences = {
  document_fine: 'The file is JSON of a sensible size and shape.',
  file_too_large: 'The file is larger than {most}, which no credential needs to be.',
  file_not_json: 'The file is not JSON.',
  file_no_json_value: 'This is not something that JSON can hold.',
  file_not_object: 'The file is not a JSON object.',
  file_too_many_values: 'The file holds more than {most} values.',
  file_too_many_objects: 'The file holds more than {most} objects.',
  file_too_deep: 'The file is nested more than {most} deep.',
  value_null: '{name} is empty (null), which a signature cannot cover.',
  value_empty_list: '{name} is an empty list.',
  value_broken_character: '{name} holds a broken character.',
  value_too_large: '{name} is too large a number.',
  keyword_inside: '{name} is a JSON-LD keyword, which is not accepted there.',
  unusable_name: 'A property has the unusable name "{name}".',

  contexts_expected: 'The vocabularies are the expected ones.',
  contexts_unexpected: 'The vocabularies (@context) must be exactly {expected}, in this order.',

  credential_complete: 'It has every property that an Open Badge needs.',
  type_missing: '{name} is not of the type {type}.',
  not_open_badge: 'The credential is not an Open Badge (type OpenBadgeCredential).',
  object_missing: '{name} is missing or not a single object.',
  address_missing: '{name} is missing or not an absolute address.',
  text_missing: '{name} is missing or not text.',
  time_missing: '{name} is missing or not a date and time with a time zone.',
  recipient_missing: 'credentialSubject does not say who the recipient is (id or identifier).',
  criteria_missing: 'credentialSubject.achievement.criteria is missing.',
  criteria_empty: 'credentialSubject.achievement.criteria says nothing (id or narrative).',

  proof_found: 'It carries one proof, by the key that names the issuer.',
  proof_missing: 'It has no proof: no one signed it.',
  proof_several: 'It has several proofs; exactly one is accepted.',
  proof_not_object: 'Its proof is not an object.',
  proof_unexpected_property: 'Its proof has the unexpected property "{name}".',
  proof_other_type: 'Its proof is not a {expected}.',
  proof_other_suite: 'Its proof does not use {expected}.',
  proof_other_purpose: 'Its proof was made for a purpose other than assertion.',
  proof_creation_unreadable: 'Its proof has an unreadable creation time.',
  proof_expiry_unreadable: 'Its proof has an unreadable expiry time.',
  issuer_not_a_key:
    'Its issuer is not named by an Ed25519 did:key, the only kind that can be checked without a network.',
  proof_by_other_key: 'Its proof was not made with the key of the issuer.',
  proof_value_unusable: 'Its proof value is not an Ed25519 signature.',

  signature_matches: 'Nothing in it has changed since it was signed.',
  signature_unchecked: 'The signature was not checked, because of what is wrong above.',
  signature_differs: 'The signature does not match: the file was changed after it was signed.',
  issuer_key_unusable: 'The key of the issuer is not a usable Ed25519 key.',
  property_unknown: 'The property "{name}" is not in the vocabulary of the credential.',
  part_uncovered: 'The credential holds a part that no signature can cover ({part}).',
  linked_data_unreadable: 'The credential cannot be read as JSON-LD: {cause}',

  period_current: 'It is within its period of validity.',
  not_yet_valid: 'It is valid only from {time}.',
  no_longer_valid: 'It was valid until {time}.',

  status_without_list: 'It names no revocation list.',
  status_with_list:
    'It may have been revoked: it refers to a revocation list, which cannot be read without a network.',

  register_lists: 'The school issued this certificate and has not revoked it.',
  register_misses: 'The school does not list this certificate.',
  register_revoked: 'The school revoked this certificate.',
} as const

export type FindingReason = keyof typeof sentences

export const findingReasons = Object.keys(sentences) as readonly FindingReason[]

/** What was found, and the values that its sentence has in braces. */
export type Finding = { reason: FindingReason; values: Record<string, string> }

export const finding = (reason: FindingReason, values: Record<string, string> = {}): Finding => ({
  reason,
  values,
})

/** The English sentence of a finding. */
export const sentenceOf = ({ reason, values }: Finding): string =>
  sentences[reason].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
