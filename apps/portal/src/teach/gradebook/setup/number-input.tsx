'use client'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'

type NumberInputProps = { label: string; value: number; onNumber: (value: number) => void; whole?: boolean }

const decimal = /^\d{1,5}([.,]\d{1,4})?$/

/** A number without steppers, several of which have room beside each other. What is none is not taken. */
export function NumberInput({ label, value, onNumber, whole }: NumberInputProps) {
  const [text, setText] = useState(String(value))
  const isNumber = (typed: string) => (whole ? /^\d{1,2}$/ : decimal).test(typed.trim())
  return (
    <TextField
      label={label}
      value={text}
      inputMode="decimal"
      isInvalid={!isNumber(text)}
      onChange={typed => {
        setText(typed)
        if (isNumber(typed)) onNumber(Number(typed.trim().replace(',', '.')))
      }}
    />
  )
}
