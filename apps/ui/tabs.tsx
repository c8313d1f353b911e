'use client'
import { type ReactNode, useEffect, useRef } from 'react'
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
      // The ring is on what is focused within.
      className="data-focus-visible:outline-none"
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
            {({ isSelected }) => <TabLabel isSelected={isSelected}>{tab.label}</TabLabel>}
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

/** A tab that is selected comes into view where a narrow screen shows a part of the strip; the page stays where it is. */
function TabLabel({ isSelected, children }: { isSelected: boolean; children: ReactNode }) {
  const label = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const tab = label.current?.closest('[role=tab]')
    const strip = tab?.parentElement
    if (!isSelected || !tab || !strip) return
    const show = () => {
      const [at, shown] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()]
      if (at.right > shown.right) strip.scrollLeft += at.right - shown.right
      if (at.left < shown.left) strip.scrollLeft -= shown.left - at.left
    }
    // At once, and again when the strip gets another width: a telephone is turned, a font arrives.
    const watching = new ResizeObserver(show)
    watching.observe(strip)
    watching.observe(tab)
    return () => watching.disconnect()
  }, [isSelected])
  return <span ref={label}>{children}</span>
}
