'use client'
export { useAction } from '@azora/web/calls/use-action.ts'
