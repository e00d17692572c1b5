import type { MetadataRoute } from 'next'

/** What a home screen needs to know to install the dashboard. */
export default function manifest(): MetadataRoute.Manifest {
  const icon = (name: string, size: number, purpose: 'any' | 'maskable' = 'any') => ({
    src: `/icons/${name}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  })
  const screenshot = (name: string, sizes: string, form_factor: 'narrow' | 'wide', label: string) => ({
    src: `/icons/${name}.png`,
    sizes,
    type: 'image/png',
    form_factor,
    label,
  })
  return {
    id: '/',
    name: 'AI Call Service',
    short_name: 'Calls',
    description: 'A phone line that answers for you.',
    start_url: '/inbox',
    scope: '/',
    display: 'standalone',
    background_color: '#faf9f7',
    theme_color: '#faf9f7',
    categories: ['productivity', 'communication'],
    icons: [icon('icon-192', 192), icon('icon-512', 512), icon('maskable-512', 512, 'maskable')],
    shortcuts: [
      { name: 'Inbox', url: '/inbox', icons: [icon('icon-192', 192)] },
      { name: 'Live', url: '/live', icons: [icon('icon-192', 192)] },
    ],
    screenshots: [
      screenshot('screenshot-narrow', '390x844', 'narrow', 'The inbox on a phone'),
      screenshot('screenshot-wide', '1440x900', 'wide', 'The inbox and a call'),
    ],
  }
}
