import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { CartridgeError } from './cartridge-error.ts'
import { shownText } from './entry-names.ts'

/** Archives that are not Common Cartridges, told apart by what lies in them, each with what to do instead. */

const kinds: { entry: RegExp; reason: ImportReason }[] = [
  { entry: /^moodle_backup\.xml$/, reason: because('moodle_backup') },
  { entry: /(?:^|\/)\.bb-package-(?:info|sig)$/, reason: because('blackboard_archive') },
  { entry: /^h5p\.json$/, reason: because('h5p_activity') },
  { entry: /^META-INF\/container\.xml$/, reason: because('e_book') },
  { entry: /^\[Content_Types\]\.xml$/, reason: because('office_document') },
]

/** The refusal for an archive without a manifest. */
export function refusalOf(paths: string[]): CartridgeError {
  for (const { entry, reason } of kinds)
    if (paths.some(path => entry.test(path))) return new CartridgeError('unsupported_format', reason)
  const inner = paths.find(path => /\.(?:imscc|zip)$/i.test(path))
  if (inner)
    return new CartridgeError('unsupported_format', because('inner_archive', { path: shownText(inner) }))
  return new CartridgeError('manifest_missing', because('manifest_missing'))
}

export const blackboardArchive = () => refusalOf(['.bb-package-info'])
