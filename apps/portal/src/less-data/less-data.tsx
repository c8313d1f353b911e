'use client'
import { createContext, type ReactNode, useContext } from 'react'

const LessDataContext = createContext(false)

/** Tells the components within whether data is costly. */
export function LessData({ on, children }: { on: boolean; children: ReactNode }) {
  return <LessDataContext value={on}>{children}</LessDataContext>
}

export const useLessData = (): boolean => useContext(LessDataContext)
