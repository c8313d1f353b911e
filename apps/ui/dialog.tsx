'use client'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Icon } from './icon.tsx'

type DialogProps = {
  isOpen: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** Says what the closing cross does. */
  closeLabel: string
  children: ReactNode
  /** `end` slides in at the end of the line as a drawer. */
  placement?: 'centre' | 'end'
  role?: 'dialog' | 'alertdialog'
  isDismissable?: boolean
}

const placements = {
  centre: {
    overlay: 'items-end sm:items-center justify-center p-0 sm:p-6',
    modal: 'max-h-[92dvh] w-full sm:max-w-lg rounded-t-card sm:rounded-card',
  },
  end: { overlay: 'items-stretch justify-end', modal: 'h-full w-[min(24rem,88vw)] rounded-s-card' },
}

/** A modal dialog. Focus stays within it and returns to where it was. */
export function Dialog({
  title,
  closeLabel,
  children,
  placement = 'centre',
  role,
  isDismissable = true,
  ...state
}: DialogProps) {
  return (
    <ModalOverlay
      {...state}
      isDismissable={isDismissable}
      className={`fixed inset-0 z-50 flex bg-[rgb(10_20_20/0.45)] ${placements[placement].overlay}`}
    >
      <Modal className={`overflow-y-auto bg-surface shadow-float ${placements[placement].modal}`}>
        <AriaDialog {...(role ? { role } : {})} className="flex flex-col gap-4 p-6 outline-none">
          <div className="flex items-start justify-between gap-4">
            <Heading slot="title" className="text-xl font-bold">
              {title}
            </Heading>
            {isDismissable ? (
              <AriaButton
                aria-label={closeLabel}
                onPress={() => state.onOpenChange(false)}
                className="-me-2 -mt-2 grid size-11 place-items-center rounded-full text-muted hover:bg-sunken"
              >
                <Icon name="close" />
              </AriaButton>
            ) : null}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
