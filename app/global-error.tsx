'use client'

import './globals.css'
import PageError from './error.tsx'

/** When not even the frame of the pages could be made: the same words, without it. */
export default function FrameError(props: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <PageError {...props} />
      </body>
    </html>
  )
}
