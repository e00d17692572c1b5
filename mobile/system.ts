import { App as Shell } from '@capacitor/app'
import { SystemBars, SystemBarsStyle } from '@capacitor/core'
import { useEffect } from 'react'
import { usePlatform } from '#ui/platform/port.ts'
import { readLink } from './links.ts'

const openDialog = '[role="dialog"], [role="alertdialog"], [role="menu"]'

/** Android's back button, links that open the app, and the colour of the bars around it. */
export function useSystem() {
  const { navigate } = usePlatform()
  useEffect(() => {
    const back = Shell.addListener('backButton', ({ canGoBack }) => {
      // What lies on top closes first, as everywhere on Android; it listens to Escape already.
      if (document.querySelector(openDialog)) pressEscape()
      else if (canGoBack) window.history.back()
      else void Shell.minimizeApp()
    })
    const links = Shell.addListener('appUrlOpen', ({ url }) => {
      const goal = readLink(url)
      if (goal && 'path' in goal) navigate(goal.path)
    })
    return () => {
      void back.then(handle => handle.remove())
      void links.then(handle => handle.remove())
    }
  }, [navigate])
  useEffect(followTheme, [])
}

function pressEscape() {
  const press = new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true })
  ;(document.activeElement ?? document.body).dispatchEvent(press)
}

/**
 * The page turns dark with the system at once, but Capacitor keeps the icons of the bars as they were at the start:
 * dark on dark. It is told to look again.
 */
function followTheme() {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const follow = () => void SystemBars.setStyle({ style: SystemBarsStyle.Default }).catch(() => {})
  dark.addEventListener('change', follow)
  return () => dark.removeEventListener('change', follow)
}
