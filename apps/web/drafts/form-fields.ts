/** What the fields of a form hold, by name (or by place, for those without one): text, or whether they are ticked. */
export type FieldValues = Record<string, string | boolean>

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** The fields of which a draft may be kept: never a password, a code or a file. */
function fieldsOf(form: HTMLFormElement): Map<string, Field> {
  const fields = new Map<string, Field>()
  for (const element of form.elements) {
    const isField =
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement ||
      (element instanceof HTMLInputElement && !/^(password|file|hidden|submit|button)$/.test(element.type))
    if (!isField || element.autocomplete === 'one-time-code') continue
    const name = `${element.type}:${element.name}`
    let nth = 0
    while (fields.has(`${name}:${nth}`)) nth += 1
    fields.set(`${name}:${nth}`, element)
  }
  return fields
}

const isTick = (field: Field): field is HTMLInputElement =>
  field.type === 'checkbox' || field.type === 'radio'

export function readFields(form: HTMLFormElement): FieldValues {
  const values: FieldValues = {}
  for (const [key, field] of fieldsOf(form)) values[key] = isTick(field) ? field.checked : field.value
  return values
}

/** Puts values back as if they were typed, so that fields that React controls hear of it too. */
export function fillFields(form: HTMLFormElement, values: FieldValues): void {
  for (const [key, field] of fieldsOf(form)) {
    const value = values[key]
    if (typeof value === 'boolean' && isTick(field)) {
      if (field.checked !== value && (field.type === 'checkbox' || value)) field.click()
    } else if (typeof value === 'string' && !isTick(field) && field.value !== value) {
      // React overrides `value` on the element itself and would not notice a plain assignment.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value)
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }
  }
}

export function areFieldValues(value: unknown): value is FieldValues {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(one => typeof one === 'string' || typeof one === 'boolean')
  )
}
