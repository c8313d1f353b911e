'use client'
export { Moment } from '@azora/web/moment.tsx'
