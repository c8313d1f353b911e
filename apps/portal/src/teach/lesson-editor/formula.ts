import { inertElement } from './inert-html.ts'

const annotation = 'annotation[encoding="application/x-tex"]'

/** The LaTeX that a formula in MathML carries as its annotation; null when it carries none. */
export function texOf(math: Element): string | null {
  return math.querySelector(annotation)?.textContent?.trim() || null
}

/** LaTeX as MathML with its source, or what is wrong with it. The reader of LaTeX is loaded at its first use. */
export async function formulaHtml(
  tex: string,
  block: boolean,
): Promise<{ html: string } | { fault: string }> {
  const { default: temml } = await import('temml')
  try {
    const html = temml.renderToString(tex, { displayMode: block, annotate: true, throwOnError: true })
    const math = inertElement(html)
    if (math?.localName !== 'math') return { fault: '' }
    // Classes and styles of the renderer mean nothing here, and the service drops them.
    for (const element of [math, ...math.querySelectorAll('[class]')]) element.removeAttribute('class')
    return { html: math.outerHTML }
  } catch (failure) {
    return { fault: failure instanceof Error ? failure.message : String(failure) }
  }
}
