export type CartridgeErrorCode =
  | 'not_a_zip'
  | 'truncated'
  | 'damaged'
  | 'encrypted'
  | 'unsafe_path'
  | 'duplicate_entry'
  | 'too_large'
  | 'too_many_entries'
  | 'suspicious_compression'
  | 'manifest_missing'
  | 'malformed_xml'
  | 'forbidden_doctype'
  | 'xml_too_deep'
  | 'unsupported_format'
  | 'closed'

/**
 * The cartridge cannot be read, or should not be. `message` is for the person who dropped the file: what is
 * wrong, in which entry, and what to do about it. Nothing has been imported when it is thrown.
 */
export class CartridgeError extends Error {
  readonly code: CartridgeErrorCode
  /** The entry of the archive in which the fault lies, cleaned for display. */
  readonly entry: string | null

  constructor(code: CartridgeErrorCode, message: string, options: { entry?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'CartridgeError'
    this.code = code
    this.entry = options.entry ?? null
  }
}
