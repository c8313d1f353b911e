'use client'
import {
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useState,
  useSyncExternalStore,
} from 'react'
import { Form as AriaForm } from 'react-aria-components/Form'
import { Button } from './button.tsx'
import type { ButtonSize, ButtonVariant } from './button-style.ts'
import { Notice } from './notice.tsx'

/** What a failed call carries: the `message` of the error body, and its `data.fields`. */
export type Fault = {
  message: string
  data?: { fields?: { path: string; message: string }[]; correlationId?: string }
}

/** The faults by the `name` of their field, as React Aria's Form takes them. */
function fieldFaults(fault: Fault): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const field of fault.data?.fields ?? []) {
    const seen = found[field.path]
    if (seen) seen.push(field.message)
    else found[field.path] = [field.message]
  }
  return found
}

const Pending = createContext(false)

type FormProps = {
  /**
   * Sends the form. A thrown Fault is shown: its fields beside the fields whose `name` is their path, the rest
   * above the form. Anything else that is thrown shows `failure`.
   */
  onSubmit: (data: FormData) => Promise<void>
  /** What to say of a failure that explains nothing itself, such as a lost connection. */
  failure: string
  className?: string
  children: ReactNode
}

/** A form that maps the API's faults to its fields. Use SubmitButton within it. */
export function Form({ onSubmit, failure, className = 'flex flex-col gap-5', children }: FormProps) {
  const [pending, setPending] = useState(false)
  const [errors, setErrors] = useState<Record<string, string[]>>({})
  const [message, setMessage] = useState<string | null>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const form = event.currentTarget
    const data = new FormData(form)
    setPending(true)
    setMessage(null)
    setErrors({})
    try {
      await onSubmit(data)
    } catch (thrown) {
      const fault = asFault(thrown)
      const faults = fault ? fieldFaults(fault) : {}
      setErrors(faults)
      const homeless = Object.entries(faults).filter(([path]) => !form.elements.namedItem(path))
      if (!fault) setMessage(failure)
      else if (Object.keys(faults).length === 0) setMessage(fault.message)
      else if (homeless.length)
        setMessage(homeless.map(([path, said]) => `${path}: ${said.join(' ')}`).join('\n'))
    } finally {
      setPending(false)
    }
  }
  // A fault goes as soon as its field is changed; otherwise the browser would hold back a form sent by Enter.
  const forget = (event: FormEvent<HTMLElement>) => {
    const { name } = event.target as HTMLInputElement
    if (name in errors) setErrors(({ [name]: _, ...others }) => others)
  }
  return (
    <AriaForm validationErrors={errors} onSubmit={submit} className={className}>
      {message ? (
        <Notice tone="error" live>
          <span className="whitespace-pre-line">{message}</span>
        </Notice>
      ) : null}
      <div className="contents" onInput={forget}>
        <Pending value={pending}>{children}</Pending>
      </div>
    </AriaForm>
  )
}

function asFault(thrown: unknown): Fault | null {
  const fault = thrown as Partial<Fault> & { code?: unknown }
  return fault && typeof fault.code === 'string' && typeof fault.message === 'string'
    ? (fault as Fault)
    : null
}

type SubmitButtonProps = {
  children: ReactNode
  variant?: ButtonVariant
  size?: ButtonSize
  className?: string
}

const never = () => () => undefined

/**
 * Sends the Form around it, and shows that it is being sent. Until the page is alive it cannot be pressed: the browser
 * would send the form by itself, with a password in the address.
 */
export function SubmitButton(props: SubmitButtonProps) {
  const alive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return <Button {...props} type="submit" isPending={useContext(Pending)} isDisabled={!alive} />
}
