import { appConfig } from '@azora/web/vite/app-config.ts'

export default appConfig('/admin/')
