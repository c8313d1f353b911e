import { childOf, childrenOf, descendantsOf, textOf, type XmlElement } from './xml.ts'

/** What a quiz in QTI 1.2 says of itself: pass mark and time limit. `fields` is its metadata. */

/** Percent: from the metadata that exporters add, or from the pass mark of the outcomes (QTI 1.2 `cutvalue`). */
export function passingScore(assessment: XmlElement, fields: Map<string, string>): number | null {
  const named =
    fields.get('cc_passing_score') ?? fields.get('passing_score') ?? fields.get('qmd_passingscore')
  const variable = childrenOf(assessment, 'outcomes_processing').flatMap(outcomes =>
    descendantsOf(outcomes, 'decvar'),
  )[0]
  const cut = Number.parseFloat(variable?.attributes.cutvalue ?? '')
  const most = Number.parseFloat(variable?.attributes.maxvalue ?? '100')
  const percent = named !== undefined ? Number.parseFloat(named) : most > 0 ? (100 * cut) / most : Number.NaN
  return percent >= 0 && percent <= 100 ? percent : null
}

/** Minutes, as exporters write them, or the ISO 8601 duration that the specification has. */
export function timeLimit1(assessment: XmlElement, fields: Map<string, string>): number | null {
  for (const text of [fields.get('qmd_timelimit') ?? '', textOf(childOf(assessment, 'duration'))]) {
    const iso = /^P(?:(\d{1,3})D)?T?(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d+)?S)?$/.exec(text)
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = (iso ?? [])
      .slice(1)
      .map(part => Number(part ?? 0))
    const whole = iso ? days * 1440 + hours * 60 + minutes + Math.ceil(seconds / 60) : positive(text)
    if (whole) return whole
  }
  return null
}

export function positive(text: string | undefined): number | null {
  const number = Number.parseInt(text ?? '', 10)
  return number > 0 ? number : null
}
