/** Attributes that go through the editor as they are, when an element has them. */
export const keptAttributesOf = (names: string[]) => () =>
  Object.fromEntries(
    names.map(name => [
      name,
      {
        default: null,
        // A paragraph split in two is neither the same place nor the title of a callout twice.
        keepOnSplit: name !== 'id' && name !== 'class',
        parseHTML: (element: HTMLElement) => element.getAttribute(name),
      },
    ]),
  )
