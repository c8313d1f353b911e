'use client'
import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs'

type TabsProps = {
  /** Names the list of tabs for screen readers. */
  label: string
  tabs: { id: string; label: ReactNode; content: ReactNode }[]
  selected?: string
  defaultSelected?: string
  onSelect?: (id: string) => void
}

/** Panels of which one shows at a time. */
export function Tabs({ label, tabs, selected, defaultSelected, onSelect }: TabsProps) {
  return (
    <AriaTabs
      {...(selected !== undefined ? { selectedKey: selected } : {})}
      {...(defaultSelected !== undefined ? { defaultSelectedKey: defaultSelected } : {})}
      onSelectionChange={key => onSelect?.(String(key))}
    >
      <TabList aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map(tab => (
          <Tab
            key={tab.id}
            id={tab.id}
            className="-mb-px cursor-pointer whitespace-nowrap border-b-3 border-transparent px-4 py-3 font-semibold text-muted data-hovered:text-ink data-selected:border-accent data-selected:text-accent-ink"
          >
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map(tab => (
        <TabPanel key={tab.id} id={tab.id} className="py-6">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
