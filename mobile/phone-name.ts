/** "Pixel 8": how the phone calls itself, for the list of keys. */
export function phoneName(): string {
  return (navigator.userAgent.match(/Android [\d.]+; ([^;)]+)/)?.[1]?.trim() ?? 'Android').slice(0, 50)
}
