'use client'

export { Frame as AppFrame } from '#ui/screens/frame.tsx'
