import { type Finding, type FindingReason, finding, sentenceOf } from './findings.ts'

/**
 * Turns something untrusted into plain JSON that is small, shallow and free of what JSON-LD would read in a way
 * that a person would not. A Data Integrity proof covers the statements that JSON-LD makes of a file, not its
 * text; whatever JSON-LD drops, merges or renames is therefore refused here rather than shown to a reader.
 */

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export type JsonObject = { [key: string]: JsonValue | undefined }

/** The file cannot be read as a credential. */
export class UnreadableDocument extends Error {
  override name = 'UnreadableDocument'
  readonly finding: Finding

  constructor(reason: FindingReason, values: Record<string, string> = {}, options: ErrorOptions = {}) {
    const found = finding(reason, values)
    super(sentenceOf(found), options)
    this.finding = found
  }
}

/** A real badge is 3 to 10 KB; with an embedded picture a few hundred. */
const MAX_BYTES = 1024 * 1024
/** An Open Badge nests about 8 deep. */
const MAX_DEPTH = 24
/** An Open Badge holds about 70 values, and a full one with evidence and results a few hundred. */
const MAX_VALUES = 2500
/**
 * An Open Badge holds about 11 objects, and a full one some sixty. Each becomes a node of the graph that is put in
 * canonical form, which takes about a third of a millisecond for every one of them.
 */
const MAX_OBJECTS = 400

/**
 * @param input the text of a file, or JSON already parsed
 * @returns a copy that shares nothing with the input
 * @throws UnreadableDocument with the reason
 */
export function readJsonDocument(input: unknown): JsonObject {
  const text = typeof input === 'string' ? input : write(input)
  if (text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES) {
    throw new UnreadableDocument('file_too_large', { most: '1 MiB' })
  }
  const document = parse(text)
  if (!isObject(document)) throw new UnreadableDocument('file_not_object')
  refuseBadValues(document)
  return document
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function write(input: unknown): string {
  try {
    return JSON.stringify(input) ?? ''
  } catch (error) {
    // A cycle, a BigInt, or nesting deeper than the stack.
    throw new UnreadableDocument('file_no_json_value', {}, { cause: error })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UnreadableDocument('file_not_json', {}, { cause: error })
  }
}

/** Walks without recursion, so that depth is limited by the rule and not by the stack. */
function refuseBadValues(root: unknown): void {
  const pending: { value: unknown; depth: number; path: string }[] = [{ value: root, depth: 0, path: '' }]
  let seen = 0
  let objects = 0
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth, path } = next
    seen += 1
    if (seen > MAX_VALUES) refuseMore('file_too_many_values', MAX_VALUES)
    if (depth > MAX_DEPTH) refuseMore('file_too_deep', MAX_DEPTH)
    if (typeof value !== 'object' || value === null) {
      refuseBadScalar(value, path)
      continue
    }
    if (!Array.isArray(value)) objects += 1
    if (objects > MAX_OBJECTS) refuseMore('file_too_many_objects', MAX_OBJECTS)
    const entries = Object.entries(value)
    // JSON-LD drops an empty list without a word, so it would be in the file and not under the signature.
    if (Array.isArray(value) && value.length === 0)
      throw new UnreadableDocument('value_empty_list', { name: path })
    if (seen + pending.length + entries.length > MAX_VALUES) refuseMore('file_too_many_values', MAX_VALUES)
    for (const [key, child] of entries) {
      if (!Array.isArray(value)) refuseBadKey(key, path)
      pending.push({ value: child, depth: depth + 1, path: path === '' ? key : `${path}.${key}` })
    }
  }
}

function refuseMore(reason: FindingReason, most: number): never {
  throw new UnreadableDocument(reason, { most: String(most) })
}

function refuseBadScalar(value: unknown, path: string): void {
  if (value === null) throw new UnreadableDocument('value_null', { name: path })
  // Half a surrogate pair becomes U+FFFD when the text is hashed: two different files would share a signature.
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new UnreadableDocument('value_broken_character', { name: path })
  }
  // `1e999` is JSON, but reads as infinity.
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new UnreadableDocument('value_too_large', { name: path })
  }
}

/**
 * Keywords and full addresses as keys can say the same thing as a plain term in another place of the file (and
 * `@context` inside can redefine terms), so a reader and the signature would disagree about what is said.
 */
function refuseBadKey(key: string, path: string): void {
  if (key === '@context' && path === '') return
  const name = path === '' ? key : `${path}.${key}`
  if (key.startsWith('@')) throw new UnreadableDocument('keyword_inside', { name })
  if (key.includes(':') || key === '__proto__' || !key.isWellFormed()) {
    throw new UnreadableDocument('unusable_name', { name: name.toWellFormed() })
  }
}
