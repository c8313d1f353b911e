import { tagHighlighter, tags } from '@lezer/highlight'

/** How the parts of a program are coloured, in the editor and where a program is only shown; as code in lessons is. */
export const tokenLooks = tagHighlighter([
  { tag: tags.comment, class: 'text-muted italic' },
  {
    tag: [tags.keyword, tags.bool, tags.null, tags.self, tags.typeName, tags.processingInstruction],
    class: 'font-semibold text-accent-ink',
  },
  { tag: [tags.string, tags.special(tags.string), tags.character, tags.regexp], class: 'text-good-ink' },
  { tag: [tags.number, tags.escape], class: 'text-amber-ink' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.function(tags.definition(tags.variableName)),
      tags.definition(tags.className),
      tags.standard(tags.name),
    ],
    class: 'text-info-ink',
  },
  { tag: tags.invalid, class: 'text-bad-ink' },
])
