import { mount } from '@azora/web/mount.tsx'
import { call } from './api.ts'
import { english } from './messages.ts'
import { router } from './router.tsx'
import './app.css'

mount({ call, messages: english, router, isOpen: true })
