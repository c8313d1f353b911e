'use client'
import { Form } from '@azora/ui/form.tsx'
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { DraftNotice } from './draft-notice.tsx'
import { areFieldValues, type FieldValues, fillFields, readFields } from './form-fields.ts'
import { useDraft } from './use-draft.ts'

type DraftFormProps = Omit<ComponentProps<typeof Form>, 'onSubmit'> & {
  /** Names what is written, the same at every visit: `course-settings:<id>`. */
  thing: string
  /** As of Form. Answers `false` when nothing was saved though nothing was thrown: the draft then stays. */
  onSubmit: (data: FormData) => Promise<unknown>
  /** Texts that no field of the form holds, such as that of a rich text editor, and how to put them back. */
  extra?: Record<string, string>
  onExtra?: (extra: Record<string, string>) => void
}

const extraPrefix = 'extra:'
const readAfterMs = 100

/** A Form whose fields are kept on the device while they are unsaved, and which asks before it is left. */
export function DraftForm({ thing, onSubmit, extra = {}, onExtra, children, ...form }: DraftFormProps) {
  const place = useRef<HTMLDivElement>(null)
  const [values, setValues] = useState<FieldValues>({})
  const [base, setBase] = useState('{}')
  const more = Object.fromEntries(Object.entries(extra).map(([name, text]) => [extraPrefix + name, text]))
  const latest = useRef(more)
  latest.current = more
  const read = () => {
    const element = place.current?.closest('form')
    return element ? readFields(element) : {}
  }

  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form) return
    setValues(readFields(form))
    setBase(JSON.stringify({ ...readFields(form), ...latest.current }))
    // Heard at the document, after React: a state set between the two would put the field back to what it held.
    const changed = () => setValues(readFields(form))
    // A choice of React Aria's is made in a list outside of the form and changes its field later, without an event.
    let timer: ReturnType<typeof setTimeout> | undefined
    const changedSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(changed, readAfterMs)
    }
    document.addEventListener('input', changed)
    document.addEventListener('pointerup', changedSoon)
    document.addEventListener('keyup', changedSoon)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('input', changed)
      document.removeEventListener('pointerup', changedSoon)
      document.removeEventListener('keyup', changedSoon)
    }
  }, [])

  const draft = useDraft<FieldValues>({
    thing,
    value: { ...values, ...more },
    base,
    isValue: areFieldValues,
    onRestore: kept => {
      const form = place.current?.closest('form')
      if (form) fillFields(form, kept)
      const texts = Object.entries(kept).flatMap(([key, text]) =>
        key.startsWith(extraPrefix) && typeof text === 'string'
          ? [[key.slice(extraPrefix.length), text]]
          : [],
      )
      if (texts.length) onExtra?.(Object.fromEntries(texts))
    },
  })
  const submit = async (data: FormData) => {
    const sent = { ...read(), ...more }
    draft.pause(true)
    try {
      if ((await onSubmit(data)) === false) return
      setValues(read())
      setBase(JSON.stringify(sent))
      draft.forget()
    } finally {
      draft.pause(false)
    }
  }
  return (
    <Form {...form} onSubmit={submit}>
      <div ref={place} className="contents">
        <DraftNotice draft={draft} />
      </div>
      {children}
    </Form>
  )
}
