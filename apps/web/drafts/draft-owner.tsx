'use client'
import { createContext, type ReactNode, useContext } from 'react'

const OwnerContext = createContext<string | null>(null)

/** Names the account whose drafts are kept within. Null keeps none, as when an administrator sees as someone else. */
export function DraftOwner({ id, children }: { id: string | null; children: ReactNode }) {
  return <OwnerContext value={id}>{children}</OwnerContext>
}

export const useDraftOwner = () => useContext(OwnerContext)
