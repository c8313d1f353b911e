import { CartridgeError } from './cartridge-error.ts'
import { shownText } from './entry-names.ts'

/** Archives that are not Common Cartridges, told apart by what lies in them, each with what to do instead. */

const kinds: { entry: RegExp; is: string; instead: string }[] = [
  {
    entry: /^moodle_backup\.xml$/,
    is: 'a Moodle backup',
    instead:
      'In Moodle, open the course, choose “Export to Common Cartridge” (course reuse), and drop that file.',
  },
  {
    entry: /(?:^|\/)\.bb-package-(?:info|sig)$/,
    is: 'a Blackboard archive',
    instead: 'In Blackboard, export the course as a Common Cartridge package and drop that file.',
  },
  {
    entry: /^h5p\.json$/,
    is: 'an H5P activity',
    instead: 'Export the course that contains it as Common Cartridge and drop that file.',
  },
  {
    entry: /^META-INF\/container\.xml$/,
    is: 'an e-book (EPUB)',
    instead: 'Add it to a lesson as a file.',
  },
  {
    entry: /^\[Content_Types\]\.xml$/,
    is: 'an Office document',
    instead: 'Add it to a lesson as a file.',
  },
]

/** The refusal for an archive without a manifest. */
export function refusalOf(paths: string[]): CartridgeError {
  for (const { entry, is, instead } of kinds) {
    if (paths.some(path => entry.test(path)))
      return new CartridgeError('unsupported_format', `This is ${is}, not a Common Cartridge. ${instead}`)
  }
  const inner = paths.find(path => /\.(?:imscc|zip)$/i.test(path))
  if (inner) {
    return new CartridgeError(
      'unsupported_format',
      `The archive contains another archive, “${shownText(inner)}”. Unpack it and drop that file.`,
    )
  }
  return new CartridgeError(
    'manifest_missing',
    'The archive has no imsmanifest.xml, so it is not a Common Cartridge. Export the course as Common Cartridge (.imscc) and drop that file unchanged.',
  )
}

export const blackboardArchive = () => refusalOf(['.bb-package-info'])
