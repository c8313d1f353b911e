import { Labelled } from '../quiz-editor/types/labelled.tsx'
import { inputStyle } from '../quiz-editor/types/row-style.ts'

type FormNumberProps = { label: string; name: string; most: number; value: number | undefined }

/** A whole number from 1 on, in a form whose address then names it. */
export const FormNumber = ({ label, name, most, value }: FormNumberProps) => (
  <Labelled label={label} className="w-36">
    <input
      type="number"
      name={name}
      min={1}
      max={most}
      required
      defaultValue={value}
      className={`${inputStyle} tabular-nums`}
    />
  </Labelled>
)
